"""What the savings pages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from accounts.signed_in import person
from benefits.filters import SavingsFilter
from benefits.queries.ledgers import read_ledgers
from benefits.queries.savings import SavingsAgainstPlan, summarise
from core.clock import today
from programme.models import Programme
from programme.queries.milestones import known_on
from programme.views.context import visible_programme


@dataclass(frozen=True, slots=True)
class SavingsPage:
    """The programme of an address, the form that holds the choice, and the figures chosen."""

    programme: Programme
    form: SavingsFilter
    result: SavingsAgainstPlan

    @property
    def context(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        return {
            "programme": self.programme,
            "councils": self.result.all_councils,
            "form": self.form,
            "result": self.result,
        }


def savings_page(request: HttpRequest, key: str) -> SavingsPage:
    """Read the ledgers once, check the choice against them, and add them up. Eight queries."""
    programme = visible_programme(person(request), key)
    as_of = as_of_today(programme)
    ledgers = read_ledgers(programme, as_of=as_of)
    form = SavingsFilter(request.GET, programme=programme, ledgers=ledgers)
    return SavingsPage(programme, form, summarise(programme, ledgers, form.choice(), as_of=as_of))


def as_of_today(programme: Programme) -> date:
    """Today, or for a case of the past the last day that its source knew of."""
    return known_on(programme, today())
