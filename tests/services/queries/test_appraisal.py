"""The appraisal of stored lines: the golden programme to the penny, what is missing, what is withheld."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.rules import reference
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.reference import ReferenceTable, ReferenceVersion
from programme.enums import PriceBasis, SeriesName
from programme.models import CouncilFigure
from services.actions.runs import ToShare, keep_runs
from services.enums import CaseState, CostType, LineKind, PaybackOrigin
from services.models import ApportionmentKey, BusinessCaseAmount, BusinessCaseLine, KeyWeight
from services.policies import powers_of
from services.queries.appraisal import Change, appraise_case
from services.queries.few_people import FEW_PEOPLE
from services.queries.shares import pool_keys
from services.rules.option_result import Measures, Totals
from tests.factories import CaseOptionFactory
from tests.services.factories import amounts
from tests.services.golden_rows import golden, line, manager_of, officer_of

pytestmark = pytest.mark.django_db


def share_of(made, powers=None, **values):
    return appraise_case(made.case, powers, **values).option("SHARE")


def test_joint_figures_of_the_golden_programme():
    option = share_of(golden(has_own_exit=False))
    joint = option.measures(None)
    assert joint.net_by_year == (-600_000_00, -10_000_00, 380_000_00, 440_000_00, 440_000_00, 440_000_00)
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
    assert (str(joint.payback), str(joint.discounted_payback)) == ("3 years 7 months", "3 years 8 months")
    assert round(joint.payback.years, 3) == Fraction("3.523")
    assert round(joint.discounted_payback.years, 3) == Fraction("3.642")


def test_council_figures_of_the_golden_programme():
    option = share_of(golden())
    councils = [option.measures(place) for place in range(3)]
    assert [own.net_by_year[1] for own in councils] == [-1_662_69, 2_198_35, -10_535_66]
    assert [own.benefits_pence[3] for own in councils] == [165_727_92, 178_965_79, 135_306_29]
    assert [own.net_pence for own in councils] == [385_290_36, 436_035_51, 18_674_13]
    assert [own.npv_pence for own in councils] == [318_189_37, 363_439_62, -35_799_19]
    total = option.council_sum()
    assert (total.net_pence, total.npv_pence) == (840_000_00, 645_829_80)
    assert option.measures(None).npv_pence == 645_829_78
    assert option.rounding_pence() == 2
    assert [option.change(place) for place in (None, 2)] == [
        Change(840_000_00, 645_829_78),
        Change(18_674_13, -35_799_19),
    ]


def test_option_is_measured_against_business_as_usual():
    made = golden(has_own_exit=False)
    amounts(line(made, "KEEP", LineKind.RECURRING_COST, option=made.bau, pool=made.equally), [30_000_00])
    result = appraise_case(made.case)
    assert result.bau.measures(None).net_pence == -30_000_00
    assert result.option("SHARE").change(None) == Change(1_120_000_00, 925_829_78)
    assert result.option("SHARE").change(0).net_pence == 385_290_36 + 10_000_00


def test_exit_costs_stand_only_in_the_exit_ratio():
    made = golden(has_own_exit=False)
    without = share_of(made)
    assert without.exit_ratio(None) == NotAssessable("No exit cost is entered")
    own = line(made, "GO-BACK", LineKind.ONE_OFF_COST, cost_type=CostType.EXIT, pool=made.equally)
    amounts(own, [0, 704_000_00])
    option = share_of(made)
    assert option.measures(None) == without.measures(None)
    assert option.exit_cost(None) == 704_000_00
    assert option.exit_ratio(None) == Fraction(704, 440)
    assert option.exit_cost(0) == 234_666_67


def test_household_equivalent_takes_each_tax_base():
    made = golden(has_own_exit=False)
    CouncilFigure.objects.filter(council=made.councils[2]).delete()
    CouncilFigure.objects.filter(council=made.councils[1]).update(year=2024)
    CouncilFigure.objects.create(
        council=made.councils[1], series=SeriesName.TAX_BASE, year=2027, quantity=Decimal(1)
    )
    option = share_of(made)
    missing = NotAssessable("The council tax base is not stated")
    assert [option.per_household(place) for place in (0, 1, 2, None)] == [3_22, 3_26, missing, missing]
    assert option.tax_bases[1].year == 2024


def test_payback_counts_from_the_origin_of_the_case():
    made = golden(has_own_exit=False)
    made.case.payback_origin = PaybackOrigin.GO_LIVE
    assert str(share_of(made).measures(None).payback) == "2 years 7 months"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"price_basis": PriceBasis.NOMINAL}, "Convert nominal amounts to 2026 to 2027 prices"),
        ({"price_base_fy": 2020}, "Convert nominal amounts to 2026 to 2027 prices"),
    ],
)
def test_mixed_price_bases_are_not_assessable(values, words):
    made = golden()
    BusinessCaseLine.objects.filter(ref="RUN").update(**values)
    option = share_of(made)
    expected = NotAssessable(f"{words} before working out net present value")
    assert option.measures(None) == option.council_sum() == option.change(None) == expected
    assert option.missing == (expected,)


def test_missing_key_amount_and_line_are_said():
    made = golden()
    ApportionmentKey.objects.filter(pool=made.equally).update(effective_to_on=date(2027, 3, 31))
    line(made, "EMPTY", LineKind.INCOME)
    amounts(line(made, "KEYLESS", LineKind.INCOME), [1_00])
    amounts(line(made, "LATE", LineKind.INCOME), [1_00], council=made.councils[0], first_fy=2033)
    CaseOptionFactory(business_case=made.case, ref="BARE", name="Outsource", order_index=2)
    result = appraise_case(made.case)
    assert [one.reason for one in result.option("SHARE").missing] == [
        "No amount is entered for EMPTY (EMPTY)",
        "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period",
        "No key shares One-off costs in 2027 to 2028",
        "Choose the key that shares KEYLESS (KEYLESS)",
    ]
    assert result.option("BARE").measures(None) == NotAssessable("Outsource has no lines")
    assert result.bau.measures(None).net_pence == 0
    made.bau.delete()
    unmeasured = appraise_case(made.case).option("BARE").change(None)
    assert unmeasured == NotAssessable("Add business as usual: options are measured against it")


def test_another_councils_costs_in_a_draft_are_withheld():
    made = golden()
    powers = powers_of(officer_of(made.councils[0]), made.programme)
    option = share_of(made, powers)
    held = Withheld("Held by Carrick until the case is issued")
    assert option.measures(0).net_pence == 385_290_36
    assert [option.measures(2), option.measures(None), option.council_sum(), option.change(None)] == [
        held
    ] * 4
    assert [option.exit_cost(2), option.per_household(None), option.rounding_pence()] == [held] * 3
    carrick = powers_of(officer_of(made.councils[2]), made.programme)
    assert isinstance(share_of(made, carrick).measures(None), Measures)
    manager = powers_of(manager_of(made.programme), made.programme)
    assert isinstance(share_of(made, manager).council_sum(), Totals)
    made.case.state = CaseState.APPROVED
    assert [one.reason for one in share_of(made, powers).missing][:1] == [
        "No shares of Fewer posts and one system (SAVE) in 2027 to 2028 were kept"
    ]


def test_hidden_costs_of_business_as_usual_hide_the_comparison():
    made = golden(has_own_exit=False)
    amounts(line(made, "OWN", LineKind.RECURRING_COST, option=made.bau), [5_00], council=made.councils[1])
    option = share_of(made, powers_of(officer_of(made.councils[0]), made.programme))
    held = Withheld("Held by Brockvale until the case is issued")
    assert (option.change(None), option.change(1)) == (held, held)
    assert isinstance(option.measures(None), Measures)
    assert option.change(0).net_pence == 385_290_36


def test_line_about_few_people_is_hidden_beside_another():
    made = golden(has_own_exit=False)
    few = line(made, "FEW", LineKind.ONE_OFF_COST, pool=made.equally, staff_count=3)
    amounts(few, [61_234_00])
    option = share_of(made)
    assert option.protection.lines == {"FEW", "MOVE"}
    assert option.measures(None).one_off_pence[0] == 661_234_00


def test_line_about_few_people_that_stands_alone_withholds_its_totals():
    made = golden(has_own_exit=False)
    few = line(made, "FEW", LineKind.ONE_OFF_COST, staff_count=3, cost_type=CostType.REDUNDANCY)
    amounts(few, [61_234_00], council=made.councils[2])
    option = share_of(made)
    assert [option.measures(scope) for scope in (None, 2)] == [FEW_PEOPLE, FEW_PEOPLE]
    assert option.council_sum() == FEW_PEOPLE
    assert option.measures(0).net_pence == 385_290_36


def test_reference_versions_are_named_and_newer_ones_said(monkeypatch):
    made = golden(has_own_exit=False)
    before = appraise_case(made.case)
    assert [(use.name, use.newer) for use in before.references] == [
        ("Discount rates", None),
        ("GDP deflators", None),
        ("Optimism-bias bounds", None),
    ]
    known = reference.versions
    newer = ReferenceVersion("discount_rates", "2026-12", date(2026, 12, 1), "HM Treasury", date(2026, 12, 2))

    def with_newer(table):
        return (*known(table), newer) if table == ReferenceTable.DISCOUNT_RATES else known(table)

    monkeypatch.setattr(reference, "versions", with_newer)
    after = appraise_case(made.case, today=date(2027, 1, 1))
    assert [use.newer for use in after.newer_references] == [newer]
    assert after.option("SHARE").measures(None) == before.option("SHARE").measures(None)


def test_rates_that_are_not_in_reference_data_are_not_assessable():
    made = golden()
    made.case.discount_version = "made up"
    assert share_of(made).measures(None) == NotAssessable(
        "Rates come from reference data. Ask an administrator to add a new rate with its source"
    )


def test_measure_that_does_not_apply_says_why():
    bau = appraise_case(golden().case).bau
    assert bau.measures(None).bcr == NotApplicable("There are no costs to compare the benefits with")


@pytest.mark.parametrize("copies", [1, 6])
def test_number_of_queries_does_not_grow(django_assert_num_queries, copies):
    made = golden()
    for number in range(copies):
        option = CaseOptionFactory(business_case=made.case, ref=f"O-{number}", name=f"Option {number}")
        amounts(line(made, f"L-{number}", LineKind.INCOME, option=option, pool=made.equally), [1_00])
    with django_assert_num_queries(7):
        appraise_case(made.case)
    issued = replace_state(made)
    with django_assert_num_queries(9):
        appraise_case(issued)


def replace_state(made):
    """The same case as if it had been approved."""
    made.case.state = CaseState.APPROVED
    return made.case


def test_issued_case_keeps_its_shares_whatever_becomes_of_the_keys():
    made = golden()
    before = appraise_case(made.case)
    joint = BusinessCaseAmount.objects.filter(council__isnull=True).select_related("line")
    keep_runs(
        pool_keys(made.programme),
        [ToShare(one.line.pool_id, one.fy, one.amount_pence, one.line_id) for one in joint],
        by=manager_of(made.programme),
    )
    made.case.state = CaseState.APPROVED
    KeyWeight.objects.filter(key__pool=made.by_population, council=made.councils[0]).update(weight=1)
    after = appraise_case(made.case)
    assert after.option("SHARE").lines == before.option("SHARE").lines
    assert after.option("SHARE").result == before.option("SHARE").result
    made.case.state = CaseState.DRAFT
    assert appraise_case(made.case).option("SHARE").measures(0).net_pence != 385_290_36
