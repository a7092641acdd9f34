"""Keys of a financial year and what each council's share is (F-03, INV-23 to INV-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.apportionment import prepare_key
from core.rules.assessment import NotAssessable
from services.rules.key_periods import DatedKey, YearKeys, keys_of_year, stretch_dates


def key(
    number: int, weights: Sequence[int], from_on: date = date(2020, 4, 1), to_on: date | None = None
) -> DatedKey:
    return DatedKey(number, "fixed_percent", from_on, to_on, tuple(weights), prepare_key(weights))


def year_of(keys: Sequence[DatedKey], fy: int = 2027) -> YearKeys:
    found = keys_of_year("Running costs", keys, fy)
    assert isinstance(found, YearKeys)
    return found


def test_one_key_shares_the_year_at_once():
    year = year_of([key(1, [1, 1, 1])])
    assert (year.split(10_000_000), year.split(-100_000), year.weights) == (
        (3_333_334, 3_333_333, 3_333_333),
        (-33_334, -33_333, -33_333),
        (1, 1, 1),
    )


def test_key_that_changes_on_1_april_shares_each_year_alone():
    keys = [key(1, [1, 1, 1], to_on=date(2028, 3, 31)), key(2, [1, 1, 0], date(2028, 4, 1))]
    assert (year_of(keys, 2027).split(300), year_of(keys, 2028).split(300)) == (
        (100, 100, 100),
        (150, 150, 0),
    )


def test_key_that_changes_in_the_year_shares_its_own_months():
    keys = [key(1, [1, 0], to_on=date(2027, 6, 30)), key(2, [0, 1], date(2027, 7, 1))]
    year = year_of(keys)
    assert [(part.stretch.key.key_id, part.pence, part.shares) for part in year.parts(1_000)] == [
        (1, 252, (252, 0)),  # 84 pence a month for the first four months, 83 for the rest
        (2, 748, (0, 748)),
    ]
    assert (year.split(1_000), year.weights) == ((252, 748), ())
    assert [stretch_dates(2027, stretch) for stretch in year.stretches] == [
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2028, 3, 31)),
    ]


def test_month_belongs_to_the_key_of_its_first_day():
    keys = [key(1, [1, 0], to_on=date(2027, 4, 15)), key(2, [0, 1], date(2027, 4, 16))]
    assert year_of(keys).split(1_200) == (100, 1_100)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ([], "No key shares Running costs in 2027 to 2028"),
        ([key(1, [1], to_on=date(2027, 3, 31))], "No key shares Running costs in 2027 to 2028"),
        ([key(1, [1], date(2028, 4, 1))], "No key shares Running costs in 2027 to 2028"),
        (
            [key(1, [1], to_on=date(2028, 2, 29))],
            "No key shares Running costs from 1 March 2028 to 31 March 2028",
        ),
        (
            [key(1, [1], to_on=date(2027, 5, 31)), key(2, [1], date(2027, 7, 1))],
            "No key shares Running costs from 1 June 2027 to 30 June 2027",
        ),
        ([key(1, [1], date(2027, 4, 2))], "No key shares Running costs from 1 April 2027 to 1 April 2027"),
    ],
)
def test_day_without_a_key_is_named(keys, reason):
    assert keys_of_year("Running costs", keys, 2027) == NotAssessable(reason)


@given(
    pence=st.integers(-(10**12), 10**12),
    days=st.lists(st.integers(1, 365), unique=True, max_size=4).map(sorted),
    weights=st.lists(
        st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any), min_size=5, max_size=5
    ),
)
def test_shares_sum_to_the_amount_whenever_keys_change(pence, days, weights):
    starts = [date(2020, 4, 1), *(date(2027, 4, 1) + timedelta(days=day) for day in days)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    keys = [
        key(index, weights[index], start, end)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    year = year_of(keys)
    assert sum(year.split(pence)) == pence
    assert sum(part.pence for part in year.parts(pence)) == pence
    assert year.split(pence) == year_of(list(reversed(keys))).split(pence)
