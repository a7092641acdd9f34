"""Part-year effect and months of operation (F-03, F-04)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.spread import part_year_effect, spread_over_year
from core.rules.apportionment import spread_over_months
from core.rules.calendar import fy_end, fy_start, period_end, period_start

FULL_YEAR = 31_200_000
amounts = st.integers(-(10**11), 10**11)
years = st.integers(2005, 2040)


@pytest.mark.parametrize(
    ("starts_on", "fy", "pence"),
    [
        (date(2026, 10, 1), 2026, 15_600_000),
        (date(2026, 10, 1), 2027, 31_200_000),
        (date(2026, 10, 15), 2026, 14_360_548),
        (date(2027, 10, 19), 2027, 14_065_574),
        (date(2026, 4, 1), 2026, 31_200_000),
        (date(2027, 3, 1), 2026, 2_600_000),
        (date(2027, 3, 31), 2026, 85_479),
        (date(2027, 4, 1), 2026, 0),
        (date(2020, 6, 15), 2026, 31_200_000),
    ],
)
def test_part_year_effect_worked_examples(starts_on: date, fy: int, pence: int):
    assert part_year_effect(FULL_YEAR, starts_on, fy) == pence


@pytest.mark.parametrize("full_year", [FULL_YEAR, None])
def test_go_live_on_19_october_gives_the_first_month_the_remainder(full_year: int | None):
    months = spread_over_year(14_065_574, 2027, starts_on=date(2027, 10, 19), full_year_pence=full_year)
    assert months == [0] * 6 + [1_065_574] + [2_600_000] * 5


def test_whole_months_share_equally():
    assert spread_over_year(15_600_000, 2026, starts_on=date(2026, 10, 1)) == [0] * 6 + [2_600_000] * 6
    assert spread_over_year(10_000_000, 2026) == spread_over_months(10_000_000)
    assert spread_over_year(10_000_000, 2026, starts_on=date(2020, 5, 7)) == spread_over_months(10_000_000)
    assert spread_over_year(100, 2026, ends_on=date(2026, 6, 30)) == [34, 33, 33] + [0] * 9


def test_start_on_the_last_day_of_a_month_falls_back_to_days():
    effect = part_year_effect(FULL_YEAR, date(2027, 1, 31), 2026)
    assert effect == 5_128_767
    assert spread_over_year(effect, 2026, starts_on=date(2027, 1, 31)) == (
        [0] * 9 + [81_409, 2_523_679, 2_523_679]
    )


def test_amount_too_large_for_its_full_year_effect_is_shared_by_days():
    months = spread_over_year(6_200, 2026, starts_on=date(2027, 2, 15), full_year_pence=1_200)
    assert months == [0] * 10 + [2_067, 4_133]


def test_end_within_a_month_is_shared_by_days():
    assert spread_over_year(150, 2026, ends_on=date(2026, 5, 31)) == [75, 75] + [0] * 10
    assert spread_over_year(150, 2026, ends_on=date(2026, 4, 15)) == [150] + [0] * 11
    assert spread_over_year(300, 2026, starts_on=date(2026, 4, 16), ends_on=date(2026, 6, 15)) == [
        75, 150, 75, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]  # fmt: skip


def test_start_and_end_within_one_month():
    assert spread_over_year(150, 2026, starts_on=date(2026, 4, 10), ends_on=date(2026, 4, 20)) == (
        [150] + [0] * 11
    )


def test_amount_in_a_year_without_operation_is_not_lost():
    assert spread_over_year(1_200, 2026, starts_on=date(2027, 4, 1)) == [100] * 12
    assert spread_over_year(1_200, 2026, ends_on=date(2026, 3, 31)) == [100] * 12


def test_negative_amount_mirrors_its_positive():
    positive = spread_over_year(14_065_574, 2027, starts_on=date(2027, 10, 19))
    assert spread_over_year(-14_065_574, 2027, starts_on=date(2027, 10, 19)) == [-month for month in positive]


@given(amounts, years, st.data())
def test_months_sum_to_the_year_share_its_sign_and_keep_to_its_operation(
    amount: int, fy: int, data: st.DataObject
):
    starts_on = data.draw(st.dates(fy_start(fy), fy_end(fy)))
    ends_on = data.draw(st.none() | st.dates(starts_on, fy_end(fy)))
    months = spread_over_year(amount, fy, starts_on=starts_on, ends_on=ends_on)
    idle = [
        pence
        for number, pence in enumerate(months, 1)
        if period_end(fy, number) < starts_on or period_start(fy, number) > (ends_on or fy_end(fy))
    ]
    assert (sum(months), len(months), any(idle)) == (amount, 12, False)
    assert all(pence * amount >= 0 for pence in months)


@given(st.integers(0, 10**11), years, st.data())
def test_part_year_effect_is_never_more_than_the_full_year_nor_grows_with_a_later_start(
    full_year: int, fy: int, data: st.DataObject
):
    starts_on = data.draw(st.dates(fy_start(fy), fy_end(fy)))
    effect = part_year_effect(full_year, starts_on, fy)
    assert 0 <= effect <= full_year
    assert sum(spread_over_year(effect, fy, starts_on=starts_on, full_year_pence=full_year)) == effect
