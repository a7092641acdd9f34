from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from benefits.enums import Basis, Measure, Outcome
from benefits.models import Verification
from benefits.queries.by_month import MonthPoint
from benefits.queries.by_year import NOT_BEGUN
from benefits.queries.figures import FIGURE_NAMES, Figures
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import NO_FORECAST, NO_PLAN, NO_RETURN, NO_SERVICE
from benefits.rules.headline import Headline
from benefits.rules.realisation import NO_TARGET
from core.rules.assessment import NotApplicable, NotAssessable
from programme.enums import MemberStatus
from programme.models import CouncilFigure
from services.enums import LineKind
from services.rules.payback import NoPayback, Payback
from tests.benefits.story import AS_OF
from tests.factories import BenefitFactory, LineFactory, ProgrammeFactory, actual, forecast, plan_version

pytestmark = pytest.mark.django_db
CUT_OFF = date(2026, 10, 31)


def read(story, **narrowed):
    return savings_against_plan(story.programme, as_of=narrowed.pop("as_of", AS_OF), **narrowed)


def row(result, measure, council=None):
    found = result.of(measure, result.councils[council] if council is not None else None)
    assert found is not None
    return found


def plain(figures):
    return {name: getattr(figures, name) for name in FIGURE_NAMES}


def test_gross_saving_by_year_has_both_plans_forecast_and_what_is_verified(story):
    years = row(read(story), Measure.GROSS).years
    assert [(year.fy, year.year.original, year.year.current, year.year.forecast) for year in years] == [
        (2026, 0, 3_600_000, 3_540_000),
        (2027, 18_000_000, 20_400_000, 18_865_574),
        (2028, 42_000_000, 36_000_000, 36_000_000),
        (2029, 48_000_000, 48_000_000, 48_000_000),
        (2030, 48_000_000, 48_000_000, 48_000_000),
        (2031, 48_000_000, 48_000_000, 48_000_000),
    ]
    assert plain(years[0].year) == {
        "original": 0,
        "current": 3_600_000,
        "forecast": 3_540_000,
        "claimed": 112_755,
        "verified": 1_427_245,
        "banked": 0,
        "original_to_date": 0,
        "current_to_date": 1_600_000,
        "forecast_no_target": 0,
        "verified_no_target": 0,
    }
    assert {year.year.verified for year in years[1:]} == {NOT_BEGUN}
    assert [(year.fy, year.cumulative.current, year.cumulative.forecast) for year in years[:2]] == [
        (2026, 3_600_000, 3_540_000),
        (2027, 24_000_000, 22_405_574),
    ]


def test_gross_saving_in_sum_is_compared_with_both_plans(story):
    total = row(read(story), Measure.GROSS).total
    assert plain(total) == {
        "original": 204_000_000,
        "current": 204_000_000,
        "forecast": 202_405_574,
        "claimed": 112_755,
        "verified": 1_427_245,
        "banked": 0,
        "original_to_date": 0,
        "current_to_date": 1_600_000,
        "forecast_no_target": 0,
        "verified_no_target": 0,
    }
    assert (total.forecast_variance, total.forecast_variance_original) == (-1_594_426, -1_594_426)
    assert (total.verified_variance, total.verified_variance_original) == (-172_755, 1_427_245)
    assert total.realised_percent == Fraction(1_427_245 * 100, 1_600_000)
    assert (total.realised_rating.word, total.forecast_rating.word) == ("Amber", "Green")


def test_year_is_rated_by_exact_figures(story):
    by_march_2028 = row(read(story), Measure.GROSS).years[1].cumulative
    assert by_march_2028.forecast_percent == Fraction(2_240_557_400, 24_000_000)
    assert by_march_2028.forecast_rating.word == "Amber"


def test_each_council_has_its_own_figures_of_this_year(story):
    result = read(story)
    assert [
        (
            council.name,
            figures.current_to_date,
            figures.verified,
            figures.claimed,
            figures.current,
            figures.forecast,
        )
        for index, council in enumerate(result.councils)
        for figures in [row(result, Measure.GROSS, index).years[0].year]
    ] == [
        ("Ashmere", 552_428, 531_712, 0, 1_242_963, 1_222_247),
        ("Brockvale", 596_552, 574_181, 0, 1_342_242, 1_319_871),
        ("Carrick", 451_020, 321_352, 112_755, 1_014_795, 997_882),
    ]


