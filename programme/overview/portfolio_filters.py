"""What the portfolio is narrowed to, and its order, kept in its address and that of its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from programme.filters import NOT_LISTED
from programme.queries.overview.portfolio import PortfolioRow
from programme.rules.rag import RatingWord

_RATED = (RatingWord.RED, RatingWord.AMBER, RatingWord.GREEN)


class Shown(StrEnum):
    """Programmes that run are shown unless those of the past, or all, are asked for."""

    RUNNING = "running"
    PAST = "past"
    ALL = "all"


class Order(TextChoices):
    """In which order the programmes stand."""

    WORST = "worst", "Worst rating first"
    NAME = "name", "Name"
    LATE = "late", "Most late milestones first"
    NEXT = "next", "Soonest milestone first"


_KEYS: dict[Order, Callable[[PortfolioRow], tuple[Any, ...]]] = {
    Order.WORST: lambda row: (row.severity, -row.rating.standing.late, row.programme.name),
    Order.NAME: lambda row: (row.programme.name,),
    Order.LATE: lambda row: (-row.rating.standing.late, row.programme.name),
    Order.NEXT: lambda row: (_next_on(row), row.programme.name),
}


def _next_on(row: PortfolioRow) -> date:
    coming = row.rating.standing.next
    return coming.due.last_on if coming else date.max


@dataclass(frozen=True, slots=True)
class NarrowedPortfolio:
    """The rows that meet a choice, in its order, and how many there are of each kind."""

    rows: list[PortfolioRow]
    counts: dict[Shown, int]


class PortfolioFilter(forms.Form):
    """Partnership, rating, what is late, and order; partnerships are those of the rows themselves."""

    show = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(one.value, one.value) for one in Shown]
    )
    partnership = forms.ChoiceField(required=False)
    rating = forms.ChoiceField(
        required=False, choices=[("", "All"), *((one.value.lower(), one.value) for one in _RATED)]
    )
    late = forms.ChoiceField(
        required=False, label="Late milestones", choices=[("", "Any"), ("some", "At least one")]
    )
    sort = forms.ChoiceField(required=False, label="Order", choices=Order.choices)

    def __init__(self, data: Any, *, rows: Sequence[PortfolioRow]) -> None:
        """Offer the partnerships that the rows hold."""
        super().__init__(data, auto_id="filter-%s")
        self.rows = rows
        named = {row.programme.partnership.key: row.programme.partnership.name for row in rows}
        offered = [("", "All"), *sorted(named.items(), key=lambda pair: pair[1])]
        cast(forms.ChoiceField, self.fields["partnership"]).choices = offered
        for name in self.fields:
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def narrowed(self) -> NarrowedPortfolio:
        """The rows that meet the choice; a limit that is not in the list is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = [row for row in self.rows if _admits(row, chosen)]
        of_kind = {
            Shown.RUNNING: [row for row in rows if row.is_running],
            Shown.PAST: [row for row in rows if not row.is_running],
            Shown.ALL: rows,
        }
        shown = of_kind[Shown(chosen.get("show") or Shown.RUNNING)]
        order = Order(chosen.get("sort") or Order.WORST)
        return NarrowedPortfolio(
            sorted(shown, key=_KEYS[order]), {one: len(found) for one, found in of_kind.items()}
        )


def _admits(row: PortfolioRow, chosen: dict[str, str]) -> bool:
    partnership, rating = chosen.get("partnership", ""), chosen.get("rating", "")
    return (
        (not partnership or row.programme.partnership.key == partnership)
        and (not rating or row.counts.word.lower() == rating)
        and (not chosen.get("late") or row.rating.standing.late > 0)
    )
