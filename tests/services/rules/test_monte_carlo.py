"""Range of net present values from ranges of lines: seeded, repeatable, fast."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.assessment import NotApplicable
from services.enums import CostType, LineKind
from services.rules.monte_carlo import BINS, NpvRange, present_value, simulate
from services.rules.option_flows import FlowLine
from tests.services.rules.golden import JOINT_LINES, SCHEDULE, joint, own
from tests.thoroughness import examples

RANGED = [replace(line, low_percent=80, high_percent=130) for line in JOINT_LINES]


def ranged(lines: list[FlowLine], **arguments: int) -> NpvRange:
    found = simulate(lines, SCHEDULE, **{"seed": 1, **arguments})
    assert isinstance(found, NpvRange)
    return found


def test_same_seed_gives_the_same_range_and_these_figures_on_every_machine():
    found = ranged(RANGED, seed=2026)
    assert ranged(RANGED, seed=2026) == found
    assert (found.p10_pence, found.p50_pence, found.p90_pence, found.negative_runs) == (
        66_578_213, 91_378_652, 119_996_764, 0,
    )  # fmt: skip


def test_other_seed_gives_another_range_of_like_width():
    one, other = ranged(RANGED, seed=1), ranged(RANGED, seed=2)
    assert one != other
    assert abs(one.p50_pence - other.p50_pence) < 100_000_00


def test_percentiles_are_in_order_and_bins_hold_every_run():
    found = ranged(RANGED)
    assert found.p10_pence < found.p50_pence < found.p90_pence
    assert (len(found.bins), sum(part.runs for part in found.bins)) == (BINS, 10_000)
    assert found.bins[0].from_pence <= found.p10_pence <= found.p90_pence <= found.bins[-1].to_pence
    assert all(
        part.to_pence == after.from_pence for part, after in zip(found.bins, found.bins[1:], strict=False)
    )


def test_triangle_has_its_known_quantiles():
    line = joint("x", LineKind.CASHABLE_SAVING, [1_000_000_00, 0], [1], low_percent=50, high_percent=200)
    found = ranged([line])
    # Median of the triangle 0.5, 1, 2 is 2 - sqrt(0.75), its mean 3.5 / 3.
    assert abs(found.p50_pence - 113_397_460) < 1_500_000
    assert abs(found.mean_pence - 116_666_667) < 1_500_000
    assert found.bins[0].from_pence >= 50_000_000
    assert found.bins[-1].to_pence - BINS <= 200_000_000


@pytest.mark.parametrize(("low", "high"), [(100, 150), (60, 100)])
def test_range_to_one_side_only_never_goes_to_the_other(low: int, high: int):
    line = joint("x", LineKind.CASHABLE_SAVING, [100_000, 0], [1], low_percent=low, high_percent=high)
    found = ranged([line])
    assert 1_000 * low <= found.bins[0].from_pence <= found.p10_pence <= found.p90_pence <= 1_000 * high


def test_costs_are_negative_and_losses_are_counted():
    line = joint("x", LineKind.ONE_OFF_COST, [100_000, 0], [1], low_percent=50, high_percent=150)
    found = ranged([line])
    assert (found.negative_runs, -150_000 <= found.p10_pence < found.p90_pence <= -50_000) == (10_000, True)


def test_lines_without_a_range_move_every_run_by_their_value():
    fixed = joint("fixed", LineKind.CASHABLE_SAVING, [1_000_000, 0], [1, 1, 1])
    alone, together = ranged(RANGED), ranged([fixed, *RANGED])
    assert together.p50_pence - alone.p50_pence == 1_000_000


def test_one_council_has_its_own_range():
    assert ranged(RANGED, council=2).p50_pence < ranged(RANGED).p50_pence


def test_exit_lines_are_left_out():
    leave = own("x", LineKind.ONE_OFF_COST, [[10**9, 0]], cost_type=CostType.EXIT, low_percent=1)
    assert simulate([leave], SCHEDULE, seed=1) == NotApplicable("No line has a lowest and a highest amount")
    assert ranged([leave, *RANGED]) == ranged(RANGED)


def test_case_without_ranges_is_not_applicable():
    expected = NotApplicable("No line has a lowest and a highest amount")
    assert simulate(JOINT_LINES, SCHEDULE, seed=1) == expected
    assert simulate([], SCHEDULE, seed=1) == expected


def test_range_that_misses_the_amount_itself_is_refused():
    with pytest.raises(Refusal):
        simulate([replace(JOINT_LINES[0], low_percent=101, high_percent=120)], SCHEDULE, seed=1)


def test_present_value_is_exact_and_signed():
    line = joint("x", LineKind.RECURRING_COST, [0, 207], [1, 1])
    assert present_value(line, SCHEDULE) == Fraction(-200)
    assert present_value(line, SCHEDULE, 0) == Fraction(-104 * 1000, 1035)


@settings(max_examples=examples(25))
@given(st.integers(0, 2**31), st.integers(0, 100), st.integers(100, 400))
def test_every_run_lies_between_lowest_and_highest(seed: int, low: int, high: int):
    line = joint(
        "x", LineKind.CASHABLE_SAVING, [100_000, 0], [1], low_percent=low, high_percent=max(high, low + 1)
    )
    found = ranged([line], seed=seed, runs=200)
    assert 1_000 * low <= found.bins[0].from_pence
    assert found.p90_pence <= 1_000 * max(high, low + 1)
    assert ranged([line], seed=seed, runs=200) == found
