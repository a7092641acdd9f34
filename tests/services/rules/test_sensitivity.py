"""Scenarios of an option (F-13)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.enums import LineKind
from services.rules.option_flows import FlowLine, benefits_by_year, costs_by_year
from services.rules.sensitivity import (
    ScenarioKind,
    at_their_worst,
    npv,
    scaled,
    sensitivity_set,
    with_benefits_late,
    without_council,
)
from tests.services.rules.golden import COUNCILS, JOINT_LINES, LINES, ONE_OFF, SAVINGS, SCHEDULE, joint, own

amounts = st.lists(st.integers(0, 10**10), min_size=3, max_size=3)
weights = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any)
percents = st.tuples(st.integers(0, 100), st.integers(100, 300))
joint_lines = st.builds(joint, st.just("joint"), st.sampled_from(LineKind), amounts, weights)
own_lines = st.builds(
    own, st.just("own"), st.sampled_from(LineKind), st.lists(amounts, min_size=3, max_size=3)
)
lines_of_three = st.lists(st.one_of(joint_lines, own_lines), max_size=5)


def sums_hold(lines: list[FlowLine]) -> bool:
    return all(tuple(map(sum, zip(*line.shares_pence, strict=True))) == line.amounts_pence for line in lines)


def test_scenarios_of_the_golden_programme():
    found = sensitivity_set(JOINT_LINES, 3, SCHEDULE)
    assert [(row.label(COUNCILS), row.joint_npv_pence) for row in (found.central, *found.scenarios)] == [
        ("Central case", 89_582_978),
        ("Benefits 10% lower", 71_369_384),
        ("Benefits 20% lower", 53_155_791),
        ("Costs with optimism bias", 77_366_166),
        ("Costs with optimism bias and benefits 10% lower", 59_152_572),
        ("Benefits a year late", 44_375_762),
        ("Without Ashmere", 89_582_978),
        ("Without Brockvale", 89_582_978),
        ("Without Carrick", 89_582_978),
        ("Worst case: highest costs and lowest savings", 89_582_978),
    ]
    assert found.central.council_npvs_pence == (31_818_937, 36_343_962, 21_420_081)


def test_tornado_has_the_widest_swing_first():
    rows = sensitivity_set(JOINT_LINES, 3, SCHEDULE).tornado()
    assert [(row.scenario.kind, row.swing_pence) for row in rows[:3]] == [
        (ScenarioKind.BENEFITS_A_YEAR_LATE, -45_207_216),
        (ScenarioKind.BENEFITS_LESS_20, -36_427_187),
        (ScenarioKind.BIAS_AND_BENEFITS_LESS_10, -30_430_406),
    ]
    assert len(rows) == 9


def test_council_that_leaves_takes_its_own_lines_and_leaves_its_share_to_the_others():
    lines = without_council(LINES, 2)
    assert benefits_by_year(lines) == SAVINGS.amounts_pence
    assert [benefits_by_year(lines, council)[3] for council in range(3)] == [23_078_287, 24_921_713, 0]
    assert (costs_by_year(lines)[0], costs_by_year(lines, 2)) == (60_000_000, (0,) * 6)
    dropped = next(row for row in sensitivity_set(LINES, 3, SCHEDULE).scenarios if row.without_council == 2)
    assert (dropped.joint_npv_pence, dropped.council_npvs_pence[2]) == (89_582_978, None)
    assert dropped.council_npvs_pence[:2] == tuple(npv(lines, SCHEDULE, council) for council in (0, 1))


def test_line_shared_only_with_the_council_that_leaves_goes_to_the_others_equally():
    line = joint("x", LineKind.RECURRING_COST, [0, 9], [0, 0, 1])
    assert without_council([line], 2)[0].shares_pence == ((0, 5), (0, 4), (0, 0))


def test_joint_line_without_weights_is_shared_again_as_it_was_shared():
    line = replace(SAVINGS, weights=())
    assert without_council([line], 0)[0].shares_pence[0] == (0,) * 6
    again = without_council([line], 0)[0].shares_pence
    exact = without_council([SAVINGS], 0)[0].shares_pence
    assert all(
        abs(one - other) <= 1
        for pair in zip(again, exact, strict=True)
        for one, other in zip(*pair, strict=True)
    )
    assert sum(share[3] for share in again) == 48_000_000


def test_benefits_a_year_late_lose_the_last_year_and_dis_benefits_stay():
    harm = joint("harm", LineKind.DISBENEFIT, [0, 5, 5], [1, 1])
    gain = joint("gain", LineKind.INCOME, [1, 20, 30], [1, 1])
    late = with_benefits_late([harm, gain])
    assert (late[0], late[1].amounts_pence, late[1].shares_pence) == (
        harm,
        (0, 1, 20),
        ((0, 1, 10), (0, 0, 10)),
    )


def test_worst_case_has_highest_costs_and_lowest_savings_together():
    redundancy = replace(ONE_OFF, low_percent=70, high_percent=150)
    savings = replace(SAVINGS, low_percent=80, high_percent=110)
    worst = at_their_worst([redundancy, savings])
    assert worst[0].amounts_pence == (90_000_000, 22_500_000, 0, 0, 0, 0)
    assert worst[1].amounts_pence == (0, 14_400_000, 33_600_000, 38_400_000, 38_400_000, 38_400_000)
    found = sensitivity_set([redundancy, savings], 3, SCHEDULE)
    assert found.worst_case.joint_npv_pence == npv(worst, SCHEDULE) < found.central.joint_npv_pence


def test_own_amounts_are_scaled_council_by_council():
    line = own("x", LineKind.ONE_OFF_COST, [[5, 0], [5, 1]])
    assert scaled(line, Fraction(11, 10)).shares_pence == ((6, 0), (6, 1))
    assert scaled(line, Fraction(11, 10)).amounts_pence == (12, 1)
    assert scaled(line, Fraction(1)) is line


def test_programme_of_one_council_drops_nobody():
    lines = [joint("x", LineKind.CASHABLE_SAVING, [0, 9], [1])]
    kinds = [row.kind for row in sensitivity_set(lines, 1, SCHEDULE).scenarios]
    assert ScenarioKind.WITHOUT_COUNCIL not in kinds


def test_option_without_lines_is_worth_nothing_in_every_scenario():
    found = sensitivity_set([], 2, SCHEDULE, length=6)
    assert {row.joint_npv_pence for row in (found.central, *found.scenarios)} == {0}


@given(lines_of_three, percents, st.integers(0, 2))
def test_changed_lines_still_sum_over_the_councils(
    lines: list[FlowLine], percents: tuple[int, int], council: int
):
    ranged = [replace(line, low_percent=percents[0], high_percent=percents[1]) for line in lines]
    assert sums_hold(at_their_worst(ranged))
    assert sums_hold(with_benefits_late(ranged))
    left = without_council(ranged, council)
    assert sums_hold(left)
    assert all(not any(line.shares_pence[council]) for line in left)
    assert all(
        now.amounts_pence == was.amounts_pence for now, was in zip(left, ranged, strict=True) if was.is_joint
    )
