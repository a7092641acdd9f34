"""The variance of a line, split into timing and amount."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.causes import Split, moved_pence, split_variance

variances = st.dictionaries(st.integers(2020, 2030), st.integers(-(10**11), 10**11), max_size=8)


def test_what_moves_between_years_is_timing_and_the_rest_is_amount():
    assert split_variance({2026: -10_000, 2027: 4_000, 2028: 0}) == {
        2026: Split(-4_000, -6_000),
        2027: Split(4_000, 0),
        2028: Split(0, 0),
    }


def test_years_share_what_has_moved_in_proportion_to_the_penny():
    split = split_variance({2026: 100, 2027: 100, 2028: 100, 2029: -100})
    assert split == {
        2026: Split(34, 66),
        2027: Split(33, 67),
        2028: Split(33, 67),
        2029: Split(-100, 0),
    }
    assert moved_pence(split) == 100


def test_variance_on_one_side_alone_is_all_amount():
    split = split_variance({2026: -5, 2027: -7})
    assert (split, moved_pence(split)) == ({2026: Split(0, -5), 2027: Split(0, -7)}, 0)
    assert split_variance({}) == {}


@given(variances)
def test_both_parts_add_up_and_timing_moves_nothing_in_all(by_year: dict[int, int]):
    split = split_variance(by_year)
    assert {fy: one.variance_pence for fy, one in split.items()} == by_year
    assert sum(one.timing_pence for one in split.values()) == 0
    assert sum(one.amount_pence for one in split.values()) == sum(by_year.values())


@given(variances)
def test_no_part_is_larger_than_its_year_and_amounts_all_have_one_sign(by_year: dict[int, int]):
    split = split_variance(by_year)
    for fy, pence in by_year.items():
        low, high = min(0, pence), max(0, pence)
        assert low <= split[fy].timing_pence <= high
        assert low <= split[fy].amount_pence <= high
    signs = {one.amount_pence > 0 for one in split.values() if one.amount_pence}
    assert len(signs) <= 1
