"""Figures of each measure by financial year and cumulative, for each council and for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figure, Figures, running, total
from benefits.queries.ledgers import PartnerCouncil, YearAmount
from benefits.queries.scope import Scope
from benefits.rules.outturn import Month, expected_outturn
from core.rules.assessment import NotApplicable
from core.rules.calendar import fy_start, month_number

NOT_BEGUN = NotApplicable("The time is not over, or nothing has been returned for it")
RETURNED = (Basis.CLAIMED, Basis.VERIFIED)
EXPECTED = (*RETURNED, Basis.FORECAST)
Months = defaultdict[Basis, dict[Month, int]]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Figures of one financial year, and from the first year up to its end."""

    fy: int
    year: Figures
    cumulative: Figures


@dataclass(frozen=True)
class MeasureFigures:
    """One measure for one council, or for all where `council` is None: by year and in sum.

    `in_years` are the figures of each year chosen. The rest is worked out where it is asked for: a page shows
    a part of it.
    """

    measure: Measure
    council: PartnerCouncil | None
    scope: Scope = field(repr=False)
    in_years: tuple[Figures, ...]

    @cached_property
    def years(self) -> tuple[YearFigures, ...]:
        """Each year chosen, by itself and cumulative."""
        cut_off, rows = self.scope.cut_off, zip(self.in_years, running(self.in_years), strict=True)
        return tuple(
            YearFigures(fy, begun(year, fy, cut_off), begun(cumulative, fy, cut_off))
            for fy, (year, cumulative) in zip(self.scope.chosen_fys, rows, strict=True)
        )

    @cached_property
    def total(self) -> Figures:
        """The sum of the years."""
        return total(self.in_years)

    @cached_property
    def outturn(self) -> Figure:
        """What the present financial year is expected to come out at (F-17)."""
        councils = [self.council] if self.council else self.scope.councils
        return _outturn(self.scope, self.measure, councils)

    def at(self, fy: int) -> YearFigures | None:
        """The figures of one financial year."""
        return next((year for year in self.years if year.fy == fy), None)


def measures_by_year(scope: Scope) -> tuple[MeasureFigures, ...]:
    """Each measure in turn: its figures for each council, then for all, which is their sum (INV-01)."""
    if not scope.chosen_fys:
        return ()
    return tuple(row for measure in scope.measures for row in _measure(scope, measure))


def _measure(scope: Scope, measure: Measure) -> list[MeasureFigures]:
    fys = scope.chosen_fys
    by_council = {council: [scope.figures(measure, council, fy) for fy in fys] for council in scope.councils}
    sums = [total(years[index] for years in by_council.values()) for index in range(len(fys))]
    return [
        *(MeasureFigures(measure, council, scope, tuple(years)) for council, years in by_council.items()),
        MeasureFigures(measure, None, scope, tuple(sums)),
    ]


def begun(figures: Figures, fy: int, cut_off: date | None) -> Figures:
    """The figures of a year, without what cannot have been claimed or verified yet."""
    if cut_off is None or fy_start(fy) <= cut_off:
        return figures
    return replace(
        figures,
        claimed=NOT_BEGUN,
        verified=NOT_BEGUN,
        banked=NOT_BEGUN,
        original_to_date=NOT_BEGUN,
        current_to_date=NOT_BEGUN,
        verified_no_target=NOT_BEGUN,
    )


def _outturn(scope: Scope, measure: Measure, councils: Sequence[PartnerCouncil]) -> Figure:
    return scope.no_forecast(measure, councils) or sum(
        sign * outturn_pence(scope, part, council, scope.this_fy)
        for part, sign in scope.parts(measure).items()
        for council in councils
    )


def outturn_pence(scope: Scope, measure: Measure, council: PartnerCouncil, fy: int) -> int:
    """What a plain measure comes out at in a year: returns so far, then the forecast (F-17).

    Line by line, as each line's returns may have come so far.
    """
    amounts = [
        *scope.cell(measure, council, Basis.FORECAST, fy),
        *(
            amount
            for returned in (one for one in scope.fys if one >= fy)
            for basis in RETURNED
            for amount in scope.cell(measure, council, basis, returned)
        ),
    ]
    months = range(month_number(fy, 1), month_number(fy) + 1)
    return sum(
        expected_outturn(held[Basis.VERIFIED], held[Basis.CLAIMED], held[Basis.FORECAST], months=months).pence
        for held in months_by_line(amounts).values()
    )


def months_by_line(amounts: Iterable[YearAmount]) -> dict[int, Months]:
    """What is returned and forecast of each line in each month; the amounts are all of one council."""
    months: dict[int, Months] = defaultdict(lambda: defaultdict(dict))
    for amount in amounts:
        months[amount.line.pk][amount.basis] |= _by_month(amount)
    return months


def _by_month(amount: YearAmount) -> dict[Month, int]:
    """What was returned in each month, also where it comes to £0; or what is forecast for each."""
    if amount.basis in RETURNED:
        return {month_number(amount.fy, number): pence for number, pence in amount.by_period.items()}
    return {month_number(amount.fy, number): pence for number, pence in enumerate(amount.months, 1) if pence}
