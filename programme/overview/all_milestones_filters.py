"""What the list of all programmes' milestones is narrowed to, and its order, kept in its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from core.forms.fields import TypedDateField
from programme.enums import MilestoneKind
from programme.filters import NOT_LISTED
from programme.queries.overview.all_milestones import (
    Found,
    Key,
    Offered,
    Wanted,
    by_date,
    by_days,
    by_programme,
    by_rating,
)
from programme.rules.rag import RatingWord
from programme.rules.worklist import Section

_RATED = (RatingWord.RED, RatingWord.AMBER, RatingWord.GREEN, RatingWord.ACHIEVED, RatingWord.CANCELLED)


class Order(TextChoices):
    """In which order the milestones stand."""

    DATE = "date", "Date"
    RATING = "rating", "Worst rating first"
    DAYS = "days", "Furthest after plan first"
    PROGRAMME = "programme", "Programme"


_KEYS: dict[Order, Key] = {
    Order.DATE: by_date,
    Order.RATING: by_rating,
    Order.DAYS: by_days,
    Order.PROGRAMME: by_programme,
}


@dataclass(frozen=True, slots=True)
class NarrowedAll:
    """The milestones in the section asked for, in order, and how many there are in each."""

    found: list[Found]
    total: int
    counts: dict[Section, int]


class AllMilestonesFilter(forms.Form):
    """State, programme, phase, kind, owner, council, rating, dates and order."""

    state = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(one.value, one.value) for one in Section]
    )
    programme = forms.ChoiceField(required=False)
    phase = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", "All"), *MilestoneKind.choices])
    owner = forms.ChoiceField(required=False)
    council = forms.ChoiceField(required=False)
    rating = forms.ChoiceField(
        required=False, choices=[("", "All"), *((one.value.lower(), one.value) for one in _RATED)]
    )
    from_on = TypedDateField(label="From", required=False)
    to_on = TypedDateField(label="To", required=False)
    sort = forms.ChoiceField(required=False, label="Order", choices=Order.choices)

    def __init__(self, data: Any, *, offered: Offered) -> None:
        """Offer what there is."""
        super().__init__(data, auto_id="filter-%s")
        for name, choices in (
            ("programme", offered.programmes),
            ("phase", offered.phases),
            ("owner", offered.owners),
            ("council", offered.councils),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "All"), *choices]
        for name in self.fields:
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def wanted(self) -> Wanted:
        """The limits; one that is not in its list is left out, and said."""
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            programme=chosen.get("programme", ""),
            phase=chosen.get("phase", ""),
            kind=chosen.get("kind", ""),
            owner=chosen.get("owner", ""),
            council=chosen.get("council", ""),
            rating=chosen.get("rating", ""),
            from_on=chosen.get("from_on"),
            to_on=chosen.get("to_on"),
        )

    def narrowed(self, found: list[Found]) -> NarrowedAll:
        """Those of the section asked for, in the order asked for."""
        state = self.cleaned_data.get("state", "")
        order = Order(self.cleaned_data.get("sort") or Order.DATE)
        shown = [one for one in found if not state or one.section == state]
        counts = {section: sum(one.section == section for one in found) for section in Section}
        return NarrowedAll(sorted(shown, key=_KEYS[order]), len(found), counts)