def test_every_total_is_the_sum_of_the_council_shares(story):
    result = read(story)
    for measure in {figures.measure for figures in result.measures}:
        whole = row(result, measure)
        shares = [row(result, measure, index) for index in range(3)]
        for position, year in enumerate(whole.years):
            for name in FIGURE_NAMES:
                parts = [getattr(share.years[position].year, name) for share in shares]
                value = getattr(year.year, name)
                assert value == (sum(parts) if isinstance(value, int) else parts[0])
        assert whole.total.current == sum(share.total.current for share in shares)


def test_net_takes_off_all_costs(story):
    net = row(read(story), Measure.NET)
    assert [year.year.original for year in net.years] == [
        -85_000_000,
        -1_000_000,
        38_000_000,
        44_000_000,
        44_000_000,
        44_000_000,
    ]
    assert [year.cumulative.original for year in net.years] == [
        -85_000_000,
        -86_000_000,
        -48_000_000,
        -4_000_000,
        40_000_000,
        84_000_000,
    ]
    assert net.total.verified == 1_427_245 - 31_248_000


def test_outturn_of_the_year_is_what_was_returned_and_the_forecast_of_the_rest(story):
    assert row(read(story), Measure.GROSS).outturn == 3_540_000
    actual(
        story.ict,
        story.councils[0],
        2026,
        7,
        10_000,
        entered_by=story.officer,
        entered_at=datetime(2026, 11, 11, 9, tzinfo=UTC),
    )
    assert row(read(story), Measure.GROSS).outturn == 3_550_000


def test_monthly_series_run_from_april_to_the_end_of_next_year(story):
    months = read(story).months
    assert (months[0].month_end, months[-1].month_end, len(months)) == (
        date(2026, 4, 30),
        date(2028, 3, 31),
        24,
    )
    assert months[6] == MonthPoint(CUT_OFF, 0, 1_600_000, 1_540_000, 112_755, 1_427_245, 0)
    assert months[7] == MonthPoint(
        date(2026, 11, 30), 0, 2_000_000, 1_940_000, NOT_BEGUN, NOT_BEGUN, NOT_BEGUN
    )
    assert [month.forecast for month in months[17:20]] == [5_940_000, 7_405_574, 10_405_574]
    assert (months[-1].original, months[-1].current, months[-1].forecast) == (
        18_000_000,
        24_000_000,
        22_405_574,
    )


def test_monthly_series_of_a_council_hold_this_year(story):
    council, months = read(story).council_months[2]
    assert (council.name, len(months), months[-1].current) == ("Carrick", 12, 1_014_795)
    assert [(month.verified, month.claimed) for month in months[3:7]] == [
        (95_842, 0),
        (208_597, 0),
        (321_352, 0),
        (321_352, 112_755),
    ]


def test_headline_has_its_three_parts_and_leaves_out_what_is_only_claimed(story):
    result = read(story)
    assert result.headline == Headline(1_427_245, 0, 0, 112_755, 0, 0, 0)
    assert [headline.net_cash_saving_pence for _, headline in result.council_headlines] == [
        531_712,
        574_181,
        321_352,
    ]


def test_returns_say_how_far_each_council_has_come(story):
    assert [
        (
            row.council.name,
            row.savings.latest_returned_on,
            row.savings.latest_verified_on,
            row.savings.basis,
            row.costs.basis,
        )
        for row in read(story).returns
    ] == [
        ("Ashmere", CUT_OFF, CUT_OFF, Basis.VERIFIED, Basis.VERIFIED),
        ("Brockvale", CUT_OFF, CUT_OFF, Basis.VERIFIED, Basis.VERIFIED),
        ("Carrick", CUT_OFF, date(2026, 9, 30), Basis.CLAIMED, Basis.VERIFIED),
    ]


