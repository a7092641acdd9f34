"""One measure period by period: by month, quarter or year, each alone or as running sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from benefits.enums import Basis, Every, Sums
from benefits.queries.by_month import months_of, near_fys
from benefits.queries.by_year import NOT_BEGUN
from benefits.queries.figures import Figure
from benefits.queries.scope import NO_PLAN, NO_RETURN, Scope
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy, fy_start, month_name, period_end, period_start

# How many months one period of each kind has.
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}
_RETURNED = (Basis.CLAIMED, Basis.VERIFIED, Basis.BANKED)


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What each basis holds in one period, or up to its end; `since` is the first day that counts in it."""

    fy: int
    first_on: date
    last_on: date
    since: date
    words: str
    held: Mapping[Basis, Figure]

    def at(self, basis: Basis) -> Figure:
        """The figure of one basis."""
        return self.held[basis]


@dataclass(frozen=True, slots=True)
class OverTime:
    """The periods of the years shown, in order. `total` is of all of them, whatever `sums` says."""

    scope: Scope
    every: Every
    sums: Sums
    periods: tuple[PeriodFigures, ...]
    total: Mapping[Basis, Figure]

    @property
    def is_cumulative(self) -> bool:
        """Whether each figure is a running sum."""
        return self.sums == Sums.CUMULATIVE

    @property
    def last_over(self) -> PeriodFigures | None:
        """The last period that anything can be returned for."""
        return next((one for one in reversed(self.periods) if isinstance(one.at(Basis.VERIFIED), int)), None)


def over_time(scope: Scope, every: Every, sums: Sums) -> OverTime:
    """The measure shown over the years near the present one, or over all where whole years are asked for."""
    fys = scope.chosen_fys if every == Every.YEAR else near_fys(scope)
    spans = [(fy, first) for fy in fys for first in range(1, 13, MONTHS[every])]
    held = {basis: _by_span(scope, basis, fys, MONTHS[every]) for basis in Basis}
    missing = _missing(scope)
    shown = {basis: list(accumulate(held[basis])) for basis in Basis} if sums == Sums.CUMULATIVE else held
    periods = []
    for index, (fy, number) in enumerate(spans):
        first, last = period_start(fy, number), period_end(fy, number + MONTHS[every] - 1)
        pence = {basis: shown[basis][index] for basis in Basis}
        since = fy_start(fys[0]) if sums == Sums.CUMULATIVE else first
        figures = _figures(scope, first, pence, missing)
        periods.append(PeriodFigures(fy, first, last, since, _words(every, fy, first, last), figures))
    total: dict[Basis, Figure] = {basis: missing.get(basis) or sum(held[basis]) for basis in Basis}
    return OverTime(scope, every, sums, tuple(periods), total)


def _by_span(scope: Scope, basis: Basis, fys: Sequence[int], length: int) -> list[int]:
    months = [pence for fy in fys for pence in months_of(scope, scope.councils, basis, fy)]
    return [sum(months[start : start + length]) for start in range(0, len(months), length)]


def _missing(scope: Scope) -> dict[Basis, NotAssessable]:
    """Why a basis has no figure at all."""
    found: dict[Basis, NotAssessable] = {}
    if scope.ledgers.original is None:
        found[Basis.ORIGINAL] = NO_PLAN
    if scope.ledgers.current is None:
        found[Basis.CURRENT] = NO_PLAN
    no_forecast = scope.no_forecast(scope.choice.measure, scope.councils)
    if no_forecast:
        found[Basis.FORECAST] = no_forecast
    if scope.cut_off is None:
        found |= dict.fromkeys(_RETURNED, NO_RETURN)
    return found


def _figures(
    scope: Scope, first_on: date, pence: Mapping[Basis, int], missing: Mapping[Basis, NotAssessable]
) -> dict[Basis, Figure]:
    """What is shown of a period that starts on a day; nothing is returned for what has not begun."""
    is_begun = scope.cut_off is not None and first_on <= scope.cut_off
    return {
        basis: missing.get(basis) or (value if is_begun or basis not in _RETURNED else NOT_BEGUN)
        for basis, value in pence.items()
    }


def _words(every: Every, fy: int, first: date, last: date) -> str:
    """October 2026; October to December 2026; 2026 to 2027."""
    if every == Every.YEAR:
        return format_fy(fy)
    end = f"{month_name(last)} {last.year}"
    return end if every == Every.MONTH else f"{month_name(first)} to {end}"
