"""What the savings pages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.signed_in import person
from benefits.filters import SavingsFilter
from benefits.queries.ledgers import Ledgers, PartnerCouncil, read_ledgers
from benefits.queries.savings import SavingsAgainstPlan, summarise
from benefits.queries.scope import Choice, Scope, scope_of
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
    shape: type[SavingsFilter] = SavingsFilter

    @cached_property
    def ledgers(self) -> Ledgers:
        """The ledgers, read once. Six queries."""
        return read_ledgers(self.programme, as_of=self.as_of)

    @cached_property
    def form(self) -> SavingsFilter:
        """The form that holds the choice, checked against the ledgers."""
        return self.shape(self.asked, programme=self.programme, ledgers=self.ledgers)

    @cached_property
    def choice(self) -> Choice:
        """What was chosen."""
        return self.form.choice()

    @cached_property
    def scope(self) -> Scope:
        """The chosen part of the ledgers."""
        return scope_of(self.programme, self.ledgers, self.choice, self.as_of)

    @property
    def council(self) -> PartnerCouncil | None:
        """The council chosen."""
        return next((one for one in self.ledgers.councils if one.key == self.choice.council), None)

    @cached_property
    def result(self) -> SavingsAgainstPlan:
        """The figures chosen, added up. One query beside the ledgers."""
        return summarise(self.programme, self.scope)

    @property
    def context(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        return {
            "programme": self.programme,
            "councils": self.result.all_councils,
            "form": self.form,
            "choice": self.choice,
            "result": self.result,
        }


def savings_page(request: HttpRequest, key: str, shape: type[SavingsFilter] = SavingsFilter) -> SavingsPage:
    """The savings page of a programme that this person may read; `shape` is the form of its choices."""
    programme = visible_programme(person(request), key)
    return SavingsPage(programme, as_of_today(programme), request.GET, shape)


def as_of_today(programme: Programme) -> date:
    """Today, or for a case of the past the last day that its source knew of."""
    return known_on(programme, today())
