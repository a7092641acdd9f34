"""What the savings pages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.signed_in import person
from benefits.filters import SavingsFilter
from benefits.queries.ledgers import Ledgers, read_ledgers
from benefits.queries.savings import SavingsAgainstPlan, summarise
from core.clock import today
from programme.models import Programme
from programme.queries.milestones import known_on
from programme.views.context import visible_programme


@dataclass(frozen=True)
class SavingsPage:
    """The programme of an address, the day of its figures, and on demand what was chosen."""

    programme: Programme
    as_of: date
    asked: QueryDict

    @cached_property
    def ledgers(self) -> Ledgers:
        """The ledgers, read once. Six queries."""
        return read_ledgers(self.programme, as_of=self.as_of)

    @cached_property
    def form(self) -> SavingsFilter:
        """The form that holds the choice, checked against the ledgers."""
        return SavingsFilter(self.asked, programme=self.programme, ledgers=self.ledgers)

    @cached_property
    def result(self) -> SavingsAgainstPlan:
        """The figures chosen, added up. One query beside the ledgers."""
        return summarise(self.programme, self.ledgers, self.form.choice(), as_of=self.as_of)

    @property
    def context(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        return {
            "programme": self.programme,
            "councils": self.result.all_councils,
            "form": self.form,
            "choice": self.result.choice,
            "result": self.result,
        }


def savings_page(request: HttpRequest, key: str) -> SavingsPage:
    """The savings page of a programme that this person may read."""
    programme = visible_programme(person(request), key)
    return SavingsPage(programme, as_of_today(programme), request.GET)


def as_of_today(programme: Programme) -> date:
    """Today, or for a case of the past the last day that its source knew of."""
    return known_on(programme, today())