def test_payback_is_given_on_each_plan_and_the_forecast(story):
    paybacks = [row for row in read(story).paybacks if row.council is None]
    assert [(row.basis, row.result, row.paid_back_by) for row in paybacks] == [
        (Basis.ORIGINAL, Payback(Fraction(45, 11)), date(2030, 5, 31)),
        (Basis.CURRENT, Payback(Fraction(45, 11)), date(2030, 5, 31)),
        (Basis.FORECAST, Payback(Fraction(90_797_213, 22_000_000)), date(2030, 5, 31)),
    ]
    assert {row.origin_on for row in paybacks} == {date(2026, 4, 1)}


def test_payback_without_the_contract_exit_is_that_of_the_joint_programme(story):
    programme = ProgrammeFactory(base_fy=2026, partnership=story.programme.partnership)
    saving = LineFactory(programme=programme)
    cost = LineFactory(programme=programme, kind=LineKind.ONE_OFF_COST)
    running = LineFactory(programme=programme, kind=LineKind.RECURRING_COST)
    profile = [
        (saving, (0, 180_000, 420_000, 480_000, 480_000, 480_000)),
        (cost, (600_000, 150_000, 0, 0, 0, 0)),
        (running, (0, 40_000, 40_000, 40_000, 40_000, 40_000)),
    ]
    amounts = [
        (line, story.councils[0], 2026 + index, None, pounds * 100)
        for line, annual in profile
        for index, pounds in enumerate(annual)
    ]
    plan_version(programme, 1, amounts=amounts, effective_on=date(2026, 3, 14))
    result = savings_against_plan(programme, as_of=AS_OF)
    original, forecast_figure = result.paybacks[0], result.paybacks[8]
    assert (str(original.result), original.paid_back_by) == ("3 years 7 months", date(2029, 10, 31))
    assert forecast_figure.result == NO_FORECAST


def test_equity_compares_each_share_with_population_and_with_cost(story):
    net, cost, gross = read(story).equity
    assert [
        (row.council, round(float(row.share_percent), 1), round(float(row.difference_points), 1))
        for row in net.rows
    ] == [("Ashmere", 45.9, 11.3), ("Brockvale", 51.9, 14.6), ("Carrick", 2.2, -26.0)]
    assert [row.council for row in net.flagged] == ["Ashmere", "Brockvale", "Carrick"]
    assert [row.share_percent for row in cost.rows] == [25, 25, 50]
    assert (gross.measured, gross.compared_with) == ("Gross cashable saving", "One-off cost")


def test_equity_without_a_population_is_not_assessable(story):
    CouncilFigure.objects.filter(council=story.councils[1]).delete()
    net, _, gross = read(story).equity
    assert net.rows == NotAssessable("Population is not split between the councils: not stated for Brockvale")
    assert isinstance(gross.rows, tuple)


def test_figures_narrowed_to_a_council_are_that_councils_and_equity_stays_whole(story):
    result = read(story, council="carrick")
    assert [council.name for council in result.councils] == ["Carrick"]
    assert row(result, Measure.GROSS).total == row(read(story), Measure.GROSS, 2).total
    assert len(result.equity[0].rows) == 3


def test_figures_narrowed_to_a_service_leave_out_costs_that_belong_to_none(story):
    result = read(story, service="S-2")
    assert {figures.measure for figures in result.measures} == {
        Measure.CASHABLE,
        Measure.GROSS,
        Measure.NET,
    }
    assert row(result, Measure.GROSS).total.current == (36_000 + 5 * 48_000) * 100
    assert {figures.result for figures in result.paybacks} == {
        NotAssessable("Some costs are not split between services")
    }
    assert result.all_services == (
        ("S-2", "ICT"),
        ("S-3", "Offices"),
        ("S-1", "Revenues and benefits"),
        (NO_SERVICE, "No one service"),
    )


def test_figures_narrowed_to_a_year_hold_that_year_and_its_months(story):
    result = read(story, fy=2027)
    assert [year.fy for year in row(result, Measure.GROSS).years] == [2027]
    assert row(result, Measure.GROSS).total.current == 20_400_000
    assert (result.months[0].month_end, result.months[-1].current) == (date(2027, 4, 30), 20_400_000)


