"""Flows by year, jointly and by council (F-02, INV-01, INV-22)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from services.enums import CostType, LineKind
from services.rules.option_flows import (
    FlowLine,
    benefits_by_year,
    check_range,
    costs_by_year,
    exit_cost,
    net_by_year,
    one_off_by_year,
    recurring_by_year,
)
from tests.services.rules.golden import LINES, joint, own

EXIT = own("leave", LineKind.ONE_OFF_COST, [[0, 40], [0, 40], [0, 0]], cost_type=CostType.EXIT)
amounts = st.lists(st.integers(0, 10**10), min_size=3, max_size=3)
weights = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any)
lines_of_three = st.lists(
    st.builds(joint, st.just("line"), st.sampled_from(LineKind), amounts, weights), max_size=6
)


def each_kind() -> list[FlowLine]:
    return [joint(kind, kind, [10**place, 0], [1, 1, 0]) for place, kind in enumerate(LineKind)]


def test_kinds_fix_where_a_line_counts():
    # In order: cashable, non-cashable, avoidance, income, dis-benefit, one-off, recurring, grant.
    lines = each_kind()
    assert benefits_by_year(lines) == (10_000_000 + 1_111 - 10_000, 0)
    assert (one_off_by_year(lines), recurring_by_year(lines)) == ((100_000, 0), (1_000_000, 0))
    assert costs_by_year(lines) == (1_100_000, 0)
    assert net_by_year(lines) == (10_000_000 + 1_111 - 10_000 - 1_100_000, 0)


def test_exit_lines_are_in_no_flow_but_in_the_exit_cost():
    lines = [*LINES[:0], EXIT]
    assert (net_by_year(lines), costs_by_year(lines), benefits_by_year(lines)) == ((0, 0),) * 3
    assert (exit_cost(lines), [exit_cost(lines, council) for council in range(3)]) == (80, [40, 40, 0])


def test_contract_exit_is_a_cost_of_the_option():
    assert one_off_by_year(LINES, 2) == (45_000_000, 5_000_000, 0, 0, 0, 0)
    assert exit_cost(LINES) == 0


def test_option_without_lines_has_flows_of_nothing():
    assert (net_by_year([]), net_by_year([], length=3), net_by_year([], 1, length=2)) == (
        (),
        (0, 0, 0),
        (0, 0),
    )


@pytest.mark.parametrize("bounds", [(101, 120), (80, 99), (-1, 100)])
def test_range_holds_the_amount_itself(bounds: tuple[int, int]):
    with pytest.raises(Refusal) as refused:
        check_range(*bounds)
    assert refused.value.message == "The lowest must be 100% or less and the highest 100% or more"


def test_range_at_its_edges_passes():
    assert (check_range(100, 100), check_range(0, 300)) == (None, None)


@given(lines_of_three)
def test_councils_add_up_to_the_joint_flow_in_every_year(lines: list[FlowLine]):
    for by_year in (benefits_by_year, costs_by_year, net_by_year):
        councils = [by_year(lines, council, length=3) for council in range(3)]
        assert tuple(map(sum, zip(*councils, strict=True))) == by_year(lines, length=3)


@given(lines_of_three)
def test_order_of_lines_changes_nothing(lines: list[FlowLine]):
    assert net_by_year(lines[::-1], length=3) == net_by_year(lines, length=3)
