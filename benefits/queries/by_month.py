"""The measure shown month by month, as running sums: the points of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from benefits.enums import Basis
from benefits.queries.by_year import NOT_BEGUN
from benefits.queries.figures import Figure
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import NO_PLAN, NO_RETURN, Scope
from core.rules.assessment import NotAssessable
from core.rules.calendar import period_end


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """Sums from the first month of the series to the end of one month."""

    month_end: date
    original: Figure
    current: Figure
    forecast: Figure
    claimed: Figure
    verified: Figure
    banked: Figure


def programme_months(scope: Scope) -> tuple[MonthPoint, ...]:
    """From the first year to the end of the year after this one, or the months of the year chosen."""
    fys = near_fys(scope)
    return _months(scope, scope.councils, fys) if fys else ()


def near_fys(scope: Scope) -> Sequence[int]:
    """The year chosen, or the years from the first to the one after this one."""
    if scope.choice.fy or not scope.fys:
        return scope.chosen_fys
    last = max(min(scope.this_fy + 1, scope.fys[-1]), scope.fys[0])
    return [fy for fy in scope.fys if fy <= last]


def council_months(scope: Scope) -> tuple[tuple[PartnerCouncil, tuple[MonthPoint, ...]], ...]:
    """The months of the year chosen, or of this year, for each council."""
    if not scope.fys:
        return ()
    fy = scope.choice.fy or scope.this_fy
    return tuple((council, _months(scope, [council], [fy])) for council in scope.councils)


def _months(scope: Scope, councils: Sequence[PartnerCouncil], fys: Sequence[int]) -> tuple[MonthPoint, ...]:
    by_basis = {
        basis: [pence for fy in fys for pence in months_of(scope, councils, basis, fy)] for basis in Basis
    }
    no_forecast = scope.no_forecast(scope.choice.measure, councils)
    month_ends = [period_end(fy, number) for fy in fys for number in range(1, 13)]
    columns = zip(*(accumulate(by_basis[basis]) for basis in by_basis), strict=True)
    return tuple(
        _point(scope, month_end, dict(zip(by_basis, sums, strict=True)), no_forecast)
        for month_end, sums in zip(month_ends, columns, strict=True)
    )


def months_of(scope: Scope, councils: Sequence[PartnerCouncil], basis: Basis, fy: int) -> list[int]:
    """12 values of the measure shown, April first."""
    years = [
        amount.months
        for part in scope.parts(scope.choice.measure)
        for council in councils
        for amount in scope.cell(part, council, basis, fy)
    ]
    return [sum(month) for month in zip(*years, strict=True)] if years else [0] * 12


def _point(
    scope: Scope, month_end: date, sums: dict[Basis, int], no_forecast: NotAssessable | None
) -> MonthPoint:
    is_over = scope.cut_off is not None and month_end <= scope.cut_off
    not_yet = NO_RETURN if scope.cut_off is None else NOT_BEGUN
    return MonthPoint(
        month_end,
        original=sums[Basis.ORIGINAL] if scope.ledgers.original else NO_PLAN,
        current=sums[Basis.CURRENT] if scope.ledgers.current else NO_PLAN,
        forecast=no_forecast or sums[Basis.FORECAST],
        claimed=sums[Basis.CLAIMED] if is_over else not_yet,
        verified=sums[Basis.VERIFIED] if is_over else not_yet,
        banked=sums[Basis.BANKED] if is_over else not_yet,
    )
