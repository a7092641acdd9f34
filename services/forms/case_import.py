"""The form that takes lines of a business case as a file or as pasted rows."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from core.actions.publication import WITHHOLDING, Withholding
from core.errors import Refusal
from core.forms.publication import WithholdingForm
from core.imports.files import Uploaded
from services.case_line_imports import pasted
from services.models import BusinessCase


class LineImportForm(WithholdingForm):
    """A file, or rows copied from a spreadsheet; who adds lines says whether they are withheld."""

    field_order = ("file", "rows")

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

    def __init__(self, *args: Any, adds_lines: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adds_lines:
            self.without_withholding()
            return
        self.fields["publication_class"].label = "New lines are open or withheld"

    @property
    def is_unclear(self) -> bool:
        """Whether what was said of new lines cannot be read; nothing is taken then, for it would be open."""
        return any(name in self.errors for name in WITHHOLDING)

    def why(self) -> Withholding | None:
        """Why new lines are withheld; refuses as row 70. Not asked of a form that is unclear."""
        return self.withholding() if "publication_class" in self.fields else None

    def kept(self) -> dict[str, str]:
        """What was said of new lines, for the button that confirms."""
        return {name: str(self.data.get(name, "")) for name in WITHHOLDING if name in self.fields}

    def source(self, case: BusinessCase) -> Uploaded:
        """What was sent, as a file; refuses where there is neither."""
        uploaded: Any = self.files.get("file")
        if uploaded is not None:
            return cast(Uploaded, uploaded)
        text = self.data.get("rows", "")
        if not text.strip():
            raise Refusal("Choose a file, or paste rows", "file")
        return pasted(text, case)
