"""What is still to be recorded of a meeting, and where whoever keeps it does so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from governance.enums import MeetingState, MinutesState
from governance.models import Meeting
from governance.queries.next_steps import StepLink
from governance.rules.meetings import HOW_TO_RECORD, NOT_RECORDED, has_passed, meeting_word


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting, its state in a word on a day, what is missing; a step is None where it is not due."""

    meeting: Meeting
    word: str
    missing: str
    attendance: StepLink | None
    call_off: StepLink | None
    minutes: StepLink | None


def meeting_row(meeting: Meeting, *, as_of: date, keeps: bool) -> MeetingRow:
    """The meeting as lists show it; with its steps for a person who `keeps` it. No query."""
    is_over = has_passed(meeting.state, meeting.starts_at, as_of)
    has_no_minutes = meeting.state == MeetingState.HELD and meeting.minutes_state == MinutesState.NONE
    return MeetingRow(
        meeting,
        meeting_word(meeting.state, meeting.starts_at, as_of),
        _missing(keeps=keeps) if is_over else "",
        _step("Record who came", "attendance", meeting) if keeps and is_over else None,
        _step("Call it off", "call_off", meeting) if keeps and is_over else None,
        _step("Write the minutes", "minutes", meeting) if keeps and has_no_minutes else None,
    )


def _missing(*, keeps: bool) -> str:
    return f"{NOT_RECORDED}. {HOW_TO_RECORD}" if keeps else NOT_RECORDED


def _step(label: str, name: str, meeting: Meeting) -> StepLink:
    return StepLink(label, reverse(f"governance:meeting_{name}", args=[meeting.pk]))