def test_figures_are_those_recorded_on_the_day_asked_about(story):
    before_returns = read(story, as_of=date(2026, 7, 31))
    assert before_returns.cut_off is None
    assert row(before_returns, Measure.GROSS).total.verified == NO_RETURN
    october_claimed = read(story, as_of=date(2026, 11, 11))
    assert row(october_claimed, Measure.GROSS).total.verified == 1_140_000
    assert row(october_claimed, Measure.GROSS).total.claimed == 400_000
    first_plan = read(story, as_of=date(2026, 6, 19))
    assert (first_plan.original, first_plan.current.number) == (first_plan.current, 1)
    assert first_plan.forecast_as_at is None
    assert row(first_plan, Measure.GROSS).total.forecast == NO_FORECAST


def test_programme_before_its_first_plan_is_not_assessable(story):
    result = read(story, as_of=date(2026, 3, 13))
    assert (result.has_ledgers, result.measures, result.months) == (False, (), ())
    assert result.not_assessable == (("Savings and costs against plan", "No plan version is recorded"),)


def test_year_that_holds_nothing_is_not_assessable(story):
    result = read(story, fy=2050)
    assert (result.measures, result.months) == ((), ())
    assert result.not_assessable == (
        ("Savings and costs against plan", "No amount is recorded for this choice"),
    )


def test_programme_without_ledgers_is_not_assessable():
    result = savings_against_plan(ProgrammeFactory(), as_of=AS_OF)
    assert not result.has_ledgers
    assert (result.measures, result.months, result.council_months, result.cut_off) == ((), (), (), None)
    assert result.not_assessable == (("Savings and costs against plan", "No plan version is recorded"),)
    assert {row.result for row in result.paybacks} == {NO_PLAN}
    assert {type(row.rows) for row in result.equity} == {NotAssessable}


def test_forecast_that_misses_a_planned_line_is_not_taken_as_nothing(story):
    line = LineFactory(programme=story.programme, title="Fewer licences")
    plan_version(
        story.programme,
        3,
        amounts=[
            (line, story.councils[1], 2027, None, 100),
            (story.ict, story.councils[0], 2027, None, 100),
        ],
        effective_on=date(2026, 11, 1),
    )
    result = read(story)
    missing = NotAssessable("No forecast of Fewer licences for Brockvale")
    assert row(result, Measure.GROSS, 1).total.forecast == missing
    assert row(result, Measure.GROSS).total.forecast == missing
    assert row(result, Measure.GROSS).total.forecast_variance == missing
    assert isinstance(row(result, Measure.GROSS, 0).total.forecast, int)
    assert missing.reason in [reason for _, reason in result.not_assessable]


def test_benefit_counted_in_another_adds_nothing(story):
    before = row(read(story), Measure.GROSS).total
    inner = BenefitFactory(programme=story.programme, ref="B-inner", counted_in=story.benefits[0])
    line = LineFactory(programme=story.programme, benefit=inner)
    forecast(story.programme, date(2026, 11, 21), [(line, story.councils[0], 2026, 9, 999)])
    actual(line, story.councils[0], 2026, 7, 999, entered_at=datetime(2026, 11, 11, tzinfo=UTC))
    assert row(read(story), Measure.GROSS).total == before


def test_returned_amount_counts_nowhere_and_a_reversal_takes_its_amount_back(story):
    entry = actual(
        story.ict, story.councils[0], 2026, 7, 500, entered_at=datetime(2026, 11, 11, 9, tzinfo=UTC)
    )
    assert row(read(story), Measure.GROSS).total.claimed == 113_255
    Verification.objects.create(
        actual=entry,
        outcome=Outcome.RETURNED,
        reason="Wrong ledger code",
        verified_by=story.s151,
        verified_at=datetime(2026, 11, 12, 9, tzinfo=UTC),
    )
    assert row(read(story), Measure.GROSS).total.claimed == 112_755
    verified = story.ict.actualamounts.filter(council=story.councils[0], period=7).first()
    actual(
        story.ict,
        story.councils[0],
        2026,
        7,
        -verified.amount_pence,
        explanation="Entered twice by mistake",
        reverses=verified,
        entered_at=datetime(2026, 11, 13, 9, tzinfo=UTC),
    )
    total = row(read(story), Measure.GROSS).total
    assert (total.verified, total.claimed) == (1_427_245 - 138_107, 112_755)


