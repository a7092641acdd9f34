"""Shares sum to the penny (F-03)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.apportionment import Shares, apportion, prepare_key, spread_over_months

totals = st.integers(-(10**12), 10**12)
weight = st.one_of(
    st.integers(0, 10**9),
    st.decimals(0, 10**6, places=2),
    st.fractions(0, 10**6, max_denominator=1000),
)
weights = st.lists(weight, min_size=1, max_size=8).filter(any)


@pytest.mark.parametrize(
    ("total", "by", "shares"),
    [
        (10_000_000, [1, 1, 1], [3_333_334, 3_333_333, 3_333_333]),
        (-100_000, [1, 1, 1], [-33_334, -33_333, -33_333]),
        (465_000_000, [63, 37], [292_950_000, 172_050_000]),
        (100_000_001, [130_200, 140_600, 106_300], [34_526_651, 37_284_540, 28_188_810]),
        (50_000_000, [Decimal("57341.2"), Decimal("51022.7")], [26_457_704, 23_542_296]),
        (1_000, [1] * 7, [143] * 6 + [142]),
    ],
)
def test_apportion_worked_examples(total: int, by: list[Decimal | int], shares: list[int]):
    assert apportion(total, by) == shares


def test_apportion_of_the_golden_programmes_third_year():
    assert apportion(48_000_000, [130_200, 140_600, 106_300]) == [16_572_792, 17_896_579, 13_530_629]


def test_spread_over_months_worked_example():
    assert spread_over_months(10_000_000) == [833_334] * 4 + [833_333] * 8


def test_apportion_gives_nothing_to_a_weight_of_nothing():
    assert apportion(101, [0, 1, 0, 1]) == [0, 51, 0, 50]


def test_apportion_refuses_a_negative_weight_by_name():
    with pytest.raises(Refusal) as refused:
        apportion(100, [1, 1, -1], names=["Ashmere", "Brockvale", "Carrick"])
    assert refused.value.message == "Share for Carrick must be 0 or more"
    with pytest.raises(Refusal) as unnamed:
        apportion(100, [1, -1])
    assert unnamed.value.message == "Share must be 0 or more"


@pytest.mark.parametrize("by", [[], [0], [0, Decimal("0.0"), Fraction(0)]])
def test_apportion_refuses_weights_that_sum_to_nothing(by: list[int]):
    with pytest.raises(Refusal) as refused:
        apportion(100, by)
    assert refused.value.message == "At least one council must have a share greater than 0"


def test_apportion_takes_no_floats():
    with pytest.raises(TypeError):
        apportion(100, [0.5, 0.5])


@given(totals, weights)
def test_shares_sum_exactly_and_repeat(total: int, by: list[Fraction]):
    shares = apportion(total, by)
    assert sum(shares) == total
    assert apportion(total, by) == shares


@given(totals, weights)
def test_each_share_is_within_a_penny_of_exact_and_mirrors_the_sign(total: int, by: list[Fraction]):
    whole = sum(Fraction(weight) for weight in by)
    shares = apportion(total, by)
    assert all(
        abs(share - total * Fraction(weight) / whole) < 1 for share, weight in zip(shares, by, strict=True)
    )
    assert apportion(-total, by) == [-share for share in shares]


@given(totals, weights, st.randoms(use_true_random=False))
def test_reordering_councils_moves_only_tied_pennies(total: int, by: list[Fraction], random):
    order = list(range(len(by)))
    random.shuffle(order)
    shares = apportion(total, by)
    reordered = apportion(total, [by[index] for index in order])
    moved = {index: share - shares[index] for index, share in zip(order, reordered, strict=True)}
    assert sum(moved.values()) == 0
    assert all(abs(pennies) <= 1 for pennies in moved.values())
    movers = [index for index, pennies in moved.items() if pennies]
    whole = sum(Fraction(weight) for weight in by)
    remainders = Counter(abs(total) * Fraction(by[index]) / whole % 1 for index in movers)
    assert len(remainders) <= 1


@given(totals, st.integers(1, 60))
def test_months_sum_to_the_year_and_differ_by_a_penny_at_most(total: int, months: int):
    parts = spread_over_months(total, months)
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1


def test_prepared_key_is_in_lowest_terms():
    assert prepare_key([Decimal("57341.2"), Decimal("51022.7")]) == Shares((573_412, 510_227), 1_083_639)
    assert prepare_key([Fraction(1, 2), Fraction(1, 3), 0]) == Shares((3, 2, 0), 5)
    assert prepare_key([50, 50]) == Shares((1, 1), 2)


def test_prepared_key_refuses_as_apportion_does():
    with pytest.raises(Refusal) as refused:
        prepare_key([1, -1], ["Ashmere", "Carrick"])
    assert (refused.value.code, refused.value.message) == ("19", "Share for Carrick must be 0 or more")
    with pytest.raises(Refusal) as nothing:
        prepare_key([])
    assert nothing.value.code == "18"


@given(st.lists(totals, max_size=5), weights)
def test_prepared_key_splits_every_total_as_apportion_does(many: list[int], by: list[Fraction]):
    key = prepare_key(by)
    assert [key.split(total) for total in many] == [apportion(total, by) for total in many]


@given(totals, weights, st.integers(1, 1000))
def test_only_the_proportions_of_weights_count(total: int, by: list[Fraction], times: int):
    assert apportion(total, [Fraction(weight) * times for weight in by]) == apportion(total, by)
