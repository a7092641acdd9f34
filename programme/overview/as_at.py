"""The past day that a list of milestones is shown as at."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.clock import today
from core.forms.fields import TypedDateField


class AsAtForm(forms.Form):
    """A day that is over; today without one."""

    as_at = TypedDateField(
        label="As recorded on",
        required=False,
        help_text="A past day; empty for today. For example, 14 12 2026",
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    def clean_as_at(self) -> date | None:
        """A day before today: of today the list itself says how it stands."""
        day: date | None = self.cleaned_data["as_at"]
        if day is not None and day > today():
            raise ValidationError("Enter a day in the past")
        return None if day == today() else day

    @property
    def day(self) -> date | None:
        """The day asked for; None for today, and for what is no past day."""
        return self.cleaned_data["as_at"] if self.is_valid() else None
