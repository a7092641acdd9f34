"""Present values (F-06, F-07)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.apportionment import apportion
from core.rules.assessment import NotApplicable
from services.rules.appraisal import appraise
from services.rules.discount import schedule_of

SCHEDULE = schedule_of("green-book-2003")
POPULATION = [130_200, 140_600, 106_300]
SAVINGS = [0, 18_000_000, 42_000_000, 48_000_000, 48_000_000, 48_000_000]
RECURRING = [0, 4_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000]
ONE_OFF = [60_000_000, 15_000_000, 0, 0, 0, 0]
flows = st.lists(st.integers(0, 10**11), min_size=2, max_size=20)


def added(*lines: list[int]) -> list[int]:
    return [sum(year) for year in zip(*lines, strict=True)]


def shared(line: list[int], weights: list[int]) -> list[list[int]]:
    """A line by year as one list a council."""
    return [list(council) for council in zip(*(apportion(year, weights) for year in line), strict=True)]


@pytest.mark.parametrize(
    ("benefit", "pvb", "npv"), [(15_000_000, 124_749_081, 24_749_081), (10_000_000, None, -16_833_946)]
)
def test_published_treasury_example(benefit: int, pvb: int | None, npv: int):
    appraisal = appraise([0] + [benefit] * 10, [100_000_000] + [0] * 10, SCHEDULE)
    assert appraisal.npv_pence == npv
    assert pvb in {None, appraisal.pvb_pence}


def test_benefit_cost_ratio_of_the_treasury_example():
    assert appraise([0] + [15_000_000] * 10, [100_000_000] + [0] * 10, SCHEDULE).bcr == Decimal("1.25")


def test_golden_programme_rows_and_totals():
    appraisal = appraise(SAVINGS, added(RECURRING, ONE_OFF), SCHEDULE)
    assert [row.pv_benefits_pence for row in appraisal.rows] == [
        0, 17_391_304, 39_207_449, 43_293_250, 41_829_227, 40_414_712,
    ]  # fmt: skip
    assert [row.pv_costs_pence for row in appraisal.rows] == [
        60_000_000, 18_357_488, 3_734_043, 3_607_771, 3_485_769, 3_367_893,
    ]  # fmt: skip
    assert (appraisal.pvb_pence, appraisal.pvc_pence, appraisal.npv_pence, appraisal.bcr) == (
        182_135_942, 92_552_964, 89_582_978, Decimal("1.97"),
    )  # fmt: skip


def test_golden_programme_by_council_with_carricks_own_contract_exit():
    own_exit = [[0] * 6, [0] * 6, [25_000_000, 0, 0, 0, 0, 0]]
    savings, recurring = shared(SAVINGS, POPULATION), shared(RECURRING, POPULATION)
    one_off = shared(ONE_OFF, [1, 1, 1])
    costs = [added(*lines) for lines in zip(recurring, one_off, own_exit, strict=True)]
    npvs = [appraise(benefit, cost, SCHEDULE).npv_pence for benefit, cost in zip(savings, costs, strict=True)]
    assert npvs == [31_818_937, 36_343_962, -3_579_919]
    assert sum(npvs) == 64_582_980


def test_golden_programme_net_by_council_in_cash():
    own_exit = [[0] * 6, [0] * 6, [25_000_000, 0, 0, 0, 0, 0]]
    lines = zip(
        shared(SAVINGS, POPULATION),
        shared(RECURRING, POPULATION),
        shared(ONE_OFF, [1, 1, 1]),
        own_exit,
        strict=True,
    )
    nets = [[saving - sum(costs) for saving, *costs in zip(*council, strict=True)] for council in lines]
    assert [council[1] for council in nets] == [-166_269, 219_835, -1_053_566]
    assert [sum(council) for council in nets] == [38_529_036, 43_603_551, 1_867_413]
    assert sum(map(sum, nets)) == 84_000_000


def test_flat_saving_for_five_years():
    appraisal = appraise([0] + [35_000_000] * 5, [30_000_000] + [0] * 5, SCHEDULE)
    assert appraisal.npv_pence == 128_026_834


def test_joint_waste_contract():
    appraisal = appraise([0] + [137_493_000] * 5, [454_000_000] + [0] * 5, SCHEDULE)
    assert (appraisal.npv_pence, appraisal.bcr) == (166_788_096, Decimal("1.37"))


def test_ratio_without_costs_is_not_applicable():
    assert appraise([0, 100], [0, 0], SCHEDULE).bcr == NotApplicable(
        "There are no costs to compare the benefits with"
    )


def test_horizon_is_checked():
    with pytest.raises(Refusal) as refused:
        appraise([0] * 62, [0] * 62, SCHEDULE)
    assert refused.value.code == "30"
    with pytest.raises(ValueError, match="same number of years"):
        appraise([0, 0], [0], SCHEDULE)


@given(flows)
def test_printed_rows_add_up_and_discounting_never_adds_value(benefits: list[int]):
    appraisal = appraise(benefits, [0] * len(benefits), SCHEDULE)
    assert appraisal.npv_pence == sum(row.pv_net_pence for row in appraisal.rows)
    assert appraisal.pvb_pence <= sum(benefits)
    assert appraise(benefits, [0] * len(benefits), SCHEDULE) == appraisal


@given(flows)
def test_costs_weigh_as_much_as_benefits(amounts: list[int]):
    nothing = [0] * len(amounts)
    assert appraise(amounts, nothing, SCHEDULE).npv_pence == -appraise(nothing, amounts, SCHEDULE).npv_pence
    assert appraise(amounts, amounts, SCHEDULE).npv_pence == 0
