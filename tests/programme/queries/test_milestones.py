"""Milestones with where they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState
from programme.models import Milestone
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, milestone_rows, row_after
from programme.rules.milestone import MilestoneProgress
from programme.rules.milestone_update import MilestoneRecord
from programme.rules.rag import Rating, RatingWord
from programme.rules.worklist import Section
from tests.factories import MilestoneFactory, ProgrammeFactory, councils_of, plan_version

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOBODY = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())


def rows() -> list[MilestoneRow]:
    return milestone_rows(Milestone.objects.all(), as_of=TODAY, powers=NOBODY)


def one_row(**fields: object) -> MilestoneRow:
    MilestoneFactory(**fields)
    return rows()[0]


def test_rows_come_by_date_and_undated_last() -> None:
    programme = ProgrammeFactory()
    late = MilestoneFactory(programme=programme, plan=date(2026, 11, 13))
    undated = MilestoneFactory(programme=programme)
    achieved = MilestoneFactory(programme=programme, plan=date(2027, 1, 1), actual=date(2026, 10, 1))
    moved = MilestoneFactory(programme=programme, plan=date(2026, 1, 1), forecast=date(2027, 2, 1))
    assert [row.milestone for row in rows()] == [achieved, late, moved, undated]


def test_late_milestone() -> None:
    row = one_row(plan=date(2026, 11, 13), forecast=date(2026, 11, 13))
    assert (row.progress, row.section, row.word) == (MilestoneProgress.OVERDUE, Section.LATE, "Late")
    assert (row.days_late, row.when, row.change) == (11, "11 days late", "11 days late so far")
    assert row.rating == Rating(RatingWord.AMBER, "11 days overdue")
    assert row.is_as_planned


def test_forecast_given_yesterday_counts_from_yesterday() -> None:
    fields = {"plan": date(2026, 10, 1), "forecast": date(2026, 10, 1)}
    old = one_row(**fields, forecast_updated_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert old.rating.word == RatingWord.RED
    assert old.rating.reason == "54 days overdue with no new forecast for 54 days"


def test_moved_milestone() -> None:
    row = one_row(plan=date(2026, 11, 13), forecast=date(2026, 12, 14))
    assert (row.section, row.when, row.change_days, row.change) == (
        Section.LATER,
        "In 20 days",
        31,
        "31 days late",
    )
    assert row.rating.word == RatingWord.RED
    assert not row.is_as_planned


def test_achieved_milestone_ignores_its_forecast() -> None:
    row = one_row(plan=date(2026, 11, 13), forecast=date(2026, 12, 14), actual=date(2026, 11, 10))
    assert (row.is_done, row.change_days, row.change, row.when) == (True, -3, "3 days early", "")
    assert row.expected == ImpreciseDate.day(date(2026, 11, 10))


def test_original_plan_stands_beside_the_current_one() -> None:
    programme = ProgrammeFactory()
    milestone = MilestoneFactory(programme=programme)
    plan_version(programme, 1, dates=[(milestone, date(2026, 10, 1))])
    assert [(row.original, row.is_replanned) for row in rows()] == [
        (ImpreciseDate.day(date(2026, 10, 1)), False)
    ]
    plan_version(programme, 2, dates=[(milestone, date(2026, 12, 1))])
    (row,) = rows()
    assert (row.original, row.plan, row.is_replanned) == (
        ImpreciseDate.day(date(2026, 10, 1)),
        ImpreciseDate.day(date(2026, 12, 1)),
        True,
    )


def test_case_of_the_past_is_seen_from_the_day_its_source_knew() -> None:
    programme = ProgrammeFactory(base_fy=None, facts=ImpreciseDate.month(2011, 3))
    row = one_row(programme=programme, plan=ImpreciseDate.month(2011, 3))
    assert (row.as_of, row.progress) == (date(2011, 3, 31), MilestoneProgress.UPCOMING)


def test_what_to_know_of_a_row() -> None:
    programme = ProgrammeFactory()
    row = one_row(programme=programme, is_critical=True)
    row.milestone.councils.set(councils_of(programme)[:2])
    (row,) = rows()
    names = " and ".join(str(council) for council in row.councils)
    assert row.about == ["Key milestone", names]
    assert row.about_in_list == ["Key milestone", names, "Owner: not stated"]


def test_row_after_a_change_saves_nothing() -> None:
    row = one_row(plan=date(2026, 11, 13), forecast=date(2026, 11, 13))
    changed = MilestoneRecord(ImpreciseDate.day(date(2026, 12, 14)), None, "", "")
    after = row_after(row, changed, powers=NOBODY)
    assert after.rating == Rating(RatingWord.RED, "31 days late")
    achieved = MilestoneRecord(row.forecast, ImpreciseDate.day(date(2026, 11, 13)), "", "")
    assert row_after(row, achieved, powers=NOBODY).rating == Rating(RatingWord.ACHIEVED, "Achieved on plan")
    assert row.milestone.stated_state == MilestoneState.PLANNED
    assert rows() == [row]
