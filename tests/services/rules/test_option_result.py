"""Measures of options, jointly and by council (F-06 to F-10, INV-34)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.assessment import NotApplicable
from services.enums import LineKind
from services.rules.discount import discount_factors
from services.rules.option_flows import FlowLine
from services.rules.option_result import Difference, against_bau, appraise_option, equivalent_annual, measure
from services.rules.payback import NoPayback, Origin, Payback
from tests.services.rules.golden import JOINT_LINES, LINES, SCHEDULE, joint, own

flow = st.lists(st.integers(0, 10**11), min_size=6, max_size=6)
weights = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any)
options = st.lists(
    st.builds(joint, st.just("line"), st.sampled_from(LineKind), flow, weights), min_size=1, max_size=5
)


def test_measures_of_the_golden_programme_that_no_table_prints():
    result = appraise_option(JOINT_LINES, 3, SCHEDULE).joint
    assert (result.irr_percent, result.equivalent_annual_pence, result.annual_net_pence) == (
        Decimal("35.731650"),
        16_243_359,
        44_000_000,
    )
    assert result.cumulative_by_year == (
        -60_000_000, -61_000_000, -23_000_000, 21_000_000, 65_000_000, 109_000_000,
    )  # fmt: skip


def test_origin_of_payback_is_passed_on():
    result = appraise_option(JOINT_LINES, 3, SCHEDULE, origin=Origin.GO_LIVE).joint
    assert str(result.payback) == "2 years 7 months"


def test_option_that_does_nothing_has_measures_of_nothing():
    result = appraise_option([], 2, SCHEDULE, length=6)
    nothing = measure([0] * 6, [0] * 6, [0] * 6, SCHEDULE)
    assert (result.joint, result.councils) == (nothing, (nothing, nothing))
    assert (nothing.npv_pence, nothing.equivalent_annual_pence, nothing.payback) == (0, 0, Payback(0))
    assert isinstance(nothing.bcr, NotApplicable)
    assert isinstance(nothing.roi_percent, NotApplicable)
    assert isinstance(nothing.irr_percent, NotApplicable)


def test_council_without_a_gain_never_pays_back():
    result = appraise_option([own("x", LineKind.ONE_OFF_COST, [[5, 0], [0, 0]])], 2, SCHEDULE)
    assert (result.councils[0].payback, result.councils[1].payback) == (NoPayback(), Payback(0))


def test_exit_costs_stand_beside_the_measures():
    leave = own("leave", LineKind.ONE_OFF_COST, [[9, 0], [4, 0]], cost_type="exit")
    result = appraise_option([leave], 2, SCHEDULE)
    assert (result.exit_cost_pence, result.exit_costs_pence, result.joint.npv_pence) == (13, (9, 4), 0)


def test_difference_is_the_option_less_business_as_usual():
    usual = appraise_option([joint("now", LineKind.RECURRING_COST, [0, *[100] * 5], [1, 1, 1])], 3, SCHEDULE)
    option = appraise_option(LINES, 3, SCHEDULE)
    difference = against_bau(option, usual)
    assert difference == Difference(
        84_000_000 + 500,
        option.joint.npv_pence - usual.joint.npv_pence,
        (38_529_036 + 170, 43_603_551 + 165, 1_867_413 + 165),
        tuple(
            mine.npv_pence - theirs.npv_pence
            for mine, theirs in zip(option.councils, usual.councils, strict=True)
        ),
    )
    assert against_bau(option, option) == Difference(0, 0, (0, 0, 0), (0, 0, 0))


def test_horizon_is_refused_where_there_is_none():
    with pytest.raises(Refusal) as refused:
        appraise_option([], 2, SCHEDULE, length=1)
    assert refused.value.code == "30"


@given(st.integers(-(10**12), 10**12), st.integers(1, 60))
def test_equivalent_annual_amount_has_the_same_value_to_half_a_penny_a_year(npv: int, horizon: int):
    level = equivalent_annual(npv, horizon, SCHEDULE)
    annuity = sum(discount_factors(SCHEDULE, horizon))
    assert abs(level * annuity - npv) <= annuity / 2


@given(flow)
def test_single_flows_discounted_and_summed_are_the_vector(benefits: list[int]):
    """Exactly, because each year is rounded by itself; splitting one year may move a penny."""
    nothing = [0] * 6
    singles = [[pence if year == place else 0 for year, pence in enumerate(benefits)] for place in range(6)]
    values = [measure(single, nothing, nothing, SCHEDULE).npv_pence for single in singles]
    assert sum(values) == measure(benefits, nothing, nothing, SCHEDULE).npv_pence


@given(flow, flow)
def test_two_lines_together_are_worth_their_sum_within_a_penny_a_year(first: list[int], second: list[int]):
    nothing = [0] * 6
    together = [one + other for one, other in zip(first, second, strict=True)]
    apart = sum(measure(line, nothing, nothing, SCHEDULE).npv_pence for line in (first, second))
    assert abs(measure(together, nothing, nothing, SCHEDULE).npv_pence - apart) <= 6


@given(options)
def test_councils_differ_from_the_joint_run_by_pennies_of_rounding_alone(lines: list[FlowLine]):
    result = appraise_option(lines, 3, SCHEDULE)
    assert result.council_sum.net_pence == result.joint.net_pence
    assert abs(result.rounding_pence) <= 6 * 2 * 2
    assert appraise_option(lines, 3, SCHEDULE) == result


@given(options, st.permutations(range(3)))
def test_reordering_councils_changes_the_joint_figures_not_at_all(lines: list[FlowLine], order: list[int]):
    moved = [
        joint(line.ref, line.kind, line.amounts_pence, [line.weights[place] for place in order])
        for line in lines
    ]
    before, after = appraise_option(lines, 3, SCHEDULE), appraise_option(moved, 3, SCHEDULE)
    assert after.joint == before.joint
    for place, council in zip(order, after.councils, strict=True):
        assert abs(council.net_pence - before.councils[place].net_pence) <= 6 * len(lines)
