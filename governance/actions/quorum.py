"""Whether a meeting that was held could decide what is recorded of it (INV-10, rows 56 to 58)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from core.clock import LONDON
from governance.actions.bodies import scope_of
from governance.enums import MeetingState
from governance.models import AgendaItem, Attendance, Decision, Meeting, Vote
from governance.queries.body_councils import body_councils
from governance.queries.voting import ballots_of, body_rules, left_the_room, members_in_room
from governance.rules.voting import check_quorum, check_votes


def check_votes_of(item: AgendaItem, votes: Sequence[Vote]) -> None:
    """Refuse votes on an item as rows 56 to 58; who left for the item is not in the room for it."""
    _check(item.meeting, item, votes)


def check_taken(decision: Decision, on: date) -> None:
    """Refuse what a joint body is said to have decided on a day when its meeting was not quorate (56).

    Votes recorded on the decision there must hold too (57, 58). A day without a meeting on record that was
    held is taken as it is told.
    """
    for meeting in _meetings(decision, on):
        items = list(meeting.items.filter(decision=decision).prefetch_related("interests", "votes__member"))
        for item in items:
            _check(meeting, item, list(item.votes.all()))
        if not items:
            _check(meeting, None, ())


def _meetings(decision: Decision, on: date) -> list[Meeting]:
    """Where the body met on the day by the clock in London: with the decision on its agenda, else at all."""
    starts = datetime.combine(on, time.min, LONDON)
    ends = datetime.combine(on + timedelta(days=1), time.min, LONDON)
    held = Meeting.objects.filter(
        state=MeetingState.HELD, starts_at__gte=starts, starts_at__lt=ends, body=decision.body_id
    ).select_related("body__partnership", "body__council", "chaired_by")
    put = held.filter(items__decision=decision).distinct()
    return list(put) or list(held)


def _check(meeting: Meeting, item: AgendaItem | None, votes: Sequence[Vote]) -> None:
    attendance = list(Attendance.objects.filter(meeting=meeting).select_related("member__council"))
    councils = body_councils(scope_of(meeting.body))
    rules = body_rules(meeting.body, councils, [row.member for row in attendance], meeting.chaired_by)
    left = left_the_room(item.interests.all()) if item else ()
    members = members_in_room(attendance, left)
    check_quorum(members, rules)
    check_votes(members, ballots_of(votes), rules)
