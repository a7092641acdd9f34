"""Who changed a milestone, when, from what, to what and why."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.enums import RoleName
from accounts.models import User
from core.actions.audit import record
from core.enums import Channel
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.models import Milestone
from programme.queries.history import (
    Edit,
    FieldChange,
    decode_date,
    edits_since,
    encode_date,
    milestone_history,
)
from tests.factories import MilestoneFactory, UserFactory, role

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


@pytest.fixture
def milestone() -> Milestone:
    return MilestoneFactory(plan=date(2026, 11, 13), forecast=date(2026, 11, 13))


@pytest.fixture
def manager(milestone: Milestone) -> User:
    user = UserFactory(name="Priya Raman")
    role(user, RoleName.PROGRAMME_MANAGER, partnership=milestone.programme.partnership)
    return user


@pytest.mark.parametrize(
    "value", [None, ImpreciseDate.day(date(2026, 4, 1)), ImpreciseDate.season(2011, "spring")]
)
def test_dates_come_back_from_the_trail(value: ImpreciseDate | None) -> None:
    assert decode_date(encode_date(value)) == value


def test_history_says_each_change_in_words_latest_first(milestone: Milestone, manager: User) -> None:
    with time_machine.travel(AT, tick=False):
        first = update_milestone(
            milestone, by=manager, seen_version=1, forecast_on=date(2026, 12, 14), note="Carrick waits"
        )
        update_milestone(
            first,
            by=manager,
            seen_version=2,
            achieved_on=date(2026, 11, 20),
            evidence="DOC-1",
            channel=Channel.API,
        )
    assert milestone_history(milestone) == [
        Edit(
            AT,
            "Priya Raman",
            "Through the API",
            (
                FieldChange("actual", "Achieved on", "nothing", "20 November 2026"),
                FieldChange("evidence", "Evidence", "nothing", "DOC-1"),
            ),
            "",
        ),
        Edit(
            AT,
            "Priya Raman",
            "On its page",
            (FieldChange("forecast", "Forecast date", "13 November 2026", "14 December 2026"),),
            "Carrick waits",
        ),
    ]


def test_history_reads_what_a_case_file_recorded(milestone: Milestone, manager: User) -> None:
    spring = encode_date(ImpreciseDate.season(2011, "spring"))
    record(
        milestone,
        by=manager,
        action="load_case",
        channel=Channel.IMPORT,
        before={"plan": None, "councils": []},
        after={"plan": spring, "councils": ["Ashmere", "Carrick"]},
    )
    (edit,) = milestone_history(milestone)
    assert (edit.channel, edit.changes) == (
        "From a case file",
        (
            FieldChange("plan", "Plan date", "nothing", "spring 2011"),
            FieldChange("councils", "Councils", "nothing", "Ashmere, Carrick"),
        ),
    )


def test_edits_since_a_version_first_one_first(milestone: Milestone, manager: User) -> None:
    saved = milestone
    for number, note in enumerate(("one", "two", "three"), 1):
        saved = update_milestone(saved, by=manager, seen_version=number, note=note)
    record(MilestoneFactory(), by=manager, action="update_milestone", after={"note": "other", "version": 9})
    assert [event.after["note"] for event in edits_since(milestone, 2)] == ["two", "three"]
    assert edits_since(milestone, 4) == []


def test_first_record_lists_no_changes(milestone: Milestone, manager: User) -> None:
    record(
        milestone, by=manager, action="import_milestone", channel=Channel.IMPORT, after={"title": "Agreement"}
    )
    (edit,) = milestone_history(milestone)
    assert (edit.is_first, edit.changes) == (True, ())
