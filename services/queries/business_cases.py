"""One version of a business case as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine


@dataclass(frozen=True, slots=True)
class CaseYear:
    """A line's amounts of one financial year, in the order of the councils; None where there is none."""

    fy: int
    amounts: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a business case with its amounts by year."""

    line: BusinessCaseLine
    years: tuple[CaseYear, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A version of a business case with every line, and the other versions of it."""

    case: BusinessCase
    partners: tuple[Council, ...]
    councils: tuple[Council, ...]
    lines: tuple[CaseLine, ...]
    versions: tuple[BusinessCase, ...]


def visible_cases(user: User) -> QuerySet[BusinessCase]:
    """Business cases of the programmes that `user` may read."""
    cases = BusinessCase.objects.filter(programme__in=Programme.objects.visible_to(user))
    return cases.select_related("programme__partnership", "service")


def case_page(case: BusinessCase) -> CasePage:
    """The page of one version. Four queries."""
    partners = partner_councils(case.programme.partnership_id)
    amounts = BusinessCaseAmount.objects.select_related("council").order_by("fy")
    lines = list(case.lines.select_related("source").prefetch_related(Prefetch("amounts", amounts)))
    involved = {amount.council for line in lines for amount in line.amounts.all() if amount.council}
    others = sorted(involved - set(partners), key=lambda council: council.short_name)
    councils = [council for council in partners if council in involved] + others
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref).order_by("number")
    return CasePage(
        case=case,
        partners=tuple(partners),
        councils=tuple(councils),
        lines=tuple(CaseLine(line, _years(line, councils)) for line in lines),
        versions=tuple(versions),
    )


def _years(line: BusinessCaseLine, councils: list[Council]) -> tuple[CaseYear, ...]:
    by_year: dict[int, dict[int | None, int]] = {}
    for amount in line.amounts.all():
        by_year.setdefault(amount.fy, {})[amount.council_id] = amount.amount_pence
    return tuple(
        CaseYear(fy, tuple(own.get(council.pk) for council in councils), sum(own.values()))
        for fy, own in sorted(by_year.items())
    )
