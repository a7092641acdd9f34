"""Meetings, last days for notices and agendas, and call-in closings, for the calendar feeds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse

from core.clock import LONDON, today
from core.exports.ical import CalendarEvent
from governance.enums import MeetingState
from governance.models import CouncilDecision, Decision, Meeting
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.board import Group
from governance.rules.facts import Answer
from governance.rules.position import Position
from governance.rules.steps import agenda_due_on, notice_due_on

_WAITING = (Group.ON_AGENDA, Group.WAITING)


def decision_days(programmes: Collection[int], first_on: date, last_on: date) -> list[CalendarEvent]:
    """What decisions of these programmes that are on their way need by when. A fixed number of queries."""
    decisions = Decision.objects.filter(programme__in=programmes)
    rows = decision_rows(decisions, as_of=today())
    events = (event for row in rows if row.group in _WAITING for event in _of_row(row))
    return [event for event in events if first_on <= _day(event) <= last_on]


def meeting_days(programmes: Collection[int], first_on: date, last_on: date) -> list[CalendarEvent]:
    """Meetings of the joint bodies, and of a council's own that has one of these decisions before it."""
    joint = Q(body__partnership__programmes__in=programmes)
    own = Q(body__council__isnull=False, items__decision__programme__in=programmes)
    starts, ends = _midnight(first_on), _midnight(last_on + timedelta(days=1))
    meetings = Meeting.objects.filter(joint | own, starts_at__gte=starts, starts_at__lt=ends)
    related = meetings.select_related("body").distinct()
    return [_meeting(one) for one in related.order_by("starts_at", "pk")]


def _meeting(meeting: Meeting) -> CalendarEvent:
    return CalendarEvent(
        key=f"meeting-{meeting.pk}",
        title=f"{meeting.body} meets",
        starts=meeting.starts_at,
        place=meeting.place,
        url=reverse("governance:meeting_detail", args=[meeting.pk]),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
        council_id=meeting.body.council_id,
    )


def _of_row(row: DecisionRow) -> Iterator[CalendarEvent]:
    for (asked, position), answer in zip(row.answers, row.proposal.answers, strict=True):
        yield from _before(row, asked, position, answer)
        call_in = position.call_in
        if call_in and position.is_call_in_open:
            yield _event(
                row, asked, "call-in", f"Call-in of {answer.name}’s decision closes", call_in.closes_at
            )


def _before(
    row: DecisionRow, asked: CouncilDecision, position: Position, answer: Answer
) -> Iterator[CalendarEvent]:
    """The notice, the agenda and the day itself, of a council that has still to decide."""
    if not position.is_waiting or answer.next_meeting_on is None:
        return
    notice_on = notice_due_on(answer, row.proposal, row.day)
    if notice_on and answer.notice_published_on is None:
        yield _event(
            row, asked, "notice", f"Last day: {answer.name} publishes the key decision notice", notice_on
        )
    agenda_on = agenda_due_on(answer, row.day)
    if agenda_on:
        yield _event(row, asked, "agenda", f"Last day: {answer.name} publishes the agenda", agenda_on)
    yield _event(row, asked, "decides", f"{answer.name} decides", answer.next_meeting_on)


def _event(
    row: DecisionRow, asked: CouncilDecision, kind: str, what: str, starts: date | datetime
) -> CalendarEvent:
    decision = row.decision
    return CalendarEvent(
        key=f"{kind}-{asked.pk}-{decision.text_number}",
        title=f"{what}: {decision.ref} {decision.title}",
        starts=starts,
        note="Dates are prompts: each council’s monitoring officer decides.",
        url=decision.get_absolute_url(),
        council_id=asked.council_id,
    )


def _day(event: CalendarEvent) -> date:
    return event.starts.date() if isinstance(event.starts, datetime) else event.starts


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
