"""Forms of the equity panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from benefits.enums import EquitySubject
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from core.forms.publication import WithholdingForm
from programme.models import Council

CHOOSE_COUNCIL = "Choose a council"


class _OfCouncilsForm(forms.Form):
    """A form about one of these councils; the only one is chosen."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label=CHOOSE_COUNCIL,
        error_messages={"required": CHOOSE_COUNCIL},
    )

    def __init__(self, data: Any = None, *, councils: Iterable[Council], initial: Any = None) -> None:
        """Offer these councils."""
        own = [council.pk for council in councils]
        first = {"council": own[0]} if len(own) == 1 else {}
        super().__init__(data, initial=first | dict(initial or {}))
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class EquityNoteForm(_OfCouncilsForm, WithholdingForm):
    """Why a council's share differs."""

    field_order = ("council", "subject", "text")

    subject = forms.ChoiceField(
        label="What is shared",
        choices=[("", "Choose what is shared"), *EquitySubject.choices],
        error_messages={"required": "Choose what is shared"},
    )
    text = LongTextField(label="Explanation", help_text="In at least 10 characters", max_length=1000)


class PostsForm(_OfCouncilsForm):
    """How many posts a council has removed so far."""

    posts = forms.IntegerField(
        label="Posts removed so far",
        help_text="A whole number. Fewer than 5 are never shown",
        min_value=0,
        error_messages={
            "required": "Posts must be a whole number from 0 to 100,000",
            "invalid": "Posts must be a whole number from 0 to 100,000",
        },
    )
    as_at_on = TypedDateField(label="Date of the number")
    evidence = PlainTextField(label="Evidence", help_text="Where the number comes from", max_length=500)
