"""Unit costs, cost per head and the spread between councils."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.assessment import NotApplicable, NotAssessable
from services.rules.comparison import (
    Spread,
    measure_to_compare,
    rate,
    rate_pence,
    spread_of,
    year_to_compare,
)


def test_unit_cost_is_exact_and_rounded_once():
    exact = rate(100_000_00, Decimal("30000.5"), cost="cost", of="claims")
    assert exact == Fraction(20_000_000, 60_001)
    assert rate_pence(exact) == 333


@pytest.mark.parametrize(
    ("pence", "units", "expected"),
    [
        (None, Decimal(5), NotAssessable("cost not stated")),
        (5, None, NotAssessable("claims not stated")),
        (None, None, NotAssessable("cost and claims not stated")),
        (5, Decimal(0), NotApplicable("claims is 0")),
        (0, Decimal(5), Fraction(0)),
    ],
)
def test_what_is_missing_is_named_and_never_zero(pence, units, expected):
    assert rate(pence, units, cost="cost", of="claims") == expected
    if not isinstance(expected, Fraction):
        assert rate_pence(expected) == expected


def test_spread_names_lowest_and_highest():
    spread = spread_of(
        {"Ashmere": Fraction(231, 2), "Brockvale": NotAssessable("?"), "Carrick": Fraction(462)}
    )
    assert spread == Spread(Fraction(231, 2), "Ashmere", Fraction(462), "Carrick")
    assert (spread.difference_pence, spread.ratio, spread.gap) == (347, Decimal("4.00"), Fraction(3, 4))


def test_spread_of_one_council_or_of_nothing():
    assert spread_of({"Ashmere": Fraction(5), "Brockvale": NotAssessable("?")}) == NotAssessable(
        "Fewer than two councils can be compared"
    )
    spread = spread_of({"Ashmere": Fraction(0), "Brockvale": Fraction(0)})
    assert (spread.ratio, spread.gap) == (NotApplicable("The lowest, of Ashmere, is nothing"), Fraction(0))


@given(st.lists(st.fractions(min_value=0, max_value=10**9), min_size=2, max_size=6))
def test_order_of_councils_changes_only_who_is_named(rates):
    forward = spread_of({str(index): one for index, one in enumerate(rates)})
    backward = spread_of({str(index): one for index, one in reversed(list(enumerate(rates)))})
    assert (forward.lowest, forward.highest) == (backward.lowest, backward.highest)
    assert 0 <= forward.gap <= 1


def test_year_and_measure_of_most_councils_are_compared():
    assert year_to_compare([{2025, 2026}, {2025}, {2025, 2027}]) == 2025
    assert year_to_compare([{2025, 2026}, {2025, 2026}]) == 2026
    assert year_to_compare([set(), set()]) is None
    assert measure_to_compare([{"claims", "calls"}, {"claims"}, set()]) == "claims"
    assert measure_to_compare([{"claims", "calls"}]) == "calls"
    assert measure_to_compare([]) is None
