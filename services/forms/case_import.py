"""The form that takes lines of a business case as a file or as pasted rows."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from core.errors import Refusal
from core.imports.files import Uploaded
from services.case_line_imports import pasted
from services.models import BusinessCase


class LineImportForm(forms.Form):
    """A file, or rows copied from a spreadsheet."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, smaller than 10MB: our own download, edited, or the same columns",
        required=False,
    )
    rows = forms.CharField(
        label="Paste rows from a spreadsheet",
        help_text="With column titles first, or without: reference, who bears it, then the years in order",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
    )

    def source(self, case: BusinessCase) -> Uploaded:
        """What was sent, as a file; refuses where there is neither."""
        uploaded: Any = self.files.get("file")
        if uploaded is not None:
            return cast(Uploaded, uploaded)
        text = self.data.get("rows", "")
        if not text.strip():
            raise Refusal("Choose a file, or paste rows", "file")
        return pasted(text, case)