@pytest.mark.parametrize(
    ("kind", "is_budgeted", "measure", "gross", "net"),
    [
        (LineKind.INCOME, True, Measure.INCOME_BUDGETED, 700, 700),
        (LineKind.INCOME, False, Measure.INCOME_UNBUDGETED, 0, 0),
        (LineKind.NON_CASHABLE, False, Measure.NON_CASHABLE, 0, 0),
        (LineKind.COST_AVOIDANCE, False, Measure.COST_AVOIDANCE, 0, 0),
        (LineKind.GRANT, False, Measure.GRANT, 0, 700),
        (LineKind.DISBENEFIT, False, Measure.DISBENEFIT, 0, -700),
    ],
)
def test_other_benefits_stand_apart_and_only_cash_is_in_gross_and_net(
    story, kind, is_budgeted, measure, gross, net
):
    before = read(story)
    line = LineFactory(programme=story.programme, kind=kind, is_budgeted=is_budgeted)
    actual(
        line,
        story.councils[0],
        2026,
        7,
        700,
        entered_at=datetime(2026, 11, 11, tzinfo=UTC),
        verified_by=story.s151,
        verified_at=datetime(2026, 11, 12, tzinfo=UTC),
    )
    after = read(story)
    assert row(after, measure).total.verified == 700
    for of, change in ((Measure.GROSS, gross), (Measure.NET, net)):
        assert row(after, of).total.verified - row(before, of).total.verified == change


def test_realised_percent_without_a_plan_is_not_applicable():
    figures = Figures(0, 0, 500, 0, 300, 0, 0, 0)
    assert figures.realised_percent == NotApplicable("Plan is not above £0. Variance is £3.00")
    assert figures.verified_variance == 300
    assert figures.realised_rating.word == "Not applicable"


def test_what_has_no_target_is_in_the_pounds_and_in_no_rate():
    figures = Figures(0, 1000, 1500, 0, 507, 0, 0, 1000, forecast_no_target=500, verified_no_target=7)
    assert (figures.realised_percent, figures.forecast_percent) == (50, 100)
    assert (figures.realised_rating.word, figures.forecast_rating.word) == ("Red", "Green")
    assert figures.verified_variance == -493
    bare = Figures(0, 0, 0, 0, 7, 0, 0, 0, verified_no_target=7)
    assert (bare.realised_percent, bare.realised_rating.reason) == (NO_TARGET, "No target is set")


def test_council_that_left_keeps_its_column_and_so_does_any_that_holds_an_amount(story):
    membership = story.programme.partnership.memberships.get(council=story.councils[2])
    membership.status = MemberStatus.LEFT
    membership.save()
    declined = story.programme.partnership.memberships.get(council=story.councils[1])
    declined.status = MemberStatus.DECLINED
    declined.save()
    assert [council.name for council in read(story).councils] == ["Ashmere", "Carrick", "Brockvale"]


def test_payback_that_never_comes_is_said(story):
    programme = ProgrammeFactory(base_fy=2026, partnership=story.programme.partnership)
    line = LineFactory(programme=programme, kind=LineKind.ONE_OFF_COST)
    plan_version(programme, 1, amounts=[(line, story.councils[0], 2026, None, 100)])
    assert savings_against_plan(programme, as_of=AS_OF).paybacks[0].result == NoPayback()


def test_savings_take_eight_queries_whatever_the_size(story, django_assert_num_queries):
    with django_assert_num_queries(8):
        read(story)
    small = ProgrammeFactory(partnership=story.programme.partnership)
    plan_version(small, 1, amounts=[(LineFactory(programme=small), story.councils[0], 2026, None, 1)])
    with django_assert_num_queries(8):
        savings_against_plan(small, as_of=AS_OF)


def test_figures_of_one_kind_are_of_that_kind_alone_and_have_no_net(story):
    result = read(story, kind=Measure.RECURRING_COST)
    assert {figures.measure for figures in result.measures} == {Measure.RECURRING_COST}
    assert (result.choice.measure, row(result, Measure.RECURRING_COST).total.current) == (
        Measure.RECURRING_COST,
        20_000_000,
    )
    assert result.months[-1].current == 4_000_000
    assert {figures.result for figures in result.paybacks} == {
        NotAssessable("Payback is worked out from every kind of saving and cost")
    }
