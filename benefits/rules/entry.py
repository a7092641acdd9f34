"""Amounts typed by month, quarter or year: which months one covers, and what each of them gets (F-03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Every
from benefits.rules.spread import spread_over_year
from core.rules.apportionment import apportion
from core.rules.calendar import format_fy, month_name, period_end, period_start

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Months of a financial year that follow each other: `first` and `last` are periods, 1 for April."""

    fy: int
    first: int
    last: int

    @property
    def periods(self) -> range:
        """Its months."""
        return range(self.first, self.last + 1)

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year."""
        return len(self.periods) == 12

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return period_start(self.fy, self.first)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return period_end(self.fy, self.last)

    @property
    def key(self) -> str:
        """2026-7-7, for the name of a box."""
        return f"{self.fy}-{self.first}-{self.last}"

    def __str__(self) -> str:
        if self.is_year:
            return format_fy(self.fy)
        first, last = (period_start(self.fy, number) for number in (self.first, self.last))
        if self.first == self.last:
            return f"{month_name(first)} {first.year}"
        return f"{month_name(first)} to {month_name(last)} {last.year}"


def month_span(fy: int, period: int) -> Span:
    """One month."""
    return Span(fy, period, period)


def spans_of(every: Every, years: Sequence[int]) -> tuple[Span, ...]:
    """The columns of a table for these years: their months, quarters, or the years themselves."""
    length = _MONTHS[every]
    return tuple(Span(fy, first, first + length - 1) for fy in years for first in range(1, 13, length))


def split_over_span(
    pence: int, span: Span, *, starts_on: date | None = None, ends_on: date | None = None
) -> dict[int, int]:
    """Pence of each month of a span: the months in which the line runs share alike, by largest remainder.

    All months share where the line runs in none, so that no pound is lost. Months that get nothing because
    the line does not run in them are left out.
    """
    if span.first == span.last:
        return {span.first: pence}
    running = [number for number in span.periods if _runs(span.fy, number, starts_on, ends_on)]
    months = running or list(span.periods)
    return dict(zip(months, apportion(pence, [1] * len(months)), strict=True))


def months_of_year(
    by_period: Mapping[int | None, int], fy: int, *, starts_on: date | None, ends_on: date | None
) -> dict[int, int]:
    """Pence of each month of a year held by months, or as a whole that is spread over them (F-04)."""
    months = {number: pence for number, pence in by_period.items() if number is not None}
    whole = by_period.get(None)
    if whole is None:
        return months
    spread = spread_over_year(whole, fy, starts_on=starts_on, ends_on=ends_on)
    return {number: pence + months.get(number, 0) for number, pence in enumerate(spread, 1)}


def _runs(fy: int, number: int, starts_on: date | None, ends_on: date | None) -> bool:
    is_begun = starts_on is None or period_end(fy, number) >= starts_on
    return is_begun and (ends_on is None or period_start(fy, number) <= ends_on)
