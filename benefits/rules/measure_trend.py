"""Where a measure stands against what was planned for its time (F-19, F-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benefits.enums import Combining
from benefits.rules.trajectory import time_words
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_fy, month_number

Time = tuple[int, int | None]
NO_STARTING_VALUE = NotAssessable("No starting value is recorded")
NOT_MEASURED = NotAssessable("No value has been measured since the start")
NO_TRAJECTORY = NotApplicable("No values are planned over time")


@dataclass(frozen=True, slots=True)
class Compared:
    """What was measured beside what was planned for the same time, which `words` names."""

    value: Fraction
    planned: Fraction
    words: str


def compare_latest(
    readings: Mapping[Time, Decimal], planned: Mapping[Time, Decimal], combining: str
) -> Compared | NotAssessable | NotApplicable:
    """The latest value that can be compared with a planned one, and that one.

    A value planned for the very time of a reading is compared with it. A month of a year that is planned
    only as a whole is compared by what the year comes to so far where values are averaged: a sum or a
    latest value of a part of a year says nothing of the whole, so the last time planned before counts.
    """
    if not readings:
        return NOT_MEASURED
    if not planned:
        return NO_TRAJECTORY
    latest = max(readings, key=lambda time: month_number(*time))
    if latest not in planned and (latest[0], None) in planned and combining == Combining.AVERAGE:
        return _year_so_far(readings, planned, latest[0])
    both = [time for time in readings if time in planned]
    if not both:
        first = min(planned, key=lambda time: month_number(*time))
        return NotApplicable(f"The first value is planned for {time_words(*first)}")
    time = max(both, key=lambda one: month_number(*one))
    return Compared(Fraction(readings[time]), Fraction(planned[time]), time_words(*time))


def trajectory_percent(
    starting: Decimal | None, compared: Compared | NotAssessable | NotApplicable
) -> Fraction | NotAssessable | NotApplicable:
    """How much of the way planned for its time a measure has come, in percent, whichever way is better."""
    if not isinstance(compared, Compared):
        return compared
    if starting is None:
        return NO_STARTING_VALUE
    planned = compared.planned - Fraction(starting)
    if not planned:
        return NotApplicable(f"No change was planned by {compared.words}")
    return (compared.value - Fraction(starting)) * 100 / planned


def _year_so_far(readings: Mapping[Time, Decimal], planned: Mapping[Time, Decimal], fy: int) -> Compared:
    values = [value for (year, _), value in readings.items() if year == fy]
    average = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return Compared(average, Fraction(planned[fy, None]), f"{format_fy(fy)} so far")
