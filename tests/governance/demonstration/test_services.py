"""The services floor of the loaded demonstration: figures to the penny, drafts, keys, reviews, measures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.models import User
from core.rules.assessment import Withheld
from governance.demonstration.money import Money
from governance.demonstration.timing import ANCHOR, Timing
from programme.models import Programme
from services.enums import LineKind, Position, QuestionSet, TestBasis, TrueUpResult
from services.models import ApportionmentRun, BusinessCase, ServiceMeasure, TrueUp
from services.policies import powers_of
from services.queries.appraisal import CaseAppraisal, OptionAppraisal, appraise_case
from services.queries.appraisal_sensitivity import option_sensitivity
from services.queries.case_content import has_issued_content
from services.queries.comparison import service_comparison
from services.queries.contracts import contract_timeline
from services.queries.fairness import case_fairness
from services.queries.review_assessment import assessment
from services.queries.scores import score_page
from services.queries.shares import kept_shares
from services.rules.compensation import CompensationProposal
from services.rules.option_result import Measures, Totals
from services.rules.payback import Payback
from services.rules.sensitivity import ScenarioKind
from services.rules.switching import SwitchingValues

NAMES = ("Ashmere", "Brockvale", "Carrick")


@pytest.fixture
def case(golden: Programme) -> BusinessCase:
    return golden.business_cases.get(ref="BC-1")


@pytest.fixture
def appraisal(case: BusinessCase) -> CaseAppraisal:
    return appraise_case(case, today=ANCHOR)


def option_of(appraisal: CaseAppraisal, ref: str) -> OptionAppraisal:
    option = appraisal.option(ref)
    assert option is not None
    return option


def measures_of(option: OptionAppraisal, scope: int | None) -> Measures:
    measures = option.measures(scope)
    assert isinstance(measures, Measures)
    return measures


def test_joint_figures_of_the_golden_programme(appraisal: CaseAppraisal) -> None:
    joint = measures_of(option_of(appraisal, "TOGETHER"), None)
    assert joint.benefits_pence == (0, 180_000_00, 420_000_00, 480_000_00, 480_000_00, 480_000_00)
    assert joint.recurring_pence == (0, *(40_000_00,) * 5)
    assert joint.one_off_pence == (600_000_00, 150_000_00, 0, 0, 0, 0)
    assert [row.pv_benefits_pence for row in joint.rows] == [
        0, 173_913_04, 392_074_49, 432_932_50, 418_292_27, 404_147_12,
    ]  # fmt: skip
    assert [row.pv_costs_pence for row in joint.rows] == [
        600_000_00, 183_574_88, 37_340_43, 36_077_71, 34_857_69, 33_678_93,
    ]  # fmt: skip
    assert (joint.net_pence, joint.pvb_pence, joint.pvc_pence, joint.npv_pence) == (
        1_090_000_00, 1_821_359_42, 925_529_64, 895_829_78,
    )  # fmt: skip
    assert (joint.bcr, joint.roi_percent) == (Decimal("1.97"), Decimal("145.3"))
    assert isinstance(joint.payback, Payback)
    assert isinstance(joint.discounted_payback, Payback)
    assert round(joint.payback.years, 3) == Fraction("3.523")
    assert round(joint.discounted_payback.years, 3) == Fraction("3.642")


def test_preferred_option_gives_each_council_its_figures(appraisal: CaseAppraisal) -> None:
    preferred = appraisal.preferred
    assert preferred is not None
    assert (preferred.option.ref, appraisal.names) == ("SHARE", NAMES)
    councils = [measures_of(preferred, place) for place in range(3)]
    assert [own.benefits_pence[3] for own in councils] == [165_727_92, 178_965_79, 135_306_29]
    assert [own.net_by_year[1] for own in councils] == [-1_662_69, 2_198_35, -10_535_66]
    assert [own.net_pence for own in councils] == [385_290_36, 436_035_51, 18_674_13]
    assert [own.npv_pence for own in councils] == [318_189_37, 363_439_62, -35_799_19]
    total = preferred.council_sum()
    assert isinstance(total, Totals)
    assert (total.net_pence, total.npv_pence) == (840_000_00, 645_829_80)
    assert measures_of(preferred, None).npv_pence == 645_829_78


def test_switching_values_and_the_two_risks_together(appraisal: CaseAppraisal) -> None:
    option = option_of(appraisal, "TOGETHER")
    found = option_sensitivity(appraisal, option)
    assert isinstance(found.switching, SwitchingValues)
    assert (found.switching.benefits_fall_percent, found.switching.costs_rise_percent) == (
        Decimal("49.18"),
        Decimal("96.79"),
    )
    assert [line.bias for line in option.lines if line.kind == LineKind.ONE_OFF_COST] == [Fraction(164, 1000)]
    values = {row.kind: row.joint for row in found.rows}
    assert values[ScenarioKind.BIAS_AND_BENEFITS_LESS_10] == 591_525_72


def test_compensation_of_carrick_is_the_proposal_and_is_recorded(appraisal: CaseAppraisal) -> None:
    assert appraisal.preferred is not None
    fairness = case_fairness(appraisal, appraisal.preferred)
    proposal = fairness.proposals[TestBasis.NPV]
    assert isinstance(proposal, CompensationProposal)
    assert [(one.payer, one.beneficiary, one.pence, one.cut_pence) for one in proposal.payments] == [
        ("Ashmere", "Carrick", 16_711_32, 0),
        ("Brockvale", "Carrick", 19_087_87, 0),
    ]
    assert (proposal.is_affordable, proposal.is_worth_it) == (True, True)
    assert all(test.position.is_passed for test in fairness.tests)
    (stored,) = fairness.arrangements
    assert [(str(one.council), one.fy, one.amount_pence) for one in stored.payments] == [
        ("Ashmere", 2026, -16_711_32),
        ("Brockvale", 2026, -19_087_87),
        ("Carrick", 2026, 35_799_19),
    ]


def test_issued_case_is_frozen_as_it_was_hashed(case: BusinessCase) -> None:
    assert case.issued_at is not None
    assert (case.state, str(case.issued_by), has_issued_content(case)) == ("approved", "Sam Okafor", True)
    assert [(str(one.council), one.position) for one in case.statements.order_by("council__name")] == [
        ("Ashmere", Position.SUPPORT),
        ("Brockvale", Position.SUPPORT),
        ("Carrick", Position.SUPPORT_WITH_CONDITIONS),
    ]
    assert case.sections.count() == 5


def test_kept_shares_are_the_amounts_of_the_plan_by_council(case: BusinessCase) -> None:
    money = Money(Timing(ANCHOR))
    kept = kept_shares(case)
    found = {
        (line.ref.removeprefix("BC-"), fy - 2026): [kept[line.pk, fy][pk] for pk in sorted(kept[line.pk, fy])]
        for line in case.lines.filter(option__ref="SHARE", pool__isnull=False)
        for pk, fy in kept
        if pk == line.pk
    }
    planned = {
        (line, index): list(shares)
        for (line, index, _), shares in money.business_case.items()
        if line != "L-8"
    }
    assert found == planned


def test_scores_are_those_of_the_worked_example(case: BusinessCase) -> None:
    page = score_page(case)
    assert [(row.option.ref, row.score, row.rank) for row in page.rows][:3] == [
        ("SHARE", Decimal("78.50"), 1),
        ("OUTSOURCE", Decimal("71.25"), 2),
        ("IMPROVE", Decimal("48.00"), 3),
    ]
    assert len(page.people) == 3
    assert page.rows[0].cells[0].spread == 10


def test_draft_keeps_each_councils_own_costs_from_the_others(golden: Programme) -> None:
    draft = golden.business_cases.get(ref="BC-2")
    assert (draft.state, draft.stage, str(draft.created_by)) == ("draft", "obc", "Priya Raman")
    evans = User.objects.get(email="c.evans@carrick.example")
    option = option_of(appraise_case(draft, powers_of(evans, golden), today=ANCHOR), "SHARE")
    held = Withheld("Held by Ashmere and Brockvale until the case is issued")
    assert option.measures(None) == held
    assert measures_of(option, 2).one_off_pence[1] == 17_200_00 + 8_000_00
    priya = User.objects.get(email="priya.raman@ashmere.example")
    whole = option_of(appraise_case(draft, powers_of(priya, golden), today=ANCHOR), "SHARE")
    assert measures_of(whole, None).one_off_pence == (150_000_00, 63_500_00, 0, 0, 0, 0)


def test_true_up_adopts_the_calls_that_were_counted(golden: Programme) -> None:
    kept = TrueUp.objects.get(key__pool__programme=golden)
    assert (kept.result, kept.fy, kept.driver) == (TrueUpResult.ADOPT, 2025, "calls to the service desk")
    shares = [
        list(run.shares.order_by("council__name").values_list("share_pence", flat=True))
        for run in (kept.estimate_run, kept.final_run)
    ]
    assert shares == [[33_024_00, 39_168_00, 23_808_00], [39_976_94, 33_337_18, 22_685_88]]


def test_every_run_shares_its_whole_amount(golden: Programme) -> None:
    runs = ApportionmentRun.objects.filter(pool__programme=golden).prefetch_related("shares")
    assert [run.total_pence for run in runs] == [
        sum(share.share_pence for share in run.shares.all()) for run in runs
    ]


def test_reviews_show_gaps_red_lines_and_a_consultation(golden: Programme) -> None:
    review = golden.services.get(ref="S-1").reviews.get()
    assert [
        (str(line.council), line.is_respected) for line in review.red_lines.order_by("council__name")
    ] == [
        ("Ashmere", True),
        ("Brockvale", True),
        ("Carrick", False),
    ]
    assert [one.affected_count for one in review.consultations.all()] == [None, 24]
    councils = list(golden.partnership.councils.order_by("name"))
    found = assessment(QuestionSet.READINESS, review.answers.select_related("council"), councils)
    assert [row.question.code for row in found.flagged] == ["contracts", "ict"]
    assert [task.done_at is None for task in review.tasks.all()] == [False] * 7 + [True]


def test_contracts_that_end_within_two_years_are_warned_of(golden: Programme) -> None:
    rows = contract_timeline(golden, as_of=ANCHOR).rows
    assert {row.stage_words for row in rows} >= {"Start work now", "Later"}


def test_every_service_but_offices_has_measures(golden: Programme) -> None:
    measured = ServiceMeasure.objects.filter(provision__service__programme=golden)
    assert sorted(set(measured.values_list("provision__service__ref", flat=True))) == [
        "S-1",
        "S-2",
        "S-4",
        "S-5",
    ]
    assert measured.count() == 3 * (8 + 4)
    (compared,) = service_comparison(golden, service=golden.services.get(ref="S-5")).services
    assert [row.unit_pence for row in compared.rows] == [447_37, 471_24, 452_80]


def test_sentence_of_the_economic_case_is_the_one_worked_out(case: BusinessCase) -> None:
    text = case.sections.get(name="economic").text
    found = "anking holds unless cost weighs more than 53.49"
    assert found in text
    assert found in score_page(case).sentence
