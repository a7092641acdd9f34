"""What is claimed from the budgets of councils, in which programmes and by which benefits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from benefits.models import ActualAmount, BudgetLine, BudgetReduction, Line
from benefits.rules.budgets import ANOTHER_PROGRAMME, WHOLE
from programme.models import Programme
from services.enums import LineKind

# A council's key, a financial year and a ledger code.
CodeYear = tuple[int, int, str]
_COUNTED = Q(line__benefit__isnull=True) | Q(line__benefit__counted_in__isnull=True)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One budget line, what was taken out of it, and what is left of it."""

    budget_line: BudgetLine
    reductions: tuple[BudgetReduction, ...]

    @property
    def reduced_pence(self) -> int:
        """What was taken out for savings that count."""
        return sum(one.amount_pence for one in self.reductions if _counts(one.line))

    @property
    def left_pence(self) -> int:
        """The budget after that."""
        return self.budget_line.budget_pence - self.reduced_pence


def budget_rows(programme: Programme) -> list[BudgetRow]:
    """Budget lines of the partner councils with their standing reductions, councils in order. Two queries.

    The reductions are those of all programmes: the budget is the council's.
    """
    lines = BudgetLine.objects.filter(council__memberships__partnership=programme.partnership_id)
    reductions: dict[int, list[BudgetReduction]] = {}
    for row in _standing_of(lines):
        reductions.setdefault(row.budget_line_id, []).append(row)
    ordered = lines.select_related("council").order_by(
        "council__memberships__order_index", "council__name", "fy", "ledger_code"
    )
    return [BudgetRow(line, tuple(reductions.get(line.pk, ()))) for line in ordered]


def reduced_pence(budget_line: BudgetLine) -> int:
    """What stands as taken out of a budget line, without benefits counted in others. One query."""
    rows = budget_line.reductions.standing().filter(_COUNTED)
    return int(rows.aggregate(total=Sum("amount_pence"))["total"] or 0)


def claimed_pence(budget_line: BudgetLine) -> int:
    """What councils claim as saved under this code in this year, verified or not yet. One query."""
    claimed = _claims_of(budget_line).filter(_COUNTED)
    return int(claimed.aggregate(total=Sum("amount_pence"))["total"] or 0)


def claimed_by_code(codes: Collection[CodeYear]) -> dict[CodeYear, int]:
    """The same of many codes and years, by council, year and code. One query."""
    councils, fys, names = (set(part) for part in zip(*codes, strict=True))
    rows = ActualAmount.objects.standing().filter(
        _COUNTED,
        council__in=councils,
        fy__in=fys,
        ledger_code__in=names,
        line__kind=LineKind.CASHABLE_SAVING,
    )
    sums = rows.order_by().values_list("council", "fy", "ledger_code").annotate(total=Sum("amount_pence"))
    return {(council, fy, code): int(total) for council, fy, code, total in sums}


def attribution_of(budget_line: BudgetLine, programme_id: int, more: Iterable[Line] = ()) -> dict[str, int]:
    """The part of one code and year that each benefit of a programme claims, with those of `more`. One query.

    A line without a benefit claims the whole; one whose benefit is counted in another claims nothing.
    """
    rows = budget_line.reductions.standing().filter(line__programme=programme_id)
    lines = [*(row.line for row in rows.select_related("line__benefit")), *more]
    return {_claimant(line): _percent(line) for line in lines if _counts(line)}


def other_programmes(budget_line: BudgetLine, programme_id: int, user: User) -> list[str]:
    """Names of other programmes that claim from this code in this year, as `user` may read them."""
    reduced = budget_line.reductions.standing().exclude(line__programme=programme_id)
    claimed = _claims_of(budget_line).exclude(line__programme=programme_id)
    keys = {*reduced.values_list("line__programme", flat=True)}
    keys |= {*claimed.values_list("line__programme", flat=True)}
    if not keys:
        return []
    readable = Programme.objects.visible_to(user).filter(pk__in=keys).order_by("name")
    names = list(readable.values_list("name", flat=True).distinct())
    return [*names, *([ANOTHER_PROGRAMME] if len(names) < len(keys) else [])]


def _standing_of(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetReduction]:
    rows = BudgetReduction.objects.standing().filter(budget_line__in=lines)
    return rows.select_related("line__benefit", "line__programme", "entered_by").order_by("line__ref", "pk")


def _claims_of(budget_line: BudgetLine) -> QuerySet[ActualAmount]:
    return ActualAmount.objects.standing().filter(
        council=budget_line.council_id,
        ledger_code=budget_line.ledger_code,
        fy=budget_line.fy,
        line__kind=LineKind.CASHABLE_SAVING,
    )


def _counts(line: Line) -> bool:
    return line.benefit is None or line.benefit.counted_in_id is None


def _claimant(line: Line) -> str:
    return f"line {line.pk}" if line.benefit is None else f"benefit {line.benefit.pk}"


def _percent(line: Line) -> int:
    return WHOLE if line.benefit is None else line.benefit.attribution_percent
