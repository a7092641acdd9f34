"""The form of a saved view."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import PlainTextField
from programme.models import SavedView


class SavedViewForm(forms.Form):
    """The name of a view and, for a programme manager, whether everyone in the programme finds it."""

    name = PlainTextField(label="Name", help_text="For example, Reviews due this month", max_length=80)
    is_shared = forms.BooleanField(label="Share it with everyone who reads this programme", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, can_share: bool, view: SavedView | None = None) -> None:
        """Show the view as it is, or a form for a new one."""
        initial = (
            {"name": view.name, "is_shared": view.is_shared, "seen_version": view.version} if view else {}
        )
        super().__init__(data, initial=initial)
        self.fields["name"].error_messages["required"] = "Enter a name for this view"
        if not can_share:
            del self.fields["is_shared"]
