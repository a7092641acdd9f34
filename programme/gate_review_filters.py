"""What the recommendations of gate reviews are narrowed to, kept in the address of page and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import models

from programme.enums import Gate, GateRecommendationState, GateUrgency
from programme.filters import NOT_LISTED
from programme.queries.assurance.gate_reviews import RecommendationRow


class Shown(models.TextChoices):
    """Open recommendations are shown unless others, or all, are asked for."""

    OPEN = "open", "Open"
    LATE = "late", "Overdue"
    SETTLED = "settled", "Done or rejected"
    ALL = "all", "All"


@dataclass(frozen=True, slots=True)
class NarrowedRecommendations:
    """The rows that meet a choice, and how many there are in each state."""

    rows: list[RecommendationRow]
    counts: dict[Shown, int]


class RecommendationFilter(forms.Form):
    """State, gate, urgency and owner; the owners come from the rows."""

    state = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=Shown.choices)
    gate = forms.ChoiceField(required=False, choices=[("", "All"), *Gate.choices])
    urgency = forms.ChoiceField(required=False, choices=[("", "All"), *GateUrgency.choices])
    owner = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, rows: Sequence[RecommendationRow]) -> None:
        """Offer the owners that the rows hold."""
        super().__init__(data, auto_id="filter-%s")
        self.rows = rows
        owners = sorted({one.owner for row in rows if (one := row.recommendation).owner}, key=str)
        offered = [("", "All"), *((str(owner.pk), str(owner)) for owner in owners)]
        cast(forms.ChoiceField, self.fields["owner"]).choices = offered
        for name in self.fields:
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def narrowed(self) -> NarrowedRecommendations:
        """The rows that meet the choice; a limit that is not in the list is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = [row for row in self.rows if _admits(row, chosen)]
        by_state = {one: [row for row in rows if _is_shown(row, one)] for one in Shown}
        state = Shown(chosen.get("state") or Shown.OPEN)
        return NarrowedRecommendations(by_state[state], {one: len(found) for one, found in by_state.items()})


def _is_shown(row: RecommendationRow, state: Shown) -> bool:
    is_open = row.recommendation.state == GateRecommendationState.OPEN
    return {Shown.OPEN: is_open, Shown.LATE: row.is_late, Shown.SETTLED: not is_open}.get(state, True)


def _admits(row: RecommendationRow, chosen: dict[str, str]) -> bool:
    one = row.recommendation
    values = {"gate": str(one.review.gate), "urgency": one.urgency, "owner": str(one.owner_id)}
    return all(not chosen.get(name) or chosen[name] == value for name, value in values.items())
