"""Whether a meeting that was held could decide what is recorded of it (INV-10, rows 56 to 58)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from core.clock import LONDON, london_date
from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.words import listed
from governance.actions.bodies import scope_of
from governance.enums import MeetingState
from governance.models import AgendaItem, Attendance, Decision, Meeting, Vote
from governance.queries.body_councils import body_councils
from governance.queries.voting import ballots_of, body_rules, left_the_room, members_in_room
from governance.rules.voting import Result, check_quorum, check_votes, result


def check_votes_of(item: AgendaItem, votes: Sequence[Vote]) -> None:
    """Refuse votes on an item as rows 56 to 58; who left for the item is not in the room for it."""
    _check(item.meeting, item, votes)


def check_taken(decision: Decision, on: date, field: str) -> None:
    """Refuse what a joint body is said to have decided on a day when its meeting was not quorate (56).

    Votes recorded on the decision there must hold too (57, 58), and carry it. A decision that is on an agenda
    of the body is decided on the day of that meeting. A day without a meeting on record that was held is
    taken as it is told. `field` is where the day was given.
    """
    _check_day(decision, on, field)
    for meeting in _meetings(decision, on):
        items = list(meeting.items.filter(decision=decision).prefetch_related("interests", "votes__member"))
        for item in items:
            _check_carried(_check(meeting, item, list(item.votes.all())), field)
        if not items:
            _check(meeting, None, ())


def _check_day(decision: Decision, on: date, field: str) -> None:
    """Refuse another day than that of a meeting of the body which has the decision on its agenda."""
    put = Meeting.objects.filter(body=decision.body_id, items__decision=decision)
    held = put.exclude(state=MeetingState.CANCELLED).order_by("starts_at")
    days = list(dict.fromkeys(london_date(meeting.starts_at) for meeting in held))
    if days and on not in days:
        meetings = "meeting" if len(days) == 1 else "meetings"
        named = listed([format_date(day) for day in days])
        agenda = f"This decision is on the agenda of the {meetings} of {named}"
        way_on = "Enter that day, or put it on the agenda of the meeting that decided"
        raise Refusal(f"{agenda}. {way_on}", field, "INV-10")


def _check_carried(found: Result | None, field: str) -> None:
    """Refuse what the votes recorded on it did not carry."""
    if found is not None and not found.is_carried:
        raise Refusal(f"The meeting did not agree to this. {found.reason}", field, "INV-10")


def _meetings(decision: Decision, on: date) -> list[Meeting]:
    """Where the body met on the day by the clock in London: with the decision on its agenda, else at all."""
    starts = datetime.combine(on, time.min, LONDON)
    ends = datetime.combine(on + timedelta(days=1), time.min, LONDON)
    held = Meeting.objects.filter(
        state=MeetingState.HELD, starts_at__gte=starts, starts_at__lt=ends, body=decision.body_id
    ).select_related("body__partnership", "body__council", "chaired_by")
    put = held.filter(items__decision=decision).distinct()
    return list(put) or list(held)


def _check(meeting: Meeting, item: AgendaItem | None, votes: Sequence[Vote]) -> Result | None:
    """What came of the votes, where there are any; refuses as rows 56 to 58."""
    attendance = list(Attendance.objects.filter(meeting=meeting).select_related("member__council"))
    councils = body_councils(scope_of(meeting.body))
    rules = body_rules(meeting.body, councils, [row.member for row in attendance], meeting.chaired_by)
    left = left_the_room(item.interests.all()) if item else ()
    members = members_in_room(attendance, left)
    check_quorum(members, rules)
    ballots = ballots_of(votes)
    check_votes(members, ballots, rules)
    return result(members, ballots, rules) if ballots else None
