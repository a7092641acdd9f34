"""Where a milestone stands, and its variance (F-25, INV-29)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.rules.assessment import NotApplicable
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState
from programme.rules.milestone import (
    MilestoneProgress,
    days_overdue,
    expected_date,
    milestone_state,
    on_time_rate,
    variance_days,
)

APRIL_2011 = ImpreciseDate.month(2011, 4)
JANUARY_31 = ImpreciseDate.day(date(2009, 1, 31))


def state(
    as_of: date,
    *,
    plan: ImpreciseDate | None = None,
    forecast: ImpreciseDate | None = None,
    actual: ImpreciseDate | None = None,
    stated: MilestoneState = MilestoneState.PLANNED,
) -> MilestoneProgress:
    return milestone_state(plan=plan, forecast=forecast, actual=actual, stated_state=stated, as_of=as_of)


def test_go_live_due_in_a_month_is_overdue_only_after_it():
    days = [date(2011, 4, 15), date(2011, 4, 30), date(2011, 5, 1)]
    assert [state(day, plan=APRIL_2011) for day in days] == [
        MilestoneProgress.UPCOMING,
        MilestoneProgress.UPCOMING,
        MilestoneProgress.OVERDUE,
    ]


@pytest.mark.parametrize("stated", [MilestoneState.OUTCOME_NOT_STATED, MilestoneState.IN_PROGRESS])
def test_outcome_not_stated_is_overdue_once_past(stated: MilestoneState):
    assert state(date(2009, 2, 15), plan=JANUARY_31, stated=stated) == MilestoneProgress.OVERDUE
    assert state(date(2009, 1, 31), plan=JANUARY_31, stated=stated) == MilestoneProgress.UPCOMING


def test_done_from_the_last_day_of_the_actual_date():
    actual = ImpreciseDate.month(2008, 6)
    dates = [date(2008, 6, 29), date(2008, 6, 30)]
    assert [state(day, actual=actual, stated=MilestoneState.DONE) for day in dates] == [
        MilestoneProgress.UPCOMING,
        MilestoneProgress.DONE,
    ]


def test_seen_from_before_its_actual_date_a_late_milestone_was_overdue():
    actual = ImpreciseDate.day(date(2009, 3, 1))
    assert (
        state(date(2009, 2, 15), plan=JANUARY_31, actual=actual, stated=MilestoneState.DONE)
        == MilestoneProgress.OVERDUE
    )


def test_done_without_a_date_is_done():
    assert (
        state(date(2009, 2, 15), plan=JANUARY_31, stated=MilestoneState.DONE_UNDATED)
        == MilestoneProgress.DONE
    )


def test_date_from_outside_is_never_overdue():
    external = MilestoneState.EXTERNAL_DATE
    assert state(date(2009, 1, 31), plan=JANUARY_31, stated=external) == MilestoneProgress.UPCOMING
    assert state(date(2020, 1, 1), plan=JANUARY_31, stated=external) == MilestoneProgress.PASSED


def test_cancelled_stays_cancelled():
    assert (
        state(date(2020, 1, 1), plan=JANUARY_31, stated=MilestoneState.CANCELLED)
        == MilestoneProgress.CANCELLED
    )


def test_forecast_takes_the_place_of_the_plan():
    later = ImpreciseDate.day(date(2009, 3, 31))
    assert state(date(2009, 2, 15), plan=JANUARY_31, forecast=later) == MilestoneProgress.UPCOMING
    assert state(date(2009, 4, 1), plan=JANUARY_31, forecast=later) == MilestoneProgress.OVERDUE


def test_without_any_date_it_is_still_to_come():
    assert state(date(2020, 1, 1)) == MilestoneProgress.UPCOMING


def test_actual_date_silences_the_forecast():
    forecast, actual = ImpreciseDate.day(date(2009, 3, 31)), ImpreciseDate.day(date(2009, 2, 1))
    assert expected_date(JANUARY_31, forecast, actual) == actual
    assert expected_date(JANUARY_31, forecast, None) == forecast
    assert expected_date(JANUARY_31, None, None) == JANUARY_31
    assert expected_date(None, None, None) is None


@pytest.mark.parametrize(
    ("other", "days"), [(date(2027, 4, 19), 18), (date(2027, 3, 29), -3), (date(2027, 6, 1), 61)]
)
def test_variance_worked_examples(other: date, days: int):
    assert variance_days(ImpreciseDate.day(date(2027, 4, 1)), ImpreciseDate.day(other)) == days


@pytest.mark.parametrize(
    ("other", "days"),
    [
        (ImpreciseDate.day(date(2011, 4, 15)), 0),
        (ImpreciseDate.day(date(2011, 4, 30)), 0),
        (ImpreciseDate.day(date(2011, 5, 2)), 2),
        (ImpreciseDate.day(date(2011, 3, 31)), -1),
        (ImpreciseDate.month(2011, 5), 31),
    ],
)
def test_variance_from_a_planned_month(other: ImpreciseDate, days: int):
    assert variance_days(APRIL_2011, other) == days


def test_days_overdue_count_from_the_last_possible_day():
    assert [days_overdue(APRIL_2011, day) for day in (date(2011, 4, 2), date(2011, 5, 3))] == [0, 3]


def test_on_time_rate_counts_early_and_on_plan():
    assert on_time_rate([-3, 0, 18, 61]) == Fraction(1, 2)
    assert on_time_rate([]) == NotApplicable("No milestone has been achieved yet")
