"""Forms that close a month and that make an exception."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from benefits.forms.claims import MonthField
from benefits.policies import officers_entering
from core.clock import today
from core.forms.fields import LongTextField, TypedDateField
from core.rules.calendar import financial_year
from programme.models import Council, Programme


class CloseForm(forms.Form):
    """The month that a council closes."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    month = MonthField(label="Month")

    def __init__(self, data: Any = None, *, programme: Programme, councils: Iterable[Council]) -> None:
        """Offer the councils whose months the person closes."""
        own = [council.pk for council in councils]
        super().__init__(data, initial={"council": own[0] if len(own) == 1 else None})
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        this_fy = financial_year(today())
        self.fields["month"].set_years(programme.base_fy or this_fy - 1, this_fy)  # type: ignore[attr-defined]


class ExceptionForm(forms.Form):
    """Who may still enter amounts of a closed month."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Officer",
        empty_label="Choose an officer",
        error_messages={"required": "Choose an officer"},
    )
    until_on = TypedDateField(label="Last day on which they may")
    reason = LongTextField(label="Reason", help_text="In at least 10 characters", max_length=500)

    def __init__(self, data: Any = None, *, council: Council, but: User) -> None:
        """Offer the officers who enter the council's amounts, but not the one who asks."""
        super().__init__(data)
        offered = officers_entering(council).exclude(pk=but.pk)
        self.fields["user"].queryset = offered  # type: ignore[attr-defined]
