"""The form that makes a programme public, or takes that back."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import PlainTextField
from governance.actions.open_publication import WHY
from governance.models import OpenPage


class OpenPageForm(forms.Form):
    """On or off, why, and that who turns it on has looked."""

    is_on = forms.ChoiceField(
        label="Who can read the latest edition",
        choices=[("", "Only people with a role in the programme"), ("on", "Everybody, without signing in")],
        required=False,
    )
    has_looked = forms.BooleanField(label="I have looked at what everybody will see", required=False)
    why = PlainTextField(
        label="Why it changes",
        help_text="Kept in the audit trail",
        max_length=500,
        error_messages={"required": f"{WHY}, in at least 10 characters"},
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, page: OpenPage | None, edition: int | None) -> None:
        """Show how it stands, and which edition was looked at."""
        super().__init__(
            data,
            initial={
                "is_on": "on" if page is not None and page.is_on else "",
                "seen_version": page.version if page is not None else 0,
                "seen_edition": edition,
            },
        )

    def clean_is_on(self) -> bool:
        """Whether everybody can."""
        return bool(self.cleaned_data["is_on"])
