"""The form that takes back a file of ours that was edited."""

from __future__ import annotations

from django import forms


class EditedFileForm(forms.Form):
    """Our own workbook, edited; or a CSV file of the same columns."""

    file = forms.FileField(
        label="File",
        help_text="XLSX or CSV, smaller than 10MB: our own download, edited",
        error_messages={"required": "Choose a file", "empty": "File must not be empty"},
    )
