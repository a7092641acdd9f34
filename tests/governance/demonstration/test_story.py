"""The loaded golden programme gives, through the product's own queries, every figure of its pages."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from benefits.enums import Measure
from benefits.models import ActualAmount, Benefit, Line, PlanAmount
from benefits.panel_charts import causes_steps
from benefits.panels import PANELS, Panels
from benefits.queries.causes import Causes, causes_of_change
from benefits.queries.ledgers import read_ledgers
from benefits.queries.no_worse_off import Standing, no_worse_off_tests
from benefits.queries.savings import SavingsAgainstPlan, savings_against_plan
from benefits.queries.scope import Choice, scope_of
from core.rules.dates import ImpreciseDate
from core.rules.money import format_amount
from core.rules.rounding import format_percent
from governance.demonstration.people import PRIYA_RAMAN
from governance.demonstration.timing import ANCHOR
from governance.enums import Authority
from governance.models import Body, Decision
from governance.queries.decisions import decision_board
from programme.enums import SeriesName
from programme.models import CouncilFigure, Milestone, Programme
from programme.policies import powers_of
from programme.queries.risks import risk_rows
from programme.queries.work import Scope, work_list
from programme.rules.worklist import Section
from services.enums import TestBasis
from services.models import ServiceCost, ServiceReview
from services.queries.shares import kept_shares
from services.rules.payback import Payback, payback

NAMES = ("Ashmere", "Brockvale", "Carrick")


@pytest.fixture
def savings(golden: Programme) -> SavingsAgainstPlan:
    return savings_against_plan(golden, as_of=ANCHOR)


def by_council(savings: SavingsAgainstPlan, measure: Measure, basis: str, fy: int | None = None) -> list[int]:
    """Pence by council: of one year, or of all years."""
    return [figure(savings, measure, basis, fy, council) for council in savings.councils]


def figure(
    savings: SavingsAgainstPlan, measure: Measure, basis: str, fy: int | None = None, council: object = None
) -> int:
    """Pence of one year, or of all years, for one council or for all."""
    row = next(row for row in savings.measures if (row.measure, row.council) == (measure, council))
    figures = row.total if fy is None else next(year.year for year in row.years if year.fy == fy)
    pence = getattr(figures, basis)
    assert isinstance(pence, int)
    return pence


def test_councils_stand_in_their_fixed_order_with_their_population(savings: SavingsAgainstPlan) -> None:
    assert tuple(council.name for council in savings.councils) == NAMES
    population = CouncilFigure.objects.filter(
        series=SeriesName.POPULATION, council__short_name__in=NAMES
    ).order_by("council__short_name")
    assert [row.quantity for row in population] == [130_200, 140_600, 106_300]


def test_original_plan_gives_the_golden_rows(savings: SavingsAgainstPlan) -> None:
    years = range(2026, 2032)
    assert [figure(savings, Measure.CASHABLE, "original", fy) for fy in years] == [
        0, 180_000_00, 420_000_00, 480_000_00, 480_000_00, 480_000_00,
    ]  # fmt: skip
    assert [figure(savings, Measure.RECURRING_COST, "original", fy) for fy in years] == [
        0, 40_000_00, 40_000_00, 40_000_00, 40_000_00, 40_000_00,
    ]  # fmt: skip
    assert by_council(savings, Measure.ONE_OFF_COST, "original", 2026) == [200_000_00, 200_000_00, 450_000_00]
    assert by_council(savings, Measure.ONE_OFF_COST, "original", 2027) == [50_000_00] * 3


def test_original_plan_gives_each_councils_net(savings: SavingsAgainstPlan) -> None:
    assert by_council(savings, Measure.CASHABLE, "original", 2029) == [165_727_92, 178_965_79, 135_306_29]
    assert by_council(savings, Measure.NET, "original", 2027) == [-1_662_69, 2_198_35, -10_535_66]
    assert by_council(savings, Measure.NET, "original") == [385_290_36, 436_035_51, 18_674_13]
    assert figure(savings, Measure.NET, "original") == 840_000_00


def test_business_case_is_the_original_plan_by_line_council_and_year(golden: Programme) -> None:
    case: dict[tuple[str, str, int], int] = {}
    plan: dict[tuple[str, str, int], int] = {}
    shared = kept_shares(golden.business_cases.get(ref="BC-1"))
    councils = {council.pk: council.key for council in golden.partnership.councils.all()}
    for line in Line.objects.filter(programme=golden).select_related("business_case_line"):
        assert line.business_case_line is not None
        for amount in line.business_case_line.amounts.all():
            whole = {amount.council_id: amount.amount_pence}
            own = whole if amount.council_id else shared[amount.line_id, amount.fy]
            assert sum(own.values()) == amount.amount_pence
            case |= {(line.ref, councils[council], amount.fy): pence for council, pence in own.items()}
    for row in PlanAmount.objects.filter(
        plan_version__number=1, plan_version__programme=golden
    ).select_related("line", "council"):
        slot = row.line.ref, row.council.key, row.fy
        plan[slot] = plan.get(slot, 0) + row.amount_pence
    assert plan == case
    assert sum(plan.values()) == (2_040_000 + 200_000 + 750_000 + 250_000) * 100


def test_joint_case_pays_back_in_three_years_and_seven_months(savings: SavingsAgainstPlan) -> None:
    nets = [figure(savings, Measure.NET, "original", fy) for fy in range(2026, 2032)]
    nets[0] += 250_000_00  # without Carrick's own contract exit, as the joint case counts
    found = payback(nets)
    assert isinstance(found, Payback)
    assert (str(found), round(float(found.years), 3)) == ("3 years 7 months", 3.523)
    assert found.paid_back_by(date(2026, 4, 1)) == date(2029, 10, 31)


def test_current_plan_and_forecast_by_year(savings: SavingsAgainstPlan) -> None:
    years = range(2026, 2032)
    assert [figure(savings, Measure.CASHABLE, "current", fy) for fy in years] == [
        36_000_00, 204_000_00, 360_000_00, 480_000_00, 480_000_00, 480_000_00,
    ]  # fmt: skip
    assert [figure(savings, Measure.CASHABLE, "forecast", fy) for fy in years] == [
        35_400_00, 188_655_74, 360_000_00, 480_000_00, 480_000_00, 480_000_00,
    ]  # fmt: skip
    totals = [figure(savings, Measure.CASHABLE, basis) for basis in ("original", "current", "forecast")]
    assert totals == [2_040_000_00, 2_040_000_00, 2_024_055_74]


def test_this_year_council_by_council(savings: SavingsAgainstPlan) -> None:
    found = {
        basis: by_council(savings, Measure.CASHABLE, basis, 2026)
        for basis in ("current_to_date", "verified", "claimed", "current", "forecast")
    }
    assert found == {
        "current_to_date": [5_524_28, 5_965_52, 4_510_20],
        "verified": [5_317_12, 5_741_81, 3_213_52],
        "claimed": [0, 0, 1_127_55],
        "current": [12_429_63, 13_422_42, 10_147_95],
        "forecast": [12_222_47, 13_198_71, 9_978_82],
    }
    sums = {basis: sum(pence) for basis, pence in found.items()}
    assert sums == {
        "current_to_date": 16_000_00,
        "verified": 14_272_45,
        "claimed": 1_127_55,
        "current": 36_000_00,
        "forecast": 35_400_00,
    }
    row = savings.of(Measure.CASHABLE)
    assert row is not None
    assert format_percent(row.total.realised_percent) == "89.2%"  # type: ignore[arg-type]


def test_months_of_the_chart(savings: SavingsAgainstPlan) -> None:
    points = {point.month_end: point for point in savings.months}
    assert len(points) == 24
    october, march, year_end = (
        points[date(2026, 10, 31)],
        points[date(2028, 3, 31)],
        points[date(2027, 3, 31)],
    )
    assert (october.original, october.current, october.forecast, october.verified) == (
        0, 16_000_00, 15_400_00, 14_272_45,
    )  # fmt: skip
    assert (year_end.current, year_end.forecast) == (36_000_00, 35_400_00)
    assert (march.original, march.current, march.forecast) == (180_000_00, 240_000_00, 224_055_74)
    go_live = points[date(2027, 10, 31)]
    assert (go_live.original, go_live.current, go_live.forecast) == (30_000_00, 90_000_00, 74_055_74)
    verified = [points[date(2026, month, day)].verified for month, day in ((7, 31), (8, 31), (9, 30))]
    assert verified == [3_400_00, 7_400_00, 11_400_00]


def test_carricks_october_waits_and_costs_are_verified(savings: SavingsAgainstPlan) -> None:
    assert savings.cut_off == date(2026, 10, 31)
    waiting = ActualAmount.objects.claimed().select_related("line", "council")
    assert [(row.line.ref, row.council.key, row.fy, row.period, row.amount_pence) for row in waiting] == [
        ("L-2", "carrick", 2026, 7, 1_127_55)
    ]
    assert figure(savings, Measure.ONE_OFF_COST, "verified", 2026) == 312_480_00
    assert figure(savings, Measure.ONE_OFF_COST, "current_to_date", 2026) == 325_000_00
    assert savings.headline.net_cash_saving_pence == 14_272_45
    assert savings.headline.claimed_only_pence == 1_127_55


def test_totals_are_the_sums_of_the_councils_in_every_year(savings: SavingsAgainstPlan) -> None:
    for measure in {row.measure for row in savings.measures}:
        for basis in ("original", "current", "forecast"):
            for fy in range(2026, 2032):
                total = figure(savings, measure, basis, fy)
                assert total == sum(by_council(savings, measure, basis, fy)), (measure, basis, fy)


def test_milestones_have_the_dates_of_both_plans(golden: Programme) -> None:
    licences = Milestone.objects.get(programme=golden, ref="M-05")
    dates = {
        row.plan_version.number: row.date_first_on
        for row in licences.plan_dates.select_related("plan_version")
    }
    assert dates == {1: date(2027, 10, 1), 2: date(2026, 7, 1)}
    assert licences.get_date("plan") == licences.get_date("actual") == ImpreciseDate.day(date(2026, 7, 1))
    go_live = Milestone.objects.get(programme=golden, ref="M-24")
    assert go_live.get_date("plan") == ImpreciseDate.day(date(2027, 10, 1))
    assert go_live.get_date("forecast") == ImpreciseDate.day(date(2027, 10, 19))
    assert go_live.note == "Now 19 October 2027. £15,344.26 less saved in 2027 to 2028."


def test_programme_manager_finds_the_pages_work(golden: Programme) -> None:
    priya = User.objects.get(email="priya.raman@ashmere.example")
    work = work_list(priya, scope=Scope.MINE, as_of=ANCHOR, powers=powers_of(priya, ANCHOR))
    assert [row.milestone.ref for row in work.sections[Section.LATE]] == ["M-13", "M-10"]
    assert [row.milestone.ref for row in work.sections[Section.DUE]] == [
        "M-19", "M-20", "M-21", "M-12", "M-22", "M-23",
    ]  # fmt: skip


def test_decision_board_says_what_the_page_says(golden: Programme) -> None:
    board = decision_board(golden, as_of=ANCHOR)
    assert board.sentence == (
        "3 decisions are on tonight’s agenda, 2 are waiting for a council and 2 are in effect. "
        "Nothing takes effect for any council until every council has approved the same text."
    )
    found = [
        (section.heading, [(row.decision.ref, str(row.start.word), row.start_line) for row in section.rows])
        for section in board.sections
    ]
    assert found == [
        (
            "On tonight’s agenda",
            [
                ("D-10", "Not yet", "16 January 2027 at the earliest"),
                ("D-11", "Not yet", "13 February 2027 at the earliest"),
                ("D-07", "Not yet", "13 February 2027 at the earliest, if version 2 is agreed"),
            ],
        ),
        (
            "Waiting for a council",
            [
                ("D-08", "Not yet", "12 December 2026 at the earliest. Waiting for Carrick"),
                ("D-09", "Not yet", "28 November 2026 at the earliest"),
            ],
        ),
        (
            "In effect",
            [
                ("D-06", "Yes", "In effect from 20 June 2026"),
                ("D-05", "Yes", "In effect from 14 March 2026"),
            ],
        ),
    ]


def test_decisions_approve_the_plans_and_the_case(golden: Programme) -> None:
    found = Decision.objects.filter(programme=golden, plan_version__isnull=False).order_by("ref")
    assert [
        (decision.ref, decision.plan_version.number, str(decision.business_case or ""))
        for decision in found.select_related("plan_version", "business_case")
        if decision.plan_version
    ] == [("D-05", 1, "Business case for shared services, version 1"), ("D-06", 2, "")]


def test_top_risks_are_the_four_of_the_page(golden: Programme) -> None:
    rows = risk_rows(golden, as_of=date(2026, 11, 24))
    assert len(rows) == 17
    assert [(row.risk.ref, row.score, row.risk.owner.name) for row in rows[:4] if row.risk.owner] == [
        ("R-03", 16, "D Lewis"),
        ("R-05", 12, "Sam Okafor"),
        ("R-07", 12, "H Musa"),
        ("R-09", 10, "J Price"),
    ]
    assert rows[0].risk.response == "Clean before the test move; second test in March 2027"


def test_benefits_cover_every_kind(golden: Programme) -> None:
    found = [
        (row.ref, row.title, row.benefit_class, row.target_value, row.is_disbenefit)
        for row in Benefit.objects.filter(programme=golden)
    ]
    assert found == [
        ("B-1", "Lower cost of revenues and benefits", "cashable", None, False),
        ("B-2", "Lower cost of ICT", "cashable", None, False),
        ("B-3", "Lower cost of offices", "cashable", None, False),
        ("B-4", "Faster decisions on new benefit claims", "quantifiable", 13, False),
        ("B-5", "Stronger cover in small teams", "qualitative", None, False),
        ("B-6", "Longer journeys for staff who change office", "quantifiable", 31, True),
    ]


def test_steering_group_recommends_with_nine_seats(golden: Programme) -> None:
    group = Body.objects.get(partnership=golden.partnership, ref="JSG")
    assert (group.authority, group.seats, group.frequency) == (Authority.RECOMMENDS, 9, "every six weeks")
    assert [seat.seats for seat in group.composition.all()] == [3, 3, 3]


def test_services_have_every_councils_cost_and_two_reviews(golden: Programme) -> None:
    costs = ServiceCost.objects.filter(provision__service__programme=golden)
    assert costs.count() == 5 * 3 * 2
    reviews = ServiceReview.objects.filter(service__programme=golden).order_by("ref")
    assert [(review.service.name, review.state) for review in reviews] == [
        ("Revenues and benefits", "implementing"),
        ("HR and payroll", "baselining"),
    ]


def test_money_of_the_plan_prints_as_on_the_page(savings: SavingsAgainstPlan) -> None:
    assert format_amount(figure(savings, Measure.CASHABLE, "forecast")) == "2,024,055.74"


def test_golden_plan_leaves_carrick_worse_off_at_present_value_alone(golden: Programme) -> None:
    tests = no_worse_off_tests(golden, User.objects.get(email=PRIYA_RAMAN.email))
    after = {
        basis: [one.after_pence for one in tests.on(Standing.ORIGINAL, basis).positions]
        for basis in (TestBasis.NOMINAL, TestBasis.NPV)
    }
    assert after == {
        TestBasis.NOMINAL: [385_290_36, 436_035_51, 18_674_13],
        TestBasis.NPV: [318_189_37, 363_439_62, -35_799_19],
    }
    verdicts = [tests.on(Standing.NOW, basis).verdict for basis in after]
    assert verdicts[0] == "No council is worse off."
    assert verdicts[1].startswith("Carrick is worse off. Carrick lacks £3")
    basis = "The compensation proposed is worked out on net present value."
    assert tests.binding_words == f"Not agreed yet. {basis}"


def test_panels_of_savings_say_what_a_councillor_reads_aloud(golden: Programme) -> None:
    """The five sentences, and the way from the original plan to the forecast of one year."""
    ledgers = read_ledgers(golden, as_of=ANCHOR)
    whole = Panels(golden, scope_of(golden, ledgers, Choice(), ANCHOR))
    assert {panel.name: panel.sentence(whole) for panel in PANELS} == {
        "over_time": (
            "By 31 October 2026, £14,272.45 of cashable saving is verified of the £16,000 planned, and "
            "£1,127.55 more is claimed. By 31 March 2028, £224,055.74 is expected: £15,944.26 less than in "
            "the current plan."
        ),
        "causes": (
            "£2.04 million was first promised, and £2.02 million is now expected: £15,944.26 less. Other "
            "amounts than planned take off £15,944.26."
        ),
        "confidence": (
            "Of the £2.02 million now expected, £14,272.45 is delivered, £621,127.55 is on track and £1.39 "
            "million is at risk."
        ),
        "realisation": (
            "89.2% of what was planned by 31 October 2026 is verified: £14,272.45 of £16,000. 98.3% of the "
            "plan for 2026 to 2027 is forecast."
        ),
        "measures": (
            "Of 5 measures, measured against what was planned by now: 1 Amber, 1 No data and 3 measured in "
            "pounds alone."
        ),
    }
    year = causes_of_change(scope_of(golden, ledgers, Choice(fy=2027), ANCHOR))
    assert isinstance(year, Causes)
    assert [(step.label, step.text) for step in causes_steps(year)] == [
        ("Original plan", "£180,000"),
        ("Approved delay (plan version 2)", "+£24,000"),
        ("Current plan", "£204,000"),
        ("Other amounts than planned", "−£15,344.26"),
        ("Comes in another year", "£0"),
        ("Forecast", "£188,655.74"),
    ]
