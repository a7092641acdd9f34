"""Internal rate of return."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.assessment import NotApplicable
from services.rules.irr import irr_percent, sign_changes

NEVER = NotApplicable("Costs and benefits never change places, so no rate makes them equal")
SEVERAL = NotApplicable("The flows change sign more than once, so more than one rate could fit")


@pytest.mark.parametrize(
    ("net", "percent"),
    [
        ([-100, 110], "10.000000"),
        ([-100, 100], "0.000000"),
        ([-100, 50], "-50.000000"),
        ([0, -100, 0, 121, 0], "10.000000"),
        ([100, -110], "10.000000"),
        ([-1_000, 500, 500, 500], "23.375193"),
        ([-60_000_000, -1_000_000, 38_000_000, 44_000_000, 44_000_000, 44_000_000], "35.731650"),
    ],
)
def test_rate_that_makes_the_profile_worth_nothing(net: list[int], percent: str):
    assert irr_percent(net) == Decimal(percent)


@pytest.mark.parametrize("net", [[], [0, 0], [100, 20], [-100, -1], [0, -5]])
def test_profile_that_never_changes_sign_has_no_rate(net: list[int]):
    assert irr_percent(net) == NEVER


def test_profile_with_two_rates_has_none():
    assert irr_percent([-100, 230, -132]) == SEVERAL  # 10% and 20%


def test_profile_that_dips_later_has_its_one_positive_rate():
    assert irr_percent([-100, 120, -10, 30]) == Decimal("30.048749")


def test_zero_years_are_no_change_of_sign():
    assert (sign_changes([-1, 0, 0, 1]), sign_changes([-1, 1, 0, -1]), sign_changes([0])) == (1, 2, 0)


@given(st.integers(1, 10**10), st.lists(st.integers(0, 10**9), min_size=1, max_size=15).filter(any))
def test_profile_is_worth_nothing_at_its_rate(outlay: int, returns: list[int]):
    rate = irr_percent([-outlay, *returns])
    assert isinstance(rate, Decimal)

    def worth(percent: Decimal) -> Fraction:
        factor = 1 + Fraction(percent) / 100
        return sum((flow / factor**year for year, flow in enumerate([-outlay, *returns])), Fraction(0))

    step = Decimal("0.000001")
    if rate - step > -100:
        assert worth(rate - step) >= 0 >= worth(rate + step)
