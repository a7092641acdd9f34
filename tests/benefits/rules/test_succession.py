"""Amounts after vesting day pass to successors to the penny, whatever their time and sign (INV-44)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.succession import add_times, outlasts, pass_amounts

SIXTY_FORTY = {"north": Decimal(60), "south": Decimal(40)}
VESTING = date(2028, 4, 1)


def test_years_and_months_from_vesting_day_on_pass_sixty_forty_by_largest_remainder():
    held = {(2027, None): 101, (2028, None): 101, (2029, 1): 1, (2029, 2): -3}
    passed = pass_amounts(held, VESTING, SIXTY_FORTY)
    assert passed.kept == {(2027, None): 101, (2028, None): 0, (2029, 1): 0, (2029, 2): 0}
    assert passed.taken == {
        "north": {(2028, None): 61, (2029, 1): 1, (2029, 2): -2},
        "south": {(2028, None): 40, (2029, 1): 0, (2029, 2): -1},
    }


def test_month_that_holds_vesting_day_passes_whole():
    # 16 April 2028: all of April 2028 and of the year that begins with it passes
    held = {(2027, None): 36_500, (2028, 1): 3_000, (2029, None): 10}
    first = pass_amounts(held, date(2028, 4, 16), SIXTY_FORTY)
    assert first.kept == {(2027, None): 36_500, (2028, 1): 0, (2029, None): 0}
    assert first.taken == {
        "north": {(2028, 1): 1_800, (2029, None): 6},
        "south": {(2028, 1): 1_200, (2029, None): 4},
    }
    # 16 May 2028: 30 of 365 days are before the month that passes
    parted = pass_amounts({(2028, None): 36_500}, date(2028, 5, 16), {"north": Decimal(1)})
    assert (parted.kept, sum(parted.taken["north"].values())) == ({(2028, 1): 3_000}, 33_500)
    assert [outlasts(2027, 12, VESTING), outlasts(2028, 1, VESTING), outlasts(2027, None, VESTING)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("line", "kept", "taken"),
    [
        # 91 of 365 days are before 1 July: three months stay, nine are taken on
        (
            {},
            [3_034, 3_033, 3_033],
            {4: 3_045, 5: 3_045, 6: 3_045, 7: 3_045, **dict.fromkeys(range(8, 13), 3_044)},
        ),
        # from 1 June, 30 of 304 days: nothing before the line starts
        (
            {"starts_on": date(2026, 6, 1)},
            [0, 0, 3_602],
            {4: 3_656, 5: 3_656, 6: 3_656, **dict.fromkeys(range(7, 13), 3_655)},
        ),
        # starts after vesting day: all of it passes, from its start on
        ({"starts_on": date(2027, 1, 1)}, [0, 0, 0], {10: 12_167, 11: 12_167, 12: 12_166}),
        # ends before vesting day: nothing passes
        ({"ends_on": date(2026, 5, 31)}, [18_250, 18_250, 0], {}),
    ],
)
def test_year_that_holds_vesting_day_is_told_by_months_on_the_right_side_of_it(line, kept, taken):
    """Each of a line's dates, beside a month that passes whole."""
    passed = pass_amounts(
        {(2026, None): 36_500, (2027, 2): 5}, date(2026, 7, 1), {"north": Decimal(1)}, **line
    )
    assert passed.kept == {(2026, month): pence for month, pence in enumerate(kept, 1)} | {(2027, 2): 0}
    assert passed.taken == {
        "north": {(2026, month): pence for month, pence in taken.items()} | {(2027, 2): 5}
    }


def test_whole_year_beside_months_is_spread_over_them():
    both = add_times({(2028, 1): 5, (2029, None): 7}, {(2028, None): 25, (2029, None): 1})
    assert both == {
        (2029, None): 8,
        (2028, 1): 8,
        **{(2028, month): 2 for month in range(2, 13)},
    }
    within = add_times(
        {(2028, 9): 5}, {(2028, None): 25}, starts_on=date(2028, 12, 1), ends_on=date(2029, 1, 31)
    )
    assert within == {(2028, 9): 18, (2028, 10): 12}


TIMES = st.tuples(st.integers(2026, 2031), st.sampled_from([None, 1, 6, 12]))


@given(
    st.dictionaries(TIMES, st.integers(-(10**9), 10**9), max_size=8),
    st.dates(date(2026, 1, 1), date(2032, 12, 31)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 10**6), min_size=1),
)
def test_nothing_is_lost_and_nothing_passes_before_vesting_day(held, vesting_on, weights):
    passed = pass_amounts(held, vesting_on, weights)
    for year in {fy for fy, _ in held}:
        parts = [passed.kept, *passed.taken.values()]
        found = sum(pence for times in parts for (fy, _), pence in times.items() if fy == year)
        assert found == sum(pence for (fy, _), pence in held.items() if fy == year)
    late = [time for times in passed.taken.values() for time in times if not outlasts(*time, vesting_on)]
    assert late == []
    again = pass_amounts(passed.kept, vesting_on, weights)
    assert [pence for times in again.taken.values() for pence in times.values() if pence] == []
