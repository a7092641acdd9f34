"""The form that takes amounts as a file or as pasted rows."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from benefits.entry_imports import Told
from benefits.enums import EntryKind
from core.clock import today
from core.errors import Refusal
from core.forms.fields import LongTextField, TypedDateField
from core.imports.files import Uploaded
from core.imports.pasted import as_file, pasted_rows


class AmountImportForm(forms.Form):
    """A file, or rows copied from a spreadsheet, and what is said of all of them."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, smaller than 10MB: our own download, edited, or the same columns",
        required=False,
    )
    rows = forms.CharField(
        label="Paste rows from a spreadsheet",
        help_text="With column titles first: Reference, Council, Financial year, then the months",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
    )
    is_large = forms.BooleanField(
        label="Check it in the background, as a file of more than 20,000 rows and up to 50,000 needs",
        required=False,
    )
    as_at_on = TypedDateField(label="Forecast as at", required=False)
    why = LongTextField(label="Explanation", max_length=500, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, kind: EntryKind) -> None:
        super().__init__(data, files, initial={"as_at_on": today()})
        if kind == EntryKind.ACTUAL:
            del self.fields["as_at_on"]
        is_actual = kind == EntryKind.ACTUAL
        self.fields["why"].label = "Explanation" if is_actual else "Commentary"
        self.fields["why"].help_text = (
            "For rows without their own: needed for a negative or changed amount, and one far from plan"
            if is_actual
            else "Needed for a negative saving, and where a year is far from plan"
        )

    @property
    def told(self) -> Told:
        """What is said of all rows; call it on a valid form."""
        return Told(self.cleaned_data["why"], self.cleaned_data.get("as_at_on"))

    def large_file(self) -> Uploaded | None:
        """The file that was sent, where it is to be checked in the background."""
        return cast(Uploaded, self.files["file"]) if self.is_for_worker else None

    @property
    def is_for_worker(self) -> bool:
        """Whether a file was sent, and asked to be checked in the background."""
        return bool(self.cleaned_data["is_large"] and self.files.get("file"))

    def source(self) -> Uploaded:
        """What was sent, as a file; refuses where there is neither."""
        uploaded: Any = self.files.get("file")
        if uploaded is not None:
            return cast(Uploaded, uploaded)
        text = self.data.get("rows", "")
        if not text.strip():
            raise Refusal("Choose a file, or paste rows", "file")
        return as_file(pasted_rows(text))
