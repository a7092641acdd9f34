"""The panels of savings: over time, causes, confidence, realisation and measures, with their sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from benefits.api.panel_shapes import CauseLineSerializer
from benefits.enums import Basis, BenefitState, Combining, Every, Measure, Sums
from benefits.models import MeasureReading, ProfileEntry
from benefits.panel_charts import causes_steps
from benefits.panel_exports import panel_tables
from benefits.panels import PANELS, Panels
from benefits.queries.by_year import NOT_BEGUN
from benefits.queries.delivery import NO_SAVING
from benefits.queries.households import NOT_STATED
from benefits.queries.ledgers import read_ledgers
from benefits.queries.realisation import NO_TARGET, Grouping
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import NO_PLAN, Choice, scope_of
from benefits.rules.delivery import Delivery
from core.rules.assessment import NotApplicable, NotAssessable
from programme.enums import MemberStatus, SeriesName
from programme.models import Council, CouncilSuccessor
from services.enums import Confidence
from tests.benefits.story import AS_OF
from tests.factories import (
    BenefitFactory,
    CouncilFactory,
    CouncilFigureFactory,
    LineFactory,
    ProgrammeFactory,
    actual,
    forecast,
    plan_version,
)

pytestmark = pytest.mark.django_db


def panels_of(story, choice=None, every=Every.MONTH, sums=Sums.CUMULATIVE, programme=None):
    programme = programme or story.programme
    ledgers = read_ledgers(programme, as_of=AS_OF)
    return Panels(programme, scope_of(programme, ledgers, choice or Choice(), AS_OF), every, sums)


def run(story, *benefits, state=BenefitState.REALISING, confidence=Confidence.HIGH):
    """Let benefits run."""
    for benefit in benefits or story.benefits:
        benefit.state, benefit.confidence = state, confidence
        benefit.save()


def said(panels):
    return {panel.name: panel.sentence(panels) for panel in PANELS}


def test_periods_of_every_length_add_up_to_the_same_and_running_sums_end_there(story):
    """Months, quarters and years alone, and the last of their running sums, in every basis."""
    expected = savings_against_plan(story.programme, as_of=AS_OF, fy=2027).total_of(Measure.GROSS)
    wanted = {basis: getattr(expected, basis.value) for basis in Basis}
    for every in Every:
        alone = panels_of(story, Choice(fy=2027), every, Sums.IN_PERIOD).over_time
        summed = panels_of(story, Choice(fy=2027), every).over_time
        assert len(alone.periods) == {Every.MONTH: 12, Every.QUARTER: 4, Every.YEAR: 1}[every]
        assert alone.total == summed.total == wanted
        for basis in (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST):
            assert sum(period.at(basis) for period in alone.periods) == wanted[basis]
            assert summed.periods[-1].at(basis) == wanted[basis]


def test_years_alone_are_the_years_of_the_dashboard(story):
    years = savings_against_plan(story.programme, as_of=AS_OF).of(Measure.GROSS).years
    found = panels_of(story, every=Every.YEAR, sums=Sums.IN_PERIOD).over_time
    assert [{basis: period.at(basis) for basis in Basis} for period in found.periods] == [
        {basis: getattr(year.year, basis.value) for basis in Basis} for year in years
    ]
    summed = panels_of(story, every=Every.YEAR).over_time
    assert [{basis: period.at(basis) for basis in Basis} for period in summed.periods] == [
        {basis: getattr(year.cumulative, basis.value) for basis in Basis} for year in years
    ]


def test_quarters_hold_what_has_begun(story):
    found = panels_of(story, Choice(fy=2026), Every.QUARTER, Sums.IN_PERIOD).over_time
    assert [(one.words, one.at(Basis.CURRENT), one.at(Basis.VERIFIED)) for one in found.periods] == [
        ("April to June 2026", 0, 0),
        ("July to September 2026", 1_200_000, 1_140_000),
        ("October to December 2026", 1_200_000, 287_245),
        ("January to March 2027", 1_200_000, NOT_BEGUN),
    ]


def test_way_from_the_original_plan_to_the_forecast_adds_up(story):
    found = panels_of(story, Choice(fy=2027)).causes
    assert [(step.label, step.start_pence, step.end_pence, step.text) for step in causes_steps(found)] == [
        ("Original plan", 0, 18_000_000, "£180,000"),
        ("Approved delay (plan version 2)", 18_000_000, 20_400_000, "+£24,000"),
        ("Current plan", 0, 20_400_000, "£204,000"),
        ("Other amounts than planned", 20_400_000, 18_865_574, "−£15,344.26"),
        ("Comes in another year", 18_865_574, 18_865_574, "£0"),
        ("Forecast", 0, 18_865_574, "£188,655.74"),
    ]


def test_way_ends_at_the_figures_of_the_dashboard_for_every_choice(story):
    """For each council, service, kind and year: both plans and the forecast, to the penny."""
    choices = [
        Choice(),
        Choice(council="carrick"),
        Choice(council="ashmere", fy=2026),
        Choice(service="S-2", fy=2027),
        Choice(kind=Measure.ONE_OFF_COST),
    ]
    for choice in choices:
        found = panels_of(story, choice).causes
        whole = savings_against_plan(
            story.programme,
            as_of=AS_OF,
            council=choice.council,
            service=choice.service,
            fy=choice.fy,
            kind=choice.kind,
        ).total_of(choice.measure)
        assert found.original_pence == whole.original
        assert found.current_pence == whole.current
        assert found.no_forecast or found.forecast_pence == whole.forecast


def test_amounts_that_come_in_another_year_are_timing(story):
    """Offices are put off by a year: nothing changes in all, and one year has less."""
    later = story.years(story.offices, range(2030, 2033), 120_000)
    forecast(story.programme, date(2026, 11, 22), later)
    whole, year = panels_of(story).causes, panels_of(story, Choice(fy=2029)).causes
    assert (whole.timing_pence, whole.moved_pence, whole.amount_pence) == (0, 12_000_000, -1_594_426)
    assert (year.timing_pence, year.amount_pence) == (-12_000_000, 0)
    assert said(panels_of(story))["causes"] == (
        "£2.04 million was first promised, and £2.02 million is now expected: £15,944.26 less. Other amounts "
        "than planned take off £15,944.26. £120,000 comes in another year than planned, which changes no "
        "total."
    )
    assert said(panels_of(story, Choice(fy=2029)))["causes"] == (
        "£480,000 was first promised for 2029 to 2030, and £360,000 is now expected: £120,000 less. Amounts "
        "that now come in another year take off £120,000."
    )


def test_what_is_expected_is_delivered_on_track_or_at_risk(story):
    run(story, story.benefits[0], story.benefits[1])
    run(story, story.benefits[2], state=BenefitState.PROFILED, confidence=Confidence.LOW)
    found = panels_of(story).delivery
    assert [(council.name, one.delivered_pence) for council, one in found.by_council] == [
        ("Ashmere", 531_712),
        ("Brockvale", 574_181),
        ("Carrick", 321_352),
    ]
    assert found.total == Delivery(1_427_245, 164_978_329, 36_000_000)
    assert found.total.expected_pence == 202_405_574
    assert [(row.benefit.ref, row.delivery, row.why) for row in found.benefits] == [
        ("B-1", Delivery(0, 138_865_574, 0), ""),
        ("B-2", Delivery(1_427_245, 26_112_755, 0), ""),
        ("B-3", Delivery(0, 0, 36_000_000), "It is not approved yet."),
    ]
    assert (found.forecast, found.weighted) == (202_405_574, 202_405_574 - 18_000_000)
    assert said(panels_of(story))["confidence"] == (
        "Of the £2.02 million now expected, £14,272.45 is delivered, £1.65 million is on track and £360,000 "
        "is at risk."
    )


def test_confidence_that_is_not_stated_is_not_guessed(story):
    run(story, confidence="")
    found = panels_of(story).delivery
    assert found.weighted == NotAssessable(
        "No confidence is stated for Lower cost of Revenues and benefits, Lower cost of ICT and Lower cost "
        "of Offices"
    )
    assert [(row.words, row.forecast_pence) for row in found.by_confidence] == [("Not stated", 202_405_574)]


def test_month_that_is_over_and_not_returned_is_at_risk(story):
    line = LineFactory(programme=story.programme, title="Fees")
    plan_version(story.programme, 3, amounts=[(line, story.councils[0], 2026, 7, 500)])
    forecast(story.programme, date(2026, 11, 21), [(line, story.councils[0], 2026, 7, 500)])
    found = panels_of(story, Choice(council="ashmere", fy=2026)).delivery
    row = next(one for one in found.benefits if one.benefit is None)
    assert (row.title, row.delivery, row.why) == (
        "Lines of no benefit",
        Delivery(0, 0, 500),
        "Nothing was returned for months that are over.",
    )


def test_realisation_by_council_service_class_and_benefit(story):
    found = panels_of(story).realisation
    rows = [
        (row.grouping.value, row.name, row.to_date.current_to_date, row.to_date.verified)
        for row in found.rows
        if row.to_date.verified
    ]
    assert rows == [
        ("council", "Ashmere", 552_428, 531_712),
        ("council", "Brockvale", 596_552, 574_181),
        ("council", "Carrick", 451_020, 321_352),
        ("service", "ICT", 1_600_000, 1_427_245),
        ("class", "Cashable", 1_600_000, 1_427_245),
        ("benefit", "Lower cost of ICT", 1_600_000, 1_427_245),
    ]
    assert found.whole.realised_percent == Fraction(1_427_245 * 100, 1_600_000)
    assert (found.whole.variance, found.whole.rating.word) == (-172_755, "Amber")
    offices = found.by(Grouping.SERVICE)[1]
    assert (offices.name, str(offices.realised_percent), offices.variance) == ("Offices", "Not applicable", 0)


def test_benefit_without_a_target_is_in_no_percentage(story):
    """Scenario 20: it says so, nothing is divided, and its pounds stand apart."""
    free = BenefitFactory(programme=story.programme, ref="B-free", title="Fewer journeys")
    line = LineFactory(programme=story.programme, benefit=free)
    actual(line, story.councils[0], 2026, 6, 50_000, verified_by=story.s151)
    before, found = Fraction(1_427_245 * 100, 1_600_000), panels_of(story).realisation
    row = next(row for row in found.by(Grouping.BENEFIT) if row.benefit == "B-free")
    assert (row.has_target, row.realised_percent, row.variance, row.rating.word) == (
        False,
        NO_TARGET,
        NO_TARGET,
        "Not applicable",
    )
    whole = found.whole
    assert (whole.to_date.verified, whole.untargeted_pence, whole.realised_percent) == (
        1_477_245,
        50_000,
        before,
    )
    assert said(panels_of(story))["realisation"] == (
        "89.2% of what was planned by 31 October 2026 is verified: £14,272.45 of £16,000. 98.3% of the plan "
        "for 2026 to 2027 is forecast. 1 benefit has no target and is not counted."
    )


def test_net_saving_of_a_year_is_equivalent_to_pounds_a_household(story):
    """F-33: a council without a tax base has none, and neither has the total; a part of it says nothing."""
    for council, quantity in zip(story.councils, ("47215.4", "50388.1"), strict=False):
        CouncilFigureFactory(council=council, series=SeriesName.TAX_BASE, year=2026, quantity=quantity)
    found = panels_of(story).households
    assert [(row.name, row.net, row.equivalent) for row in found.rows] == [
        ("Ashmere", 15_191_726, 322),
        ("Brockvale", 16_405_197, 326),
        ("Carrick", 12_403_077, NOT_STATED),
        ("Total", 44_000_000, NOT_STATED),
    ]
    CouncilFigureFactory(council=story.councils[2], series=SeriesName.TAX_BASE, year=2026, quantity=38_104)
    year = panels_of(story, Choice(fy=2027)).households
    assert (year.fy, year.rows[-1].equivalent) == (2027, -1)
    assert panels_of(story, Choice(service="S-1")).households is None


def test_households_of_a_year_are_those_of_its_partners_each_area_once(story):
    """F-33: Carrick ends on 1 July 2030 and Ridgeway takes over; its part of 2031 counts, its people once."""
    ashmere, brockvale, carrick = story.councils
    ridgeway = CouncilFactory(short_name="Ridgeway")
    vesting = date(2030, 7, 1)
    Council.objects.filter(pk=carrick.pk).update(abolished_on=vesting)
    CouncilSuccessor.objects.create(
        council=carrick,
        successor=ridgeway,
        weight=1,
        from_on=vesting,
        created_by=story.officer,
        updated_by=story.officer,
    )
    bases = {ashmere: "40000", brockvale: "50000", carrick: "30000", ridgeway: "34000"}
    for council, quantity in bases.items():
        CouncilFigureFactory(council=council, series=SeriesName.TAX_BASE, year=2026, quantity=quantity)
    found = {fy: panels_of(story, Choice(fy=fy)).households.rows for fy in (2029, 2030)}
    assert {fy: [(row.name, row.tax_base) for row in rows] for fy, rows in found.items()} == {
        2029: [("Ashmere", 40_000), ("Brockvale", 50_000), ("Carrick", 30_000), ("Total", 120_000)],
        2030: [
            ("Ashmere", 40_000),
            ("Brockvale", 50_000),
            ("Carrick", None),
            ("Ridgeway", 34_000),
            ("Total", 124_000),
        ],
    }
    passed_on = NotApplicable("Carrick is no partner in 2030 to 2031, or its area has passed on")
    assert [row.equivalent for row in found[2030][2:4]] == [passed_on, 0]


def measured(story, **fields):
    benefit = BenefitFactory(
        programme=story.programme,
        ref="B-days",
        measure_name="Time to decide a claim",
        measure_unit="days",
        combining=Combining.AVERAGE,
        starting_value=26,
        **fields,
    )
    for number, value in ((5, 24), (6, 23), (7, 22)):
        MeasureReading.objects.create(
            benefit=benefit, fy=2026, period=number, value=value, entered_by=story.officer
        )
    return benefit


def test_measure_has_its_progress_and_its_rating(story):
    benefit = measured(story, target_value=13)
    ProfileEntry.objects.create(benefit=benefit, fy=2026, value=22)
    (trend,) = panels_of(story).measures.trends
    assert [(point.words, point.planned, point.measured) for point in trend.points] == [
        ("August 2026", None, Decimal(24)),
        ("September 2026", None, Decimal(23)),
        ("October 2026", None, Decimal(22)),
        ("2026 to 2027", Decimal(22), None),
    ]
    assert (trend.progress_percent, trend.trajectory_percent) == (Fraction(400, 13), Fraction(75))
    assert (trend.rating.word, trend.rating.reason) == ("Amber", "75.0% of the trajectory, below 90%")
    assert (
        said(panels_of(story))["measures"]
        == "Of 1 measure, measured against what was planned by now: 1 Amber."
    )


def test_measure_without_target_or_readings_says_so(story):
    measured(story)
    BenefitFactory(programme=story.programme, ref="B-calls", measure_name="Calls answered", target_value=90)
    first, second = panels_of(story).measures.trends
    assert (first.target_text, str(first.progress_percent), first.rating.word) == (
        "No target set",
        "Not applicable",
        "Not applicable",
    )
    assert (second.latest_value, second.rating.word) == (None, "No data")
    assert said(panels_of(story))["measures"] == (
        "Of 2 measures, measured against what was planned by now: 1 No data and 1 with no values "
        "planned to compare with yet. 1 of them has no target."
    )
    narrowed = panels_of(story, Choice(council="ashmere")).measures.trends
    assert [trend.latest_value for trend in narrowed] == [None, None]


def test_sentences_of_the_story(story):
    assert said(panels_of(story)) | {"confidence": ""} == {
        "over_time": (
            "By 31 October 2026, £14,272.45 of cashable saving is verified of the £16,000 planned, and "
            "£1,127.55 more is claimed. By 31 March 2028, £224,055.74 is expected: £15,944.26 less than in "
            "the current plan."
        ),
        "causes": (
            "£2.04 million was first promised, and £2.02 million is now expected: £15,944.26 less. Other "
            "amounts than planned take off £15,944.26."
        ),
        "confidence": "",
        "realisation": (
            "89.2% of what was planned by 31 October 2026 is verified: £14,272.45 of £16,000. 98.3% of the "
            "plan for 2026 to 2027 is forecast."
        ),
        "measures": "No measure is recorded for this choice.",
    }
    quarter = panels_of(story, every=Every.QUARTER, sums=Sums.IN_PERIOD)
    assert said(quarter)["over_time"] == (
        "In October to December 2026 so far, £2,872.45 of cashable saving is verified of the £12,000 planned "
        "by 31 December 2026, and £1,127.55 more is claimed. From 1 April 2026 to 31 March 2028, £224,055.74 "
        "is expected: £15,944.26 less than in the current plan."
    )


def test_sentences_of_one_year_on_plan_of_a_cost_and_of_nothing(story):
    """A year that goes as planned, a cost, and a programme with nothing in its ledgers."""
    year = said(panels_of(story, Choice(fy=2029)))
    assert (year["over_time"], year["causes"]) == (
        "Nothing has been returned yet. From 1 April 2029 to 31 March 2030, £480,000 is expected as planned.",
        "£480,000 was first promised for 2029 to 2030, and £480,000 is now expected, the same in all.",
    )
    cost = panels_of(story, Choice(kind=Measure.ONE_OFF_COST))
    assert cost.delivery == NO_SAVING
    assert said(cost)["over_time"].startswith("By 31 October 2026, £312,480 of one-off cost is verified")
    assert said(cost)["realisation"] == "A cost is spent, not realised: choose a kind of saving."
    empty = ProgrammeFactory(partnership=story.programme.partnership)
    nothing = panels_of(story, programme=empty)
    assert nothing.causes == NO_PLAN
    assert said(nothing) == {
        "over_time": "Nothing has been returned yet.",
        "causes": "This cannot be worked out: no plan version is recorded.",
        "confidence": "£0 is delivered. No forecast is recorded.",
        "realisation": "Nothing has been returned yet.",
        "measures": "No measure is recorded for this choice.",
    }


def test_plan_without_a_forecast_says_what_is_missing(story):
    programme = ProgrammeFactory(partnership=story.programme.partnership, base_fy=2026)
    line = LineFactory(programme=programme, title="Fees")
    plan_version(programme, 1, amounts=[(line, story.councils[0], 2026, None, 1200)])
    found = panels_of(story, programme=programme)
    assert [step.label for step in causes_steps(found.causes)] == ["Original plan"]
    assert said(found)["causes"] == (
        "£12 was first promised; the current plan is £12. No forecast is recorded."
    )
    assert said(found)["confidence"] == "£0 is delivered. No forecast is recorded."
    assert CauseLineSerializer(found.causes.lines[0]).data == {
        "line": line.ref,
        "original": "12.00",
        "changes": [],
        "other_amounts": None,
        "other_years": None,
        "leads_to": None,
        "not_assessable": "No forecast is recorded",
    }


def test_former_partner_keeps_its_share_of_every_panel(story):
    membership = story.programme.partnership.memberships.get(council=story.councils[2])
    membership.status = MemberStatus.LEFT
    membership.save()
    found = panels_of(story)
    assert [council.name for council, _ in found.delivery.by_council] == ["Ashmere", "Brockvale", "Carrick"]
    assert found.causes.current_pence == 204_000_000


def test_panels_take_one_number_of_queries(story, django_assert_num_queries):
    """Of all panels together, with one line more and with four."""
    for extra in range(4):
        line = LineFactory(programme=story.programme)
        plan_version(story.programme, 3 + extra, amounts=[(line, story.councils[0], 2026, None, 1)])
        panels = panels_of(story)
        with django_assert_num_queries(6):
            said(panels)
            panel_tables(panels)


def test_line_of_no_benefit_is_at_risk_where_its_forecast_falls_behind(story):
    line = LineFactory(programme=story.programme, title="Fees")
    plan_version(story.programme, 3, amounts=[(line, story.councils[0], 2027, 1, 500)])
    forecast(story.programme, date(2026, 11, 21), [(line, story.councils[0], 2027, 1, 475)])
    found = panels_of(story, Choice(council="ashmere", fy=2027)).delivery
    row = next(one for one in found.benefits if one.benefit is None)
    assert (row.delivery, row.why) == (Delivery(0, 475, 0), "")
    forecast(story.programme, date(2026, 11, 22), [(line, story.councils[0], 2027, 1, 474)])
    behind = panels_of(story, Choice(council="ashmere", fy=2027)).delivery
    row = next(one for one in behind.benefits if one.benefit is None)
    assert (row.delivery, row.why) == (Delivery(0, 0, 474), "Its forecast is Amber.")
