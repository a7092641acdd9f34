"""Discount factors (F-05)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.errors import Refusal
from core.rules.rounding import round_to
from services.rules.discount import (
    RateBand,
    check_horizon,
    discount_factors,
    schedule_of,
)

PUBLISHED = {
    0: "1.0000", 1: "0.9662", 2: "0.9335", 3: "0.9019", 4: "0.8714", 5: "0.8420", 6: "0.8135", 7: "0.7860",
    8: "0.7594", 9: "0.7337", 10: "0.7089", 30: "0.3563", 31: "0.3459", 75: "0.0942", 76: "0.0919",
}  # fmt: skip


def test_factors_to_four_places_are_the_published_ones():
    factors = discount_factors(schedule_of("green-book-2003"), 76)
    assert {year: str(round_to(factors[year], 4)) for year in PUBLISHED} == PUBLISHED


def test_factors_chain_over_the_change_of_rate():
    factors = discount_factors(schedule_of("green-book-2003"), 31)
    assert factors[31] == factors[30] / Fraction(103, 100)
    assert factors[31] != 1 / Fraction(103, 100) ** 31


def test_schedule_is_dated_and_sourced_reference_data():
    schedule = schedule_of("green-book-2003")
    assert (schedule.name, schedule.version) == ("green_book", "green-book-2003")
    assert schedule.effective_from == date(2003, 4, 1)
    assert schedule.source == "HM Treasury Green Book: social time preference rate"
    assert schedule.bands == (
        RateBand(1, 30, Decimal("3.5")),
        RateBand(31, 75, Decimal("3.0")),
        RateBand(76, 125, Decimal("2.5")),
    )


def test_year_without_a_rate_is_refused():
    schedule = schedule_of("green-book-2003")
    with pytest.raises(Refusal) as refused:
        schedule.rate(126)
    assert refused.value.message == (
        "Rates come from reference data. Ask an administrator to add a new rate with its source"
    )


@pytest.mark.parametrize("years", [0, 61, -1])
def test_horizon_outside_1_to_60_is_refused(years: int):
    with pytest.raises(Refusal) as refused:
        check_horizon(years)
    assert refused.value.message == "Appraisal period must be a whole number of years from 1 to 60"


def test_horizon_of_1_and_60_pass():
    assert (check_horizon(1), check_horizon(60)) == (None, None)


def test_schedule_of_a_stored_version_is_found_and_an_unknown_one_refused():
    assert schedule_of("green-book-2003").version == "green-book-2003"
    with pytest.raises(Refusal) as refused:
        schedule_of("typed by hand")
    assert refused.value.code == "32"
