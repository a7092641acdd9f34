"""Ratings from exact values, with reasons in words (F-26)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState
from programme.rules.rag import (
    Rating,
    RatingWord,
    Thresholds,
    rate_cost,
    rate_low_plan,
    rate_measure,
    rate_milestone,
    rate_risk,
    rate_savings,
    roll_up,
)

PLAN = 50_000_000
APRIL_1 = ImpreciseDate.day(date(2027, 4, 1))
GREEN = Rating(RatingWord.GREEN, "On plan")
AMBER = Rating(RatingWord.AMBER, "18 days late")
RED = Rating(RatingWord.RED, "£1.00 below the Amber threshold")


@pytest.mark.parametrize(
    ("value_pence", "rating"),
    [
        (47_498_000, Rating(RatingWord.AMBER, "£20.00 below the Green threshold")),
        (47_000_000, Rating(RatingWord.AMBER, "£5,000.00 below the Green threshold")),
        (39_500_000, Rating(RatingWord.RED, "£5,000.00 below the Amber threshold")),
        (48_000_000, Rating(RatingWord.GREEN, "£5,000.00 above the Green threshold")),
        (47_500_000, Rating(RatingWord.GREEN, "At the Green threshold")),
        (47_499_999, Rating(RatingWord.AMBER, "£0.01 below the Green threshold")),
        (40_000_000, Rating(RatingWord.AMBER, "£75,000.00 below the Green threshold")),
        (39_999_999, Rating(RatingWord.RED, "£0.01 below the Amber threshold")),
        (-100, Rating(RatingWord.RED, "£400,001.00 below the Amber threshold")),
    ],
)
def test_savings_are_rated_from_exact_values(value_pence: int, rating: Rating):
    assert rate_savings(PLAN, value_pence) == rating


def test_savings_part_of_a_penny_short_is_still_short():
    assert rate_savings(333, 316) == Rating(RatingWord.AMBER, "£0.01 below the Green threshold")


def test_savings_are_complete_only_when_all_is_verified_and_the_period_is_over():
    complete = Rating(RatingWord.COMPLETE, "£500,000.00 verified of £500,000.00")
    assert rate_savings(PLAN, PLAN, verified_pence=PLAN, is_period_over=True) == complete
    early = rate_savings(PLAN, PLAN, verified_pence=PLAN, is_period_over=False)
    short = rate_savings(PLAN, PLAN, verified_pence=PLAN - 1, is_period_over=True)
    unknown = rate_savings(PLAN, PLAN, verified_pence=None, is_period_over=True)
    assert {rating.word for rating in (early, short, unknown)} == {RatingWord.GREEN}


@pytest.mark.parametrize(
    ("plan_pence", "value_pence", "rating"),
    [
        (None, 50_000_000, Rating(RatingWord.NOT_APPLICABLE, "No target is set")),
        (PLAN, None, Rating(RatingWord.NO_DATA, "No amount has been entered")),
        (0, 0, Rating(RatingWord.NOT_APPLICABLE, "Plan is not above £0. On plan")),
        (0, -500_000, Rating(RatingWord.NOT_APPLICABLE, "Plan is not above £0. £5,000.00 below plan")),
        (-100, 0, Rating(RatingWord.NOT_APPLICABLE, "Plan is not above £0. £1.00 above plan")),
    ],
)
def test_savings_without_a_plan_above_nothing_are_not_applicable(
    plan_pence: int | None, value_pence: int | None, rating: Rating
):
    assert rate_savings(plan_pence, value_pence) == rating


@pytest.mark.parametrize(
    ("plan_pence", "value_pence", "rating"),
    [
        (0, 0, Rating(RatingWord.GREEN, "On plan")),
        (-10_000, -5_000, Rating(RatingWord.GREEN, "£50.00 above plan")),
        (0, -1_000_000, Rating(RatingWord.AMBER, "£10,000.00 below plan, no more than £10,000.00")),
        (0, -1_000_001, Rating(RatingWord.RED, "£10,000.01 below plan, more than £10,000.00")),
        (-5_000_000, -6_000_000, Rating(RatingWord.AMBER, "£10,000.00 below plan, no more than £10,000.00")),
    ],
)
def test_low_plan_is_rated_by_its_shortfall_in_pounds(plan_pence: int, value_pence: int, rating: Rating):
    assert rate_low_plan(plan_pence, value_pence) == rating


@pytest.mark.parametrize(
    ("plan_pence", "spend_pence", "rating"),
    [
        (10_000_000, 10_000_000, Rating(RatingWord.GREEN, "At the Green threshold")),
        (10_000_000, 9_000_000, Rating(RatingWord.GREEN, "£10,000.00 below the Green threshold")),
        (10_000_000, 10_000_001, Rating(RatingWord.AMBER, "£0.01 above the Green threshold")),
        (10_000_000, 11_000_000, Rating(RatingWord.AMBER, "£10,000.00 above the Green threshold")),
        (10_000_000, 11_000_001, Rating(RatingWord.RED, "£0.01 above the Amber threshold")),
        (0, 0, Rating(RatingWord.GREEN, "On plan")),
        (0, 500_000, Rating(RatingWord.AMBER, "£5,000.00 above plan, no more than £10,000.00")),
        (0, 1_000_001, Rating(RatingWord.RED, "£10,000.01 above plan, more than £10,000.00")),
        (None, 100, Rating(RatingWord.NOT_APPLICABLE, "No planned cost is set")),
        (100, None, Rating(RatingWord.NO_DATA, "No amount has been entered")),
    ],
)
def test_cost_is_rated_from_exact_values(plan_pence: int | None, spend_pence: int | None, rating: Rating):
    assert rate_cost(plan_pence, spend_pence) == rating


@pytest.mark.parametrize(
    ("forecast", "rating"),
    [
        (None, Rating(RatingWord.GREEN, "On plan")),
        (date(2027, 4, 1), Rating(RatingWord.GREEN, "On plan")),
        (date(2027, 3, 29), Rating(RatingWord.GREEN, "3 days early")),
        (date(2027, 4, 2), Rating(RatingWord.AMBER, "1 day late")),
        (date(2027, 4, 19), Rating(RatingWord.AMBER, "18 days late")),
        (date(2027, 4, 29), Rating(RatingWord.AMBER, "28 days late")),
        (date(2027, 4, 30), Rating(RatingWord.RED, "29 days late")),
        (date(2027, 6, 1), Rating(RatingWord.RED, "61 days late")),
    ],
)
def test_milestone_is_rated_by_its_variance(forecast: date | None, rating: Rating):
    assert (
        rate_milestone(
            plan=APRIL_1,
            forecast=ImpreciseDate.day(forecast) if forecast else None,
            actual=None,
            stated_state=MilestoneState.PLANNED,
            as_of=date(2026, 11, 24),
        )
        == rating
    )


@pytest.mark.parametrize(
    ("as_of", "forecast_made_on", "rating"),
    [
        (date(2027, 4, 1), None, Rating(RatingWord.GREEN, "On plan")),
        (date(2027, 4, 2), None, Rating(RatingWord.AMBER, "1 day overdue")),
        (date(2027, 4, 14), None, Rating(RatingWord.AMBER, "13 days overdue")),
        (
            date(2027, 4, 15),
            None,
            Rating(RatingWord.RED, "14 days overdue with no new forecast for 14 days"),
        ),
        (date(2027, 4, 15), date(2027, 4, 10), Rating(RatingWord.AMBER, "14 days overdue")),
        (
            date(2027, 5, 6),
            date(2027, 4, 10),
            Rating(RatingWord.RED, "35 days overdue with no new forecast for 26 days"),
        ),
        (date(2027, 4, 2), date(2026, 1, 1), Rating(RatingWord.AMBER, "1 day overdue")),
        (date(2027, 5, 6), date(2027, 5, 5), Rating(RatingWord.RED, "35 days overdue, 35 days late")),
    ],
)
def test_overdue_milestone_is_never_green(as_of: date, forecast_made_on: date | None, rating: Rating):
    assert (
        rate_milestone(
            plan=APRIL_1,
            forecast=APRIL_1,
            actual=None,
            stated_state=MilestoneState.PLANNED,
            as_of=as_of,
            forecast_made_on=forecast_made_on,
        )
        == rating
    )


@pytest.mark.parametrize(
    ("plan", "actual", "stated_state", "rating"),
    [
        (
            APRIL_1,
            ImpreciseDate.day(date(2027, 3, 29)),
            MilestoneState.DONE,
            Rating(RatingWord.ACHIEVED, "Achieved 3 days early"),
        ),
        (
            None,
            ImpreciseDate.day(date(2027, 3, 29)),
            MilestoneState.DONE,
            Rating(RatingWord.ACHIEVED, "Achieved, no plan date to compare with"),
        ),
        (
            APRIL_1,
            None,
            MilestoneState.DONE_UNDATED,
            Rating(RatingWord.ACHIEVED, "Achieved, date not stated"),
        ),
        (APRIL_1, None, MilestoneState.CANCELLED, Rating(RatingWord.CANCELLED, "Cancelled")),
        (
            None,
            None,
            MilestoneState.PLANNED,
            Rating(RatingWord.NOT_APPLICABLE, "No planned date of the programme's own"),
        ),
        (
            APRIL_1,
            None,
            MilestoneState.EXTERNAL_DATE,
            Rating(RatingWord.NOT_APPLICABLE, "No planned date of the programme's own"),
        ),
    ],
)
def test_milestone_that_is_over_or_not_ours_has_its_own_word(
    plan: ImpreciseDate | None, actual: ImpreciseDate | None, stated_state: str, rating: Rating
):
    assert (
        rate_milestone(
            plan=plan, forecast=None, actual=actual, stated_state=stated_state, as_of=date(2027, 6, 1)
        )
        == rating
    )


def test_risk_bands():
    words = [rate_risk(score).word for score in (1, 5, 6, 12, 15, 25)]
    assert words == [RatingWord.GREEN] * 2 + [RatingWord.AMBER] * 2 + [RatingWord.RED] * 2
    assert rate_risk(12).reason == "Score 12 of 25"


@pytest.mark.parametrize("score", [0, 26, -1])
def test_risk_score_outside_the_matrix_is_refused(score: int):
    with pytest.raises(Refusal) as refused:
        rate_risk(score)
    assert refused.value.message == "Risk score must be from 1 to 25"


@pytest.mark.parametrize(
    ("parts", "rating"),
    [
        (
            {"Savings": GREEN, "Milestones": AMBER, "Cost": GREEN},
            Rating(RatingWord.AMBER, "Milestones: 18 days late"),
        ),
        (
            {"Savings": RED, "Milestones": AMBER},
            Rating(RatingWord.RED, "Savings: £1.00 below the Amber threshold"),
        ),
        ({"Savings": GREEN, "Cost": GREEN}, Rating(RatingWord.GREEN, "Savings: On plan")),
        (
            {"Savings": GREEN, "Cost": Rating(RatingWord.NO_DATA, "No amount has been entered")},
            Rating(RatingWord.AMBER, "Cost: No amount has been entered"),
        ),
        (
            {"Old": Rating(RatingWord.CANCELLED, "Cancelled"), "Cost": GREEN},
            Rating(RatingWord.GREEN, "Cost: On plan"),
        ),
        (
            {"Savings": Rating(RatingWord.NOT_APPLICABLE, "No target is set")},
            Rating(RatingWord.NOT_APPLICABLE, "Nothing to rate"),
        ),
        ({}, Rating(RatingWord.NOT_APPLICABLE, "Nothing to rate")),
    ],
)
def test_roll_up_is_the_worst_part(parts: dict[str, Rating], rating: Rating):
    assert roll_up(parts) == rating


@pytest.mark.parametrize(
    ("savings_green", "savings_amber"),
    [(80, 80), (80, 95), (Fraction(159, 2), 80)],
)
def test_amber_threshold_must_be_lower_than_green(savings_green: int, savings_amber: int):
    with pytest.raises(Refusal) as refused:
        Thresholds(savings_green_percent=savings_green, savings_amber_percent=savings_amber)
    assert (refused.value.field, refused.value.message) == (
        "savings_amber_percent",
        "Amber threshold must be lower than the Green threshold",
    )


@pytest.mark.parametrize("field", ["cost_amber_percent", "risk_amber_score"])
def test_amber_threshold_of_costs_and_risks_must_be_higher_than_green(field: str):
    with pytest.raises(Refusal) as refused:
        Thresholds(**{field: 1})
    assert (refused.value.field, refused.value.message) == (
        field,
        "Amber threshold must be higher than the Green threshold",
    )


def test_thresholds_of_a_programme_are_used():
    strict = Thresholds(savings_green_percent=100, savings_amber_percent=99)
    assert rate_savings(PLAN, PLAN - 1, thresholds=strict).word == RatingWord.AMBER
    assert rate_savings(PLAN, PLAN * 98 // 100, thresholds=strict).word == RatingWord.RED


@given(st.integers(1, 10**12), st.integers(-(10**12), 10**12), st.integers(0, 10**12))
def test_more_saving_never_rates_worse(plan_pence: int, value_pence: int, more: int):
    order = [RatingWord.RED, RatingWord.AMBER, RatingWord.GREEN]
    before = order.index(rate_savings(plan_pence, value_pence).word)
    assert order.index(rate_savings(plan_pence, value_pence + more).word) >= before


@pytest.mark.parametrize(
    ("percent", "rating"),
    [
        (Fraction(1238, 10), Rating(RatingWord.GREEN, "123.8% of the trajectory, at least 90%")),
        (Fraction(90), Rating(RatingWord.GREEN, "90.0% of the trajectory, at least 90%")),
        (Fraction(8999, 100), Rating(RatingWord.AMBER, "90.0% of the trajectory, below 90%")),
        (Fraction(70), Rating(RatingWord.AMBER, "70.0% of the trajectory, below 90%")),
        (Fraction(699, 10), Rating(RatingWord.RED, "69.9% of the trajectory, below 70%")),
        (Fraction(-5), Rating(RatingWord.RED, "−5.0% of the trajectory, below 70%")),
        (NotAssessable("No value"), Rating(RatingWord.NO_DATA, "No value")),
        (NotApplicable("No target is set"), Rating(RatingWord.NOT_APPLICABLE, "No target is set")),
    ],
)
def test_measure_is_rated_by_how_much_of_its_trajectory_it_reached(
    percent: Fraction | NotAssessable | NotApplicable, rating: Rating
):
    assert rate_measure(percent) == rating


def test_missed_value_counts_as_amber_in_the_roll_up():
    missed = rate_measure(NotAssessable("No value for July 2027"))
    assert roll_up({"Calls answered": missed}) == Rating(
        RatingWord.AMBER, "Calls answered: No value for July 2027"
    )


def test_measure_thresholds_are_in_order():
    with pytest.raises(Refusal) as refused:
        Thresholds(measure_green_percent=70)
    assert (refused.value.field, refused.value.code) == ("measure_amber_percent", "88")
