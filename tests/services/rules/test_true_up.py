"""Year-end true-up (F-23)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from services.enums import TrueUpResult
from services.rules.true_up import true_up

counts = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any)


def test_within_the_tolerance_the_estimate_stands():
    outcome = true_up(10_000_001, [60, 40], [629, 371])
    assert (outcome.result, outcome.charged_pence, outcome.final_pence, outcome.settlement_pence) == (
        TrueUpResult.KEEP,
        (6_000_001, 4_000_000),
        (6_000_001, 4_000_000),
        (0, 0),
    )


def test_beyond_the_tolerance_the_actual_shares_are_adopted_and_still_sum():
    outcome = true_up(10_000_001, [60, 40], [631, 369])
    assert (outcome.result, outcome.charged_pence, outcome.final_pence, outcome.settlement_pence) == (
        TrueUpResult.ADOPT,
        (6_000_001, 4_000_000),
        (6_310_001, 3_690_000),
        (310_000, -310_000),
    )
    assert outcome.difference_points == (Fraction(31, 10), Fraction(-31, 10))


@pytest.mark.parametrize(
    ("tolerance", "result"),
    [(3, TrueUpResult.KEEP), (Decimal("2.99"), TrueUpResult.ADOPT), (0, TrueUpResult.ADOPT)],
)
def test_exactly_the_tolerance_keeps_the_estimate(tolerance: int | Decimal, result: TrueUpResult):
    assert true_up(100, [60, 40], [63, 37], tolerance_points=tolerance).result == result


def test_one_council_beyond_the_tolerance_is_enough():
    assert true_up(100, [50, 30, 20], [51, 27, 22]).result == TrueUpResult.KEEP
    assert true_up(100, [50, 30, 20], [51, 26, 23]).result == TrueUpResult.ADOPT


def test_drivers_of_nothing_are_refused():
    with pytest.raises(Refusal) as refused:
        true_up(100, [1, 1], [0, 0])
    assert refused.value.code == "18"
    with pytest.raises(Refusal) as negative:
        true_up(100, [1, 1], [1, -1], names=["Ashmere", "Carrick"])
    assert negative.value.message == "Share for Carrick must be 0 or more"


@given(st.integers(-(10**10), 10**10), counts, counts)
def test_settlement_sums_to_nothing_and_a_second_run_is_the_same(
    total: int, estimated: list[int], actual: list[int]
):
    outcome = true_up(total, estimated, actual)
    assert sum(outcome.settlement_pence) == 0
    assert sum(outcome.final_pence) == sum(outcome.charged_pence) == total
    assert sum(outcome.actual_percent) == sum(outcome.estimated_percent) == 100
    assert true_up(total, estimated, actual) == outcome
