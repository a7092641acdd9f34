"""What is withheld where a line is about few people: enough that nobody can work it out, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.apportionment import prepare_key
from core.rules.suppression import is_small
from services.enums import CostType, LineKind
from services.rules.option_flows import FlowLine
from services.rules.small_staff import Protection, protect

KEY = (1, 1, 2)
POOLS = {"A": 1, "B": 1, "C": 1, "D": 2}


def joint(ref, *amounts, kind=LineKind.ONE_OFF_COST, staff=None, **values):
    shares = [prepare_key(KEY).split(pence) for pence in amounts]
    return FlowLine(
        ref, kind, "", amounts, tuple(zip(*shares, strict=True)), staff_count=staff, weights=KEY, **values
    )


def own(ref, council, *amounts, kind=LineKind.ONE_OFF_COST, staff=None, **values):
    nothing = (0,) * len(amounts)
    shares = tuple(amounts if place == council else nothing for place in range(len(KEY)))
    return FlowLine(
        ref, kind, values.pop("cost_type", ""), amounts, shares, staff_count=staff, is_joint=False, **values
    )


@pytest.mark.parametrize("staff", [None, 0, 5, 300])
def test_lines_about_nobody_or_many_withhold_nothing(staff):
    assert protect([joint("A", 100_00, staff=staff)], POOLS) == Protection()


@pytest.mark.parametrize("staff", [1, 4])
def test_smallest_line_that_is_shared_alike_is_withheld_beside_it(staff):
    lines = [joint("A", 100_00, staff=staff), joint("B", 900_00), joint("C", 50_00)]
    assert protect(lines, POOLS) == Protection(lines=frozenset({"A", "C"}))


def test_every_year_needs_a_second_line():
    lines = [joint("A", 100_00, 100_00, staff=3), joint("B", 50_00, 0), joint("C", 0, 70_00)]
    assert protect(lines, POOLS).lines == {"A", "B", "C"}


def test_line_that_stands_alone_withholds_its_totals():
    alone = [joint("A", 100_00, staff=3), joint("D", 100_00), joint("B", 0, kind=LineKind.RECURRING_COST)]
    assert protect(alone, POOLS) == Protection(
        lines=frozenset({"A"}), is_total_withheld=True, councils=frozenset({0, 1, 2})
    )
    of_one = [own("A", 2, 100_00, staff=3), own("B", 1, 100_00), joint("C", 100_00)]
    assert protect(of_one, POOLS) == Protection(
        lines=frozenset({"A"}), is_total_withheld=True, councils=frozenset({2})
    )


def test_own_line_hides_beside_an_own_line_of_the_same_council():
    lines = [own("A", 2, 100_00, staff=3), own("B", 2, 100_00)]
    assert protect(lines, POOLS) == Protection(lines=frozenset({"A", "B"}))


def test_small_lines_hide_each_other():
    lines = [joint("A", 100_00, staff=3), joint("B", 900_00, staff=2), joint("C", 50_00)]
    assert protect(lines, POOLS) == Protection(lines=frozenset({"A", "B"}))


def test_small_lines_that_together_are_of_few_people_need_another_line():
    both = [joint("A", 100_00, staff=2), joint("B", 900_00, staff=2)]
    assert protect([*both, joint("C", 50_00)], POOLS).lines == {"A", "B", "C"}
    assert protect(both, POOLS) == Protection(
        lines=frozenset({"A", "B"}), is_total_withheld=True, councils=frozenset({0, 1, 2})
    )


def test_scenarios_with_different_factors_are_withheld():
    lines = [joint("A", 100_00, staff=3, high_percent=150), joint("B", 900_00)]
    assert protect(lines, POOLS) == Protection(
        lines=frozenset({"A", "B"}), are_scenarios_withheld=True, is_range_withheld=True
    )


def test_exit_cost_alone_withholds_the_exit_figures_only():
    lines = [own("A", 1, 100_00, staff=3, cost_type=CostType.EXIT), joint("B", 100_00)]
    assert protect(lines, POOLS) == Protection(lines=frozenset({"A"}), is_exit_withheld=True)


@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), st.sampled_from([None, 2, 9])),
        min_size=1,
        max_size=7,
    )
)
def test_no_printed_total_holds_a_single_withheld_line(drawn):
    lines = [
        replace(joint("A", *amounts, staff=staff), ref=f"L{number}")
        for number, (amounts, staff) in enumerate(drawn)
    ]
    found = protect(lines, dict.fromkeys((line.ref for line in lines), 1))
    small = [line for line in lines if is_small(line.staff_count) and any(line.amounts_pence)]
    assert {line.ref for line in small} <= found.lines
    if found.is_total_withheld:
        return
    for line in small:
        for year, pence in enumerate(line.amounts_pence):
            others = [
                other
                for other in lines
                if other.ref in found.lines - {line.ref} and other.amounts_pence[year]
            ]
            assert others or not pence
