"""What the values of a measure within a year, and over several years, come to (domain.md 2.9).

A cumulative measure adds up (claims processed), an average is averaged (days to process one), and of a
latest-value measure the last one counts (people on a waiting list).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from benefits.enums import Combining
from core.rules.assessment import NotAssessable

NOT_STATED = NotAssessable("How the values of a year make the value of the year is not stated")
NOTHING = NotAssessable("No value has been measured")
Value = Fraction | NotAssessable


def combine(values: Sequence[Decimal | Fraction], combining: str) -> Value:
    """What values, in order of time, come to together; exact."""
    if not values:
        return NOTHING
    exact = [Fraction(value) for value in values]
    if len(exact) == 1 or combining == Combining.LATEST:
        return exact[-1]
    if combining == Combining.SUM:
        return sum(exact, Fraction(0))
    return sum(exact, Fraction(0)) / len(exact) if combining == Combining.AVERAGE else NOT_STATED


def year_value(by_period: Mapping[int | None, Decimal], combining: str) -> Value:
    """The value of a year: the one measured for the year as a whole, else what its months come to."""
    whole = by_period.get(None)
    if whole is not None:
        return Fraction(whole)
    return combine([by_period[number] for number in _in_order(by_period)], combining)


def up_to(by_period: Mapping[int | None, Decimal], combining: str) -> dict[int, Value]:
    """What the values of a year come to by the end of each month that was measured (1 is April)."""
    months = _in_order(by_period)
    return {
        month: combine([by_period[number] for number in months[: place + 1]], combining)
        for place, month in enumerate(months)
    }


def all_years(years: Sequence[Mapping[int | None, Decimal]], combining: str) -> Value:
    """What the years, in order, come to together; an average gives every year its own weight of values.

    A year measured as a whole is one value.
    """
    values = [
        by_period[number]
        for by_period in years
        for number in ([None] if None in by_period else _in_order(by_period))
    ]
    return combine(values, combining)


def _in_order(by_period: Mapping[int | None, Decimal]) -> list[int]:
    return sorted(number for number in by_period if number is not None)
