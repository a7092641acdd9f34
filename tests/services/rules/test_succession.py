"""Amounts of an abolished council pass to its successors (INV-44)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from services.rules.succession import Succession, pass_to_successors

VESTING = date(2028, 4, 1)
years = st.dictionaries(st.integers(2024, 2034), st.integers(-(10**10), 10**10), max_size=6)


def test_amounts_from_vesting_day_pass_60_to_40_to_the_penny():
    found = pass_to_successors({2027: 101, 2028: 101, 2029: 33}, VESTING, {"North": 60, "South": 40})
    assert found == Succession(
        {2027: 101, 2028: 0, 2029: 0},
        {"North": {2027: 0, 2028: 61, 2029: 20}, "South": {2027: 0, 2028: 40, 2029: 13}},
        (2028, 2029),
    )


def test_year_that_holds_vesting_day_is_parted_by_days():
    found = pass_to_successors({2027: 36_600}, date(2027, 10, 1), {"New": 1})  # 183 of 366 days
    assert found == Succession({2027: 18_300}, {"New": {2027: 18_300}}, (2027,))


def test_last_day_of_the_year_passes_one_day():
    assert pass_to_successors({2026: 365}, date(2027, 3, 31), {"New": 1}).passed_pence == {"New": {2026: 1}}


def test_year_with_no_amount_is_not_flagged():
    assert pass_to_successors({2030: 0}, VESTING, {"New": 1}).flagged_fys == ()


def test_successors_without_a_weight_are_refused():
    with pytest.raises(Refusal) as refused:
        pass_to_successors({2028: 1}, VESTING, {"North": 0, "South": 0})
    assert refused.value.code == "18"
    with pytest.raises(Refusal) as negative:
        pass_to_successors({2028: 1}, VESTING, {"North": 1, "South": -1})
    assert negative.value.message == "Share for South must be 0 or more"


@given(
    years,
    st.dates(date(2024, 1, 1), date(2035, 1, 1)),
    st.lists(st.integers(0, 1000), min_size=1, max_size=4).filter(any),
)
def test_nothing_is_lost_and_nothing_passes_before_vesting_day(
    amounts: dict[int, int], vesting_on: date, weights: list[int]
):
    successors = {f"Council {place}": weight for place, weight in enumerate(weights)}
    found = pass_to_successors(amounts, vesting_on, successors)
    for fy, pence in amounts.items():
        passed = sum(by_fy[fy] for by_fy in found.passed_pence.values())
        assert found.kept_pence[fy] + passed == pence
        if vesting_on > date(fy + 1, 3, 31):
            assert passed == 0
        if vesting_on <= date(fy, 4, 1):
            assert found.kept_pence[fy] == 0
