"""The last day to publish an agenda (F-29), the terms of a body, and whose turn the chair is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.errors import Refusal, Refusals
from core.rules.calendar import bank_holidays
from governance.enums import Authority, BodyType, MeetingState, MinutesState
from governance.rules.agenda import AgendaDue, AgendaRule, agenda_due, agenda_prompt, check_agenda_open
from governance.rules.body_terms import check_authority, check_body_type, check_numbers
from governance.rules.chairs import municipal_year_words, next_chair
from governance.rules.meetings import (
    check_approving,
    check_begun,
    check_minutes_open,
    check_planned,
    check_substitutes,
)
from programme.enums import DayUnit

ASHMERE = AgendaRule("Ashmere", DayUnit.WORKING, bank_holidays())
BROCKVALE = AgendaRule("Brockvale", DayUnit.CALENDAR, bank_holidays())
CARRICK = AgendaRule("Carrick", DayUnit.WORKING, bank_holidays() | {date(2027, 1, 15)})
DUE = AgendaDue(date(2027, 1, 12), "5 clear working days before the meeting, as Ashmere counts")

LATE = "Late: 12 January 2027 was the last day"


def said_by(check, *args, **kwargs) -> list[str]:
    with pytest.raises((Refusal, Refusals)) as said:
        check(*args, **kwargs)
    return [row.message for row in getattr(said.value, "refusals", [said.value])]


def test_agenda_is_due_by_the_strictest_council() -> None:
    meeting_on = date(2027, 1, 20)
    assert agenda_due(meeting_on, [ASHMERE]) == DUE
    assert agenda_due(meeting_on, [BROCKVALE]) == AgendaDue(
        date(2027, 1, 14), "5 clear days before the meeting, as Brockvale counts"
    )
    assert agenda_due(meeting_on, [ASHMERE, BROCKVALE, CARRICK]) == AgendaDue(
        date(2027, 1, 11), "5 clear working days before the meeting, as Carrick counts"
    )
    assert agenda_due(date(2027, 1, 6), [ASHMERE]).by_on == date(2026, 12, 24)
    assert agenda_due(meeting_on, []) is None


@pytest.mark.parametrize(
    ("published_on", "today", "words"),
    [
        (None, date(2027, 1, 12), "Publish it by 12 January 2027, the last day"),
        (None, date(2027, 1, 13),
         f"{LATE}. The monitoring officer decides whether the meeting can go ahead"),
        (date(2027, 1, 12), date(2027, 1, 20), "In time: 12 January 2027 was the last day"),
        (date(2027, 1, 13), date(2027, 1, 20), LATE),
    ],
)  # fmt: skip
def test_prompt_says_whether_the_agenda_is_in_time(published_on, today, words) -> None:
    assert agenda_prompt(DUE, published_on, today) == words
    assert agenda_prompt(None, published_on, today) == ""


def test_published_agenda_does_not_change() -> None:
    check_agenda_open(None)
    message = "The agenda was published on 12 January 2027. Add a late item instead"
    assert said_by(check_agenda_open, date(2027, 1, 12)) == [message]


def test_what_a_meeting_was_cannot_change() -> None:
    check_planned(MeetingState.PLANNED)
    assert said_by(check_planned, MeetingState.HELD) == [
        "This meeting was held. Its arrangements cannot change"
    ]
    assert said_by(check_planned, MeetingState.CANCELLED) == ["This meeting is called off"]
    check_minutes_open(MinutesState.DRAFT)
    assert said_by(check_minutes_open, MinutesState.APPROVED) == [
        "The minutes are approved and cannot be changed"
    ]


def test_nobody_was_present_before_it_began() -> None:
    start = datetime(2027, 1, 20, 18, tzinfo=UTC)
    early = datetime(2027, 1, 20, 17, 59, 59, tzinfo=UTC)
    check_begun(start, start, has_present=True)
    check_begun(start, early, has_present=False)
    assert said_by(check_begun, start, early, has_present=True) == [
        "The meeting is on 20 January 2027. Record who will come, not who was present"
    ]


def test_substitute_comes_in_place_of_a_member() -> None:
    members = {1: ("E Dean", None), 2: ("G Pike", 1)}
    check_substitutes(members, {2})
    check_substitutes(members, {1})
    assert said_by(check_substitutes, members, {1, 2}) == [
        "G Pike is a substitute for E Dean, who was present"
    ]


def test_minutes_are_approved_by_a_later_meeting_that_was_held() -> None:
    held, later = datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2027, 1, 20, 18, tzinfo=UTC)
    check_approving(held, later, MeetingState.HELD)
    assert said_by(check_approving, held, held, MeetingState.HELD) == ["Choose a meeting after this one"]
    assert said_by(check_approving, held, later, MeetingState.PLANNED) == [
        "The meeting on 20 January 2027 has not been held yet"
    ]


def test_joint_bodies_are_of_partnerships_and_a_cabinet_of_one_council() -> None:
    check_body_type(BodyType.CABINET, is_own=True)
    check_body_type(BodyType.BOARD, is_own=False)
    assert said_by(check_body_type, BodyType.CABINET, is_own=False) == [
        "Choose what sort of body it is: this is a body of the partnership"
    ]
    assert said_by(check_body_type, BodyType.JOINT_COMMITTEE, is_own=True) == [
        "Choose what sort of body it is: this is a body of one council"
    ]


@pytest.mark.parametrize("kind", list(BodyType))
def test_only_a_body_that_may_decide_does(kind: BodyType) -> None:
    deciding = {BodyType.JOINT_COMMITTEE, BodyType.CABINET, BodyType.COUNCIL, BodyType.NOT_STATED}
    if kind in deciding:
        check_authority(kind, Authority.DECIDES)
    else:
        assert said_by(check_authority, kind, Authority.DECIDES) == [
            "A steering group or board recommends; it cannot decide"
        ]
    check_authority(kind, Authority.RECOMMENDS)


def test_quorum_is_within_the_seats() -> None:
    seats = {"Ashmere": 2, "Brockvale": 2, "Carrick": 1}
    check_numbers(seats, 5, 1, 6)
    check_numbers({"Ashmere": None}, 50, 5, None)
    assert said_by(check_numbers, seats, 6, 2, 0) == [
        "Quorum must be 5 or less: that is all its seats",
        "Quorum from each council must be 1 or less: one council has no more seats",
        "Weeks between meetings must be from 1 to 104",
    ]
    assert said_by(check_numbers, {"Ashmere": -1}, 0, -1, 105) == [
        "Seats of Ashmere must be from 0 to 200",
        "Quorum must be 1 or more",
        "Quorum from each council must be 0 or more",
        "Weeks between meetings must be from 1 to 104",
    ]


def test_chair_goes_round_in_the_order_of_the_partnership() -> None:
    councils = ["Ashmere", "Brockvale", "Carrick"]
    assert next_chair({}, 2026, councils) == "Ashmere"
    assert next_chair({2026: "Ashmere"}, 2027, councils) == "Brockvale"
    assert next_chair({2026: "Carrick"}, 2027, councils) == "Ashmere"
    assert next_chair({2026: "Elverton"}, 2027, councils) == "Ashmere"
    assert next_chair({}, 2026, ["Ashmere"]) is None
    assert municipal_year_words(2026) == "2026 to 2027"
