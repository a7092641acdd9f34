"""The worked cases of domain.md section 4, as far as rules produce their figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.errors import Refusal
from core.rules.apportionment import apportion
from core.rules.rounding import format_percent, round_to
from services.enums import LineKind, TrueUpResult
from services.rules.compensation import propose_compensation
from services.rules.net import budget_impact, net_benefit
from services.rules.no_worse_off import no_worse_off
from services.rules.option_flows import net_by_year
from services.rules.option_result import Totals, appraise_option, measure
from services.rules.payback import Origin, Payback, payback
from services.rules.returns import check_whole_life, exit_ratio, per_household
from services.rules.sensitivity import ScenarioKind, sensitivity_set
from services.rules.switching import SwitchingValues, switching_values
from services.rules.true_up import true_up
from tests.services.rules.golden import COUNCILS, JOINT_LINES, LINES, SAVINGS, SCHEDULE

SAVING, INCOME, COST = LineKind.CASHABLE_SAVING, LineKind.INCOME, LineKind.RECURRING_COST
WASTE_LINES = {
    "South Oxfordshire": [(SAVING, 14_526_000), (INCOME, 47_866_000), (SAVING, 7_750_000), (COST, 7_700_000)],
    "Vale of White Horse": [
        (SAVING, 53_514_000),
        (INCOME, 23_176_000),
        (SAVING, 5_761_000),
        (COST, 7_400_000),
    ],
}
PROCUREMENT = [
    ("Landline telecoms", 7_400_000, 22_200_000, 8_180_000, 24_540_000, 3),
    ("Heavy plant hire", 8_379_400, 33_517_600, 4_888_200, 19_552_800, 4),
    ("Wheelie bins", 1_505_700, 4_517_100, 5_141_400, 15_424_400, 3),
    ("Furniture", 2_300_000, 6_900_000, 3_024_300, 9_072_900, 3),
    ("Data cabling", 2_137_500, 8_550_000, 1_378_500, 5_514_000, 4),
]


def years(result: object, places: int = 3) -> str:
    assert isinstance(result, Payback)
    return str(round_to(result.years, places))


def test_joint_waste_contract_by_council():
    nets = {council: net_benefit(lines) for council, lines in WASTE_LINES.items()}
    assert nets == {"South Oxfordshire": 62_442_000, "Vale of White Horse": 75_051_000}
    assert [budget_impact(lines) for lines in WASTE_LINES.values()] == [-62_442_000, -75_051_000]
    shares = [format_percent(Fraction(net * 100, sum(nets.values()))) for net in nets.values()]
    assert (sum(nets.values()), shares) == (137_493_000, ["45.4%", "54.6%"])


def test_joint_waste_contract_pays_back():
    one_off = 4_000_000 + 450_000_000
    together = payback([137_493_000] * 5, upfront_pence=one_off)
    halves = apportion(one_off, [1, 1])
    assert (years(together), str(together), halves) == ("3.302", "3 years 4 months", [227_000_000] * 2)
    apart = [
        payback([net] * 5, upfront_pence=half)
        for net, half in zip([62_442_000, 75_051_000], halves, strict=True)
    ]
    assert [years(result, 2) for result in apart] == ["3.64", "3.02"]


def test_joint_waste_contract_appraised():
    result = measure([0, *[137_493_000] * 5], [0] * 6, [454_000_000, *[0] * 5], SCHEDULE, Origin.GO_LIVE)
    assert (result.npv_pence, result.bcr, result.roi_percent) == (
        166_788_096,
        Decimal("1.37"),
        Decimal("51.4"),
    )
    assert (years(result.payback), years(result.discounted_payback, 2)) == ("3.302", "3.57")


def test_joint_waste_contract_a_household():
    assert per_household(62_442_000, Decimal("57341.2")) == 1_089


def test_joint_procurement_totals():
    _names, north, north_life, east, east_life, _terms = zip(*PROCUREMENT, strict=True)
    assert [sum(column) for column in (north, north_life, east, east_life)] == [
        21_722_600,
        75_684_700,
        22_612_400,
        74_104_100,
    ]
    assert (sum(north) + sum(east), sum(north_life) + sum(east_life)) == (44_335_000, 149_788_800)


def test_joint_procurement_warns_of_the_bins_alone():
    warnings = []
    for name, north, north_life, east, east_life, term in PROCUREMENT:
        for annual, whole_life in ((north, north_life), (east, east_life)):
            try:
                check_whole_life(whole_life, annual, term)
            except Refusal as refused:
                warnings.append((name, refused.code, refused.message))
    assert warnings == [
        ("Wheelie bins", "50", "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both")
    ]
    assert check_whole_life(15_424_400, 5_141_400, 3, "Printed so in the source") is None


def test_shared_management():
    first = payback([50_000_000] * 5, upfront_pence=110_000_000)
    later = payback([230_000_000] * 2, upfront_pence=130_000_000)
    assert (years(first, 1), str(first), str(later)) == ("2.2", "2 years 3 months", "7 months")
    assert exit_ratio(2 * 40_000_000, 50_000_000) == Fraction(8, 5)
    assert apportion(100_000_000, [1, 1]) == [50_000_000, 50_000_000]


def test_waste_partnership_compensates_the_council_whose_contract_ran_on():
    gross = {"Croydon": 140, "Kingston": 70, "Merton": 100, "Sutton": 40}
    nets = {council: million * 1_000_000 for council, million in gross.items()}
    nets["Sutton"] -= 65_000_000
    without = {"Sutton": {"Croydon": 125_000_000, "Kingston": 62_000_000, "Merton": 88_000_000}}
    proposal = propose_compensation(nets, without)
    assert proposal.balance_pence == {
        "Croydon": -11_290_323,
        "Kingston": -5_645_161,
        "Merton": -8_064_516,
        "Sutton": 25_000_000,
    }
    assert proposal.after_pence == {
        "Croydon": 128_709_677,
        "Kingston": 64_354_839,
        "Merton": 91_935_484,
        "Sutton": 0,
    }
    assert (proposal.is_affordable, proposal.is_worth_it, proposal.gaps_pence) == (True, True, {})


def test_shared_revenues_and_benefits():
    result = measure([0, *[35_000_000] * 5], [0] * 6, [30_000_000, *[0] * 5], SCHEDULE, Origin.GO_LIVE)
    assert (result.npv_pence, years(result.payback), str(result.payback)) == (
        128_026_834,
        "0.857",
        "11 months",
    )


@pytest.mark.parametrize(
    ("drivers", "estimate", "share"),
    [
        ((2_286, 807), 75, "73.9%"),
        ((382, 118), 76, "76.4%"),
        ((495, 104), 82, "82.6%"),
        ((53_418, 23_154), 70, "69.8%"),
        ((299, 176), 60, "62.9%"),
        ((1_805, 1_132), 60, "61.5%"),
        ((46_949, 27_112), 63, "63.4%"),
    ],
)
def test_shared_caseload_keeps_its_estimates(drivers: tuple[int, int], estimate: int, share: str):
    outcome = true_up(100_000_00, [estimate, 100 - estimate], drivers)
    assert (format_percent(outcome.actual_percent[0]), outcome.result) == (share, TrueUpResult.KEEP)
    assert outcome.settlement_pence == (0, 0)


def test_golden_programme_jointly():
    result = appraise_option(JOINT_LINES, 3, SCHEDULE).joint
    assert [(row.pv_benefits_pence, row.pv_costs_pence) for row in result.rows] == [
        (0, 60_000_000),
        (17_391_304, 18_357_488),
        (39_207_449, 3_734_043),
        (43_293_250, 3_607_771),
        (41_829_227, 3_485_769),
        (40_414_712, 3_367_893),
    ]
    assert result.net_by_year == (-60_000_000, -1_000_000, 38_000_000, 44_000_000, 44_000_000, 44_000_000)
    assert (result.net_pence, result.pvb_pence, result.pvc_pence, result.npv_pence) == (
        109_000_000,
        182_135_942,
        92_552_964,
        89_582_978,
    )
    assert (result.bcr, result.roi_percent) == (Decimal("1.97"), Decimal("145.3"))
    assert (years(result.payback), years(result.discounted_payback)) == ("3.523", "3.642")
    assert isinstance(result.payback, Payback)
    assert (str(result.payback), result.payback.paid_back_by(date(2026, 4, 1))) == (
        "3 years 7 months",
        date(2029, 10, 31),
    )


def test_golden_programme_by_council():
    assert [share[3] for share in SAVINGS.shares_pence] == [16_572_792, 17_896_579, 13_530_629]
    result = appraise_option(LINES, 3, SCHEDULE)
    assert [net_by_year(LINES, council)[1] for council in range(3)] == [-166_269, 219_835, -1_053_566]
    assert [council.net_pence for council in result.councils] == [38_529_036, 43_603_551, 1_867_413]
    assert [council.npv_pence for council in result.councils] == [31_818_937, 36_343_962, -3_579_919]
    assert result.council_sum == Totals(84_000_000, 182_135_943, 117_552_963, 64_582_980)
    assert (result.joint.net_pence, result.joint.npv_pence, result.rounding_pence) == (
        84_000_000,
        89_582_978 - 25_000_000,
        2,
    )


def test_golden_programme_with_optimism_bias_and_lower_benefits():
    scenarios = sensitivity_set(JOINT_LINES, 3, SCHEDULE).scenarios
    combined = [found for found in scenarios if found.kind == ScenarioKind.BIAS_AND_BENEFITS_LESS_10]
    assert [found.joint_npv_pence for found in combined] == [59_152_572]


def test_golden_programme_switching_values():
    assert switching_values(182_135_942, 92_552_964) == SwitchingValues(Decimal("49.18"), Decimal("96.79"))


def test_golden_programme_leaves_one_council_worse_off_on_one_basis():
    result = appraise_option(LINES, 3, SCHEDULE)
    test = no_worse_off(
        dict(zip(COUNCILS, (council.net_pence for council in result.councils), strict=True)),
        dict(zip(COUNCILS, (council.npv_pence for council in result.councils), strict=True)),
    )
    assert [(row.council, row.net_pence, row.is_passed) for row in test.cash + test.npv] == [
        ("Ashmere", 38_529_036, True),
        ("Brockvale", 43_603_551, True),
        ("Carrick", 1_867_413, True),
        ("Ashmere", 31_818_937, True),
        ("Brockvale", 36_343_962, True),
        ("Carrick", -3_579_919, False),
    ]


def test_golden_programme_compensation():
    proposal = propose_compensation({"Ashmere": 31_818_937, "Brockvale": 36_343_962, "Carrick": -3_579_919})
    assert proposal.balance_pence == {"Ashmere": -1_671_132, "Brockvale": -1_908_787, "Carrick": 3_579_919}
