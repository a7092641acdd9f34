"""Where a measure stands against what was planned for its time (F-26)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from benefits.enums import Combining
from benefits.rules.measure_trend import (
    NO_STARTING_VALUE,
    NO_TRAJECTORY,
    NOT_MEASURED,
    Compared,
    compare_latest,
    trajectory_percent,
)
from core.rules.assessment import NotApplicable
from programme.rules.rag import rate_measure

AVERAGE, SUM, LATEST = Combining.AVERAGE, Combining.SUM, Combining.LATEST
DAYS = {(2026, 5): Decimal(24), (2026, 6): Decimal(23), (2026, 7): Decimal(22)}
YEARS = {(2026, None): Decimal(22), (2027, None): Decimal(16)}


@pytest.mark.parametrize(
    ("readings", "planned", "combining", "found"),
    [
        ({}, YEARS, AVERAGE, NOT_MEASURED),
        (DAYS, {}, AVERAGE, NO_TRAJECTORY),
        (DAYS, {(2026, 7): Decimal(21)}, LATEST, Compared(Fraction(22), Fraction(21), "October 2026")),
        (DAYS, {(2026, 6): Decimal(21)}, LATEST, Compared(Fraction(23), Fraction(21), "September 2026")),
        (DAYS, YEARS, AVERAGE, Compared(Fraction(23), Fraction(22), "2026 to 2027 so far")),
        (DAYS, YEARS, SUM, NotApplicable("The first value is planned for 2026 to 2027")),
        ({(2026, None): Decimal(20)}, YEARS, SUM, Compared(Fraction(20), Fraction(22), "2026 to 2027")),
    ],
)
def test_latest_value_is_compared_with_what_was_planned_for_its_time(readings, planned, combining, found):
    assert compare_latest(readings, planned, combining) == found


def test_way_come_is_in_percent_of_the_way_planned_whichever_way_is_better():
    falling = Compared(Fraction(23), Fraction(22), "2026 to 2027 so far")
    rising = Compared(Fraction(70), Fraction(65), "2026 to 2027")
    still = Compared(Fraction(25), Fraction(26), "April 2026")
    assert [
        trajectory_percent(Decimal(26), falling),
        trajectory_percent(Decimal(44), rising),
        trajectory_percent(Decimal(26), still),
        trajectory_percent(None, falling),
        trajectory_percent(Decimal(26), NOT_MEASURED),
    ] == [
        Fraction(75),
        Fraction(2600, 21),
        NotApplicable("No change was planned by April 2026"),
        NO_STARTING_VALUE,
        NOT_MEASURED,
    ]


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (Fraction(90), "Green"),
        (Fraction(8999, 100), "Amber"),
        (Fraction(70), "Amber"),
        (Fraction(6999, 100), "Red"),
        (NOT_MEASURED, "No data"),
        (NO_TRAJECTORY, "Not applicable"),
    ],
)
def test_rating_is_of_the_exact_percentage(percent, word):
    assert rate_measure(percent).word == word
