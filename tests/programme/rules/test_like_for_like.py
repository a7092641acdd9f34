"""All partners and like for like (INV-43)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.rules.like_for_like import ComparableTotals, comparable_totals, founders_from_the_start

AMOUNTS = {
    "Ashmere": {2026: 10, 2027: 11, 2028: 12},
    "Brockvale": {2027: 20, 2028: 21},
    "Carrick": {2026: 30, 2027: 31},
}
DAYS = {
    "Ashmere": (date(2026, 4, 1), None),
    "Brockvale": (date(2027, 4, 1), None),
    "Carrick": (None, date(2028, 3, 31)),
}


def test_late_joiner_and_leaver_count_in_all_partners_only():
    assert comparable_totals(AMOUNTS, DAYS, 2026, 2028) == ComparableTotals(
        {2026: 40, 2027: 62, 2028: 33}, {2026: 10, 2027: 11, 2028: 12}, ("Ashmere",)
    )


@pytest.mark.parametrize(
    ("first", "last", "councils"),
    [
        (2026, 2027, ("Ashmere", "Carrick")),
        (2027, 2027, ("Ashmere", "Brockvale", "Carrick")),
        (2027, 2028, ("Ashmere", "Brockvale")),
        (2028, 2028, ("Ashmere", "Brockvale")),
    ],
)
def test_years_compared_decide_who_was_a_partner_throughout(first: int, last: int, councils: tuple[str, ...]):
    assert comparable_totals(AMOUNTS, DAYS, first, last).councils == councils


def test_partner_that_left_does_not_change_the_totals_of_earlier_years():
    stayed = {**DAYS, "Carrick": (None, None)}
    assert comparable_totals(AMOUNTS, DAYS, 2026, 2027) == comparable_totals(AMOUNTS, stayed, 2026, 2027)


def test_day_short_of_the_whole_stretch_is_not_throughout():
    days = {"Ashmere": (date(2026, 4, 2), None), "Carrick": (None, date(2028, 3, 30))}
    assert comparable_totals(AMOUNTS, days, 2026, 2027).councils == ("Brockvale",)


def test_programme_without_councils_has_totals_of_nothing():
    assert comparable_totals({}, {}, 2026, 2026) == ComparableTotals({2026: 0}, {2026: 0}, ())


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=2), st.dictionaries(st.integers(2026, 2029), st.integers(-99, 99))
    )
)
def test_councils_that_were_always_partners_are_like_for_like(amounts: dict[str, dict[int, int]]):
    found = comparable_totals(amounts, {}, 2026, 2029)
    assert found.like_for_like_pence == found.all_partners_pence
    assert found.councils == tuple(amounts)


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        ((date(2026, 9, 1), date(2026, 9, 1), date(2027, 7, 1)), (None, None, date(2027, 7, 1))),
        ((None, date(2026, 9, 1), None), (None, date(2026, 9, 1), None)),
        ((None, None, None), (None, None, None)),
    ],
)
def test_councils_with_which_the_partnership_began_did_not_join_late(
    joined: tuple[date | None, ...], expected: tuple[date | None, ...]
) -> None:
    left = date(2030, 3, 31)
    days = {name: (day, left) for name, day in zip(AMOUNTS, joined, strict=True)}
    assert founders_from_the_start(days) == {
        name: (day, left) for name, day in zip(AMOUNTS, expected, strict=True)
    }
