"""The body that steers a partnership: when it last met, and when it meets next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.clock import london_date
from core.rules.calendar import format_date
from governance.enums import Authority, BodyType, MeetingState
from governance.models import Body, Meeting
from governance.rules.meetings import has_passed

_STEERS = (BodyType.STEERING_GROUP, BodyType.JOINT_COMMITTEE, BodyType.BOARD)
# Of a case of the past the source seldom says what sort of body it was; what it might do it says.
_MIGHT_STEER = (Authority.DECIDES, Authority.RECOMMENDS)
_NOBODY = "The steering group"


@dataclass(frozen=True, slots=True)
class SteeringMeetings:
    """The steering body as of a day, its last meeting held before that day and its next one, if any.

    `passed` is a later meeting whose day is over too, of which nobody recorded that it was held.
    """

    as_of: date
    body: Body | None = None
    last: Meeting | None = None
    next: Meeting | None = None
    passed: Meeting | None = None

    @property
    def name(self) -> str:
        """The body, or what stands for it where none is recorded."""
        return self.body.name if self.body else _NOBODY

    @property
    def since(self) -> date | None:
        """The day of the last meeting, which the dashboard compares with; None where there was none."""
        return london_date(self.last.starts_at) if self.last else None

    @property
    def passed_words(self) -> list[str]:
        """That the comparison leaves out a meeting that is not recorded; nothing where all are."""
        if self.passed is None:
            return []
        day = format_date(london_date(self.passed.starts_at))
        return [f"The meeting of {day} is not recorded as held, so nothing is compared with that day."]

    @property
    def next_on(self) -> date | None:
        """The day of the next meeting, which may be today."""
        return london_date(self.next.starts_at) if self.next else None

    @property
    def next_words(self) -> str:
        """When it meets next, in a sentence."""
        if self.next_on is None:
            return f"{self.name} has no meeting planned."
        if self.next_on == self.as_of:
            return f"{self.name} meets today."
        return f"{self.name} meets on {format_date(self.next_on)}."


def steering_meetings(partnership: int, *, as_of: date) -> SteeringMeetings:
    """Meetings of the partnership's steering group, else of its joint committee or board. Two queries."""
    bodies = [body for body in Body.objects.filter(partnership=partnership, is_ended=False) if _steers(body)]
    if not bodies:
        return SteeringMeetings(as_of)
    body = min(bodies, key=_place)
    meetings = Meeting.objects.filter(body=body).exclude(state=MeetingState.CANCELLED)
    rows = list(meetings.order_by("starts_at"))
    held = [one for one in rows if one.state == MeetingState.HELD and _on(one) < as_of]
    to_come = (one for one in rows if one.state == MeetingState.PLANNED and _on(one) >= as_of)
    last = held[-1] if held else None
    passed = [one for one in rows if has_passed(one.state, one.starts_at, as_of)]
    is_later = bool(passed) and (last is None or passed[-1].starts_at > last.starts_at)
    return SteeringMeetings(as_of, body, last, next(to_come, None), passed[-1] if is_later else None)


def _steers(body: Body) -> bool:
    is_unnamed = body.type == BodyType.NOT_STATED and body.authority in _MIGHT_STEER
    return body.type in _STEERS or is_unnamed


def _place(body: Body) -> tuple[int, int]:
    known = BodyType(body.type)
    return _STEERS.index(known) if known in _STEERS else len(_STEERS), body.order_index


def _on(meeting: Meeting) -> date:
    return london_date(meeting.starts_at)
