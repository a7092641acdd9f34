"""Business cases that a person may read, and the lines of one version as its front page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from core.rules.assessment import Withheld
from programme.models import Council, Programme
from services.models import BusinessCase, BusinessCaseLine
from services.policies import Powers
from services.queries.appraisal import CaseAppraisal
from services.queries.appraisal_inputs import is_drafting
from services.queries.few_people import why_withheld
from services.queries.stored_case import StoredCase

Cell = int | Withheld | None


@dataclass(frozen=True, slots=True)
class CaseYear:
    """A line's amounts of one year: joint, and in the order of the councils; None where there is none."""

    fy: int
    joint: Cell
    amounts: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a business case with its amounts by year."""

    line: BusinessCaseLine
    years: tuple[CaseYear, ...]


@dataclass(frozen=True, slots=True)
class CaseLines:
    """Every line of a version; `councils` are those with amounts of their own, `hidden` those kept back."""

    councils: tuple[Council, ...]
    lines: tuple[CaseLine, ...]
    hidden: tuple[Council, ...]
    has_joint: bool

    @property
    def column_count(self) -> int:
        """Columns of the table: line, year, joint, each council, together."""
        return len(self.councils) + 3 + self.has_joint


def visible_cases(user: User) -> QuerySet[BusinessCase]:
    """Business cases of the programmes that `user` may read."""
    cases = BusinessCase.objects.filter(programme__in=Programme.objects.visible_to(user))
    return cases.select_related(
        "programme__partnership", "programme__sro", "service", "issued_by", "created_by"
    )


def case_lines(
    case: BusinessCase, appraisal: CaseAppraisal, powers: Powers, *, stored: StoredCase | None = None
) -> CaseLines:
    """Lines with the amounts that the person may see (drafts: their own councils'; INV-38).

    Two queries; none where `stored` has read the lines already.
    """
    lines = (stored or StoredCase(case)).lines
    involved = {amount.council for line in lines for amount in line.amounts.all() if amount.council}
    councils = [council for council in appraisal.councils if council in involved]
    hidden = hidden_councils(case, powers, councils)
    small = few_people_lines(appraisal)
    return CaseLines(
        councils=tuple(councils),
        lines=tuple(CaseLine(line, _years(line, councils, hidden, small.get(line.ref))) for line in lines),
        hidden=tuple(council for council in councils if council.pk in hidden),
        has_joint=any(amount.council_id is None for line in lines for amount in line.amounts.all()),
    )


def hidden_councils(case: BusinessCase, powers: Powers, councils: Sequence[Council]) -> dict[int, Withheld]:
    """Councils whose own costs of a draft this person may not see yet, by primary key."""
    if not is_drafting(case):
        return {}
    return {
        council.pk: Withheld(f"Held by {council} until the case is issued")
        for council in councils
        if not powers.sees_draft_of(council)
    }


def few_people_lines(appraisal: CaseAppraisal) -> dict[str, Withheld]:
    """Why lines are not shown that tell of fewer than 5 people or are exempt, by reference (INV-38)."""
    return {
        ref: why_withheld(option.protection)
        for option in appraisal.options
        for ref in option.protection.lines
    }


def _years(
    line: BusinessCaseLine, councils: Sequence[Council], hidden: dict[int, Withheld], private: Withheld | None
) -> tuple[CaseYear, ...]:
    by_year: dict[int, dict[int | None, int]] = {}
    for amount in line.amounts.all():
        by_year.setdefault(amount.fy, {})[amount.council_id] = amount.amount_pence
    years = []
    for fy, own in sorted(by_year.items()):
        shown = {key: _cell(pence, hidden.get(key or 0), private) for key, pence in own.items()}
        years.append(
            CaseYear(
                fy,
                shown.get(None),
                tuple(shown.get(council.pk) for council in councils),
                _total(list(shown.values())),
            )
        )
    return tuple(years)


def _cell(pence: int, hidden: Withheld | None, private: Withheld | None) -> Cell:
    return private or hidden or pence


def _total(cells: Sequence[Cell]) -> Cell:
    """The sum, or why it is withheld: with it a reader could work out what is kept back."""
    withheld = next((cell for cell in cells if isinstance(cell, Withheld)), None)
    return withheld or sum(cell for cell in cells if isinstance(cell, int))
