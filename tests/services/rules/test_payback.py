"""Payback (F-08, F-09)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rounding import round_to
from services.rules.appraisal import appraise
from services.rules.discount import schedule_of
from services.rules.payback import NoPayback, Origin, Payback, payback

SCHEDULE = schedule_of("green-book-2003")
GOLDEN = [-60_000_000, -1_000_000, 38_000_000, 44_000_000, 44_000_000, 44_000_000]
profiles = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12)


def test_south_and_vale():
    result = payback([137_493_000] * 5, upfront_pence=454_000_000)
    assert isinstance(result, Payback)
    assert (str(round_to(result.years, 3)), str(result)) == ("3.302", "3 years 4 months")


def test_south_hams_and_west_devon():
    result = payback([35_000_000] * 5, upfront_pence=30_000_000)
    assert isinstance(result, Payback)
    assert (str(round_to(result.years, 3)), str(result)) == ("0.857", "11 months")


def test_golden_programme_from_the_start_of_its_profile():
    result = payback(GOLDEN)
    assert isinstance(result, Payback)
    assert (str(round_to(result.years, 3)), str(result)) == ("3.523", "3 years 7 months")
    assert result.paid_back_by(date(2026, 4, 1)) == date(2029, 10, 31)


def test_golden_programme_from_go_live_is_a_year_less():
    assert payback(GOLDEN, origin=Origin.GO_LIVE) == Payback(Fraction(2) + Fraction(23, 44))


def test_double_crossing_takes_the_last():
    assert payback([-300, 200, 150, -100, 200]) == Payback(Fraction(17, 4))


@pytest.mark.parametrize("flows", [[-10, 5, 4], [-10, 20, -15], [-1]])
def test_no_payback_is_said_in_words(flows: list[int]):
    assert payback(flows) == NoPayback()
    assert str(payback(flows)) == "Does not pay back within the appraisal period"


def test_discounted_payback_of_south_and_vale_from_go_live():
    rows = appraise([0] + [137_493_000] * 5, [454_000_000] + [0] * 5, SCHEDULE).rows
    result = payback([row.pv_net_pence for row in rows], origin=Origin.GO_LIVE)
    assert isinstance(result, Payback)
    assert str(round_to(result.years, 2)) == "3.57"


def test_discounted_payback_of_the_golden_programme():
    savings = [0, 18_000_000, 42_000_000, 48_000_000, 48_000_000, 48_000_000]
    costs = [60_000_000, 19_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000]
    result = payback([row.pv_net_pence for row in appraise(savings, costs, SCHEDULE).rows])
    assert isinstance(result, Payback)
    assert str(round_to(result.years, 3)) == "3.642"


def test_nothing_to_pay_back_takes_no_time():
    assert str(payback([100, 100])) == "0 months"
    assert payback([]) == Payback(Fraction(0))


def test_reaching_exactly_nothing_is_payback():
    assert payback([-100, 100, 0]) == Payback(Fraction(2))


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (Fraction(1), "1 year"),
        (Fraction(13, 12), "1 year 1 month"),
        (Fraction(1, 12), "1 month"),
        (Fraction(23, 12) + Fraction(1, 1000), "2 years"),
    ],
)
def test_months_are_rounded_up_into_years(years: Fraction, words: str):
    assert str(Payback(years)) == words


@given(profiles, st.integers(0, 10**9))
def test_payback_never_precedes_the_last_negative_point(flows: list[int], upfront: int):
    points = list(accumulate(flows, initial=-upfront))
    last_negative = max((year for year, point in enumerate(points) if point < 0), default=None)
    result = payback(flows, upfront_pence=upfront)
    if last_negative is None:
        assert result == Payback(Fraction(0))
    elif last_negative == len(flows):
        assert result == NoPayback()
    else:
        assert isinstance(result, Payback)
        assert last_negative < result.years <= last_negative + 1
