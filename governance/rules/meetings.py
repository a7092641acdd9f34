"""What may happen to a meeting, in which order (domain.md 2.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from core.clock import london_date
from core.errors import Refusal
from core.rules.calendar import format_date
from governance.enums import MeetingState, MinutesState

DAY_PASSED = "Day passed"
NOT_RECORDED = "Nobody has recorded that it was held"
HOW_TO_RECORD = "Record who came, then write the minutes; if it did not take place, call it off"


def has_passed(state: str, starts_at: datetime, as_of: date) -> bool:
    """Whether the day of a meeting is over of which nobody recorded that it was held or called off."""
    return state == MeetingState.PLANNED and london_date(starts_at) < as_of


def meeting_word(state: str, starts_at: datetime, as_of: date) -> str:
    """Its state in a word; of a planned meeting whose day is over, that it is."""
    return DAY_PASSED if has_passed(state, starts_at, as_of) else str(MeetingState(state).label)


def check_planned(state: str) -> None:
    """Refuse a change of a meeting that was held or called off."""
    if state == MeetingState.HELD:
        raise Refusal("This meeting was held. Its arrangements cannot change", code="meeting")
    if state == MeetingState.CANCELLED:
        raise Refusal("This meeting is called off", code="meeting")


def check_begun(starts_at: datetime, moment: datetime, *, has_present: bool) -> None:
    """Refuse to record members as present before the meeting begins."""
    if has_present and moment < starts_at:
        day = format_date(london_date(starts_at))
        raise Refusal(f"The meeting is on {day}. Record who will come, not who was present", "members")


def check_substitutes(members: Mapping[int, tuple[str, int | None]], present: Collection[int]) -> None:
    """Refuse a substitute who is present beside the member they stand for.

    `members` by id: the name, and the id of the member they are a substitute for.
    """
    for member in sorted(present):
        name, first = members[member]
        if first is not None and first in present:
            raise Refusal(f"{name} is a substitute for {members[first][0]}, who was present", "members")


def check_minutes_open(state: str) -> None:
    """Refuse a change of what minutes record once they are approved."""
    if state == MinutesState.APPROVED:
        raise Refusal("The minutes are approved and cannot be changed", code="minutes")


def check_approving(held_at: datetime, approved_at: datetime, state: str) -> None:
    """Refuse approval by a meeting that was not held, or not after the meeting that the minutes are of."""
    if approved_at <= held_at:
        raise Refusal("Choose a meeting after this one", "at")
    if state != MeetingState.HELD:
        day = format_date(london_date(approved_at))
        raise Refusal(f"The meeting on {day} has not been held yet", "at")
