"""The form that says what a milestone waits for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from programme.models import Milestone
from programme.rules.schedule import WHOLE_DAYS


class LagField(forms.IntegerField):
    """The working days that lie between two milestones."""

    is_short = True
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self) -> None:
        super().__init__(
            label="Working days in between",
            help_text="0 where both may be on the same day. Bank holidays and weekends do not count",
            initial=0,
            error_messages={"required": WHOLE_DAYS, "invalid": WHOLE_DAYS},
        )


class LagForm(forms.Form):
    """The working days in between, of a dependency that is there."""

    lag_days = LagField()
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class DependencyForm(forms.Form):
    """What comes first, and how many working days lie in between."""

    predecessor = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="Waits for",
        empty_label="Choose a milestone",
        error_messages={
            "required": "Choose a milestone",
            "invalid_choice": "Choose a milestone of this programme",
        },
    )
    lag_days = LagField()

    def __init__(self, data: Any = None, *, milestones: QuerySet[Milestone]) -> None:
        """Offer these milestones."""
        super().__init__(data)
        self.fields["predecessor"].queryset = milestones  # type: ignore[attr-defined]
