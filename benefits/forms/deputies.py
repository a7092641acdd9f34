"""The form that names a deputy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from benefits.queries.deputies import officers_to_deputise
from core.forms.fields import TypedDateField
from programme.models import Council


class DeputyForm(forms.Form):
    """Who stands in for the section 151 officer of a council, and on which days."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Deputy",
        help_text="An officer of that council",
        empty_label="Choose an officer",
        error_messages={"required": "Choose an officer", "invalid_choice": "Choose an officer"},
    )
    from_on = TypedDateField(label="First day")
    to_on = TypedDateField(label="Last day")

    def __init__(self, data: Any = None, *, councils: Sequence[Council], but: User) -> None:
        """Offer the councils that the person is section 151 officer of, and the officers of those."""
        super().__init__(data, initial={"council": councils[0].pk if len(councils) == 1 else None})
        self.fields["council"].queryset = Council.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in councils]
        )
        keys = {key for one in councils for key in officers_to_deputise(one).values_list("pk", flat=True)}
        offered = User.objects.filter(pk__in=keys).exclude(pk=but.pk).order_by("name")
        self.fields["user"].queryset = offered  # type: ignore[attr-defined]
