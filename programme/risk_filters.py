"""What the registers are narrowed to, kept in the address of the page and of its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django import forms

from programme.enums import RaidRegister
from programme.filters import NOT_LISTED
from programme.queries.risks import RiskRow
from programme.rules.rag import RatingWord
from programme.rules.raid import HIGHEST

_SCALE = [(str(number), str(number)) for number in range(1, HIGHEST + 1)]
_RATED = (RatingWord.RED, RatingWord.AMBER, RatingWord.GREEN)


class Shown(StrEnum):
    """Open entries are shown unless closed ones, or all, are asked for."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class NarrowedRisks:
    """The rows that meet a choice; those of any likelihood and impact; how many there are in each state."""

    rows: list[RiskRow]
    mapped: list[RiskRow]
    counts: dict[Shown, int]


class RiskFilter(forms.Form):
    """State, register, rating, council, owner, review and score; councils and owners come from the rows."""

    state = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(one.value, one.value) for one in Shown]
    )
    likelihood = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=_SCALE)
    impact = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=_SCALE)
    register = forms.ChoiceField(required=False, choices=[("", "All"), *RaidRegister.choices])
    rating = forms.ChoiceField(
        required=False, choices=[("", "All"), *((one.value.lower(), one.value) for one in _RATED)]
    )
    council = forms.ChoiceField(required=False, label="Own impact on")
    owner = forms.ChoiceField(required=False)
    review = forms.ChoiceField(required=False, choices=[("", "All"), ("due", "Due")])

    def __init__(self, data: Any, *, rows: Sequence[RiskRow]) -> None:
        """Offer the councils and owners that the rows hold."""
        super().__init__(data, auto_id="filter-%s")
        self.rows = rows
        councils = sorted({one.council for row in rows for one in row.impacts}, key=str)
        self._offer("council", [(council.key, str(council)) for council in councils])
        owners = sorted({row.risk.owner for row in rows if row.risk.owner}, key=str)
        self._offer("owner", [(str(owner.pk), str(owner)) for owner in owners])
        for name in self.fields:
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def narrowed(self) -> NarrowedRisks:
        """The rows that meet the choice; a limit that is not in the list is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = [row for row in self.rows if _admits(row, chosen)]
        state = Shown(chosen.get("state") or Shown.OPEN)
        of_state = {one: [row for row in rows if _is_shown(row, one)] for one in Shown}
        return NarrowedRisks(
            rows=[row for row in of_state[state] if _has_score(row, chosen)],
            mapped=of_state[state],
            counts={one: len(found) for one, found in of_state.items()},
        )

    @property
    def score_words(self) -> str:
        """Likelihood 4, impact 5; empty where the list is not limited to them."""
        named = [(name, self.cleaned_data.get(name)) for name in ("likelihood", "impact")]
        return ", ".join(f"{name} {value}" for name, value in named if value).capitalize()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", "All"), *choices]


def _is_shown(row: RiskRow, state: Shown) -> bool:
    return state == Shown.ALL or row.is_closed == (state == Shown.CLOSED)


def _has_score(row: RiskRow, chosen: dict[str, str]) -> bool:
    wanted = ((row.risk.likelihood, chosen.get("likelihood")), (row.risk.impact, chosen.get("impact")))
    return all(not value or str(number) == value for number, value in wanted)


def _admits(row: RiskRow, chosen: dict[str, str]) -> bool:
    """Whether the row meets every limit but the state and the score."""
    risk = row.risk
    register, rating, council, owner = (
        chosen.get(name, "") for name in ("register", "rating", "council", "owner")
    )
    return (
        (not register or risk.register == register)
        and (not rating or (row.rating is not None and row.rating.word.lower() == rating))
        and (not council or council in {one.council.key for one in row.impacts})
        and (not owner or str(risk.owner_id) == owner)
        and (not chosen.get("review") or row.is_review_due)
    )
