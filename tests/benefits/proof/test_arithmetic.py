"""Spreading and sharing as the product does them, beside the same written a second time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from benefits.rules.spread import spread_over_year
from core.rules.apportionment import apportion
from tests.benefits.proof.arithmetic import divide, spread

PENCE = st.integers(-(10**10), 10**10)
DAYS = st.none() | st.integers(-500, 900).map(lambda days: date(2026, 4, 1) + timedelta(days=days))


@given(PENCE, st.integers(2025, 2028), DAYS, DAYS)
def test_year_is_spread_alike(pence: int, fy: int, starts_on: date | None, ends_on: date | None) -> None:
    assume(starts_on is None or ends_on is None or starts_on <= ends_on)
    found = spread_over_year(pence, fy, starts_on=starts_on, ends_on=ends_on)
    assert (tuple(found), sum(found)) == (spread(pence, fy, starts_on, ends_on), pence)


@given(PENCE, st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_total_is_shared_alike(pence: int, weights: list[int]) -> None:
    assume(any(weights))
    found = apportion(pence, weights)
    assert (tuple(found), sum(found)) == (divide(pence, [Fraction(one) for one in weights]), pence)
