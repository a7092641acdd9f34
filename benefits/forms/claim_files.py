"""Boxes for evidence files."""

from __future__ import annotations

from typing import Any

from django import forms

HINT = "CSV, ODS, XLSX, PDF, DOCX, PNG or JPG, each smaller than 10MB, without macros. You can choose several"


class ManyFilesInput(forms.FileInput):
    """A box that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All that were chosen."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class ManyFilesField(forms.FileField):
    """One or more files, as a list; what they are is judged where they are stored (row 81)."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; none where none are needed."""
        if not data:
            super().clean(None, initial)
        return [super(ManyFilesField, self).clean(one, initial) for one in data or ()]


class FilesForm(forms.Form):
    """More evidence of one amount."""

    evidence_files = ManyFilesField(
        label="Files", help_text=HINT, error_messages={"required": "Choose a file"}
    )
