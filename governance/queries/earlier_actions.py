"""What was agreed before a meeting, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from core.clock import london_date
from core.publication import shown
from governance.enums import MeetingState
from governance.models import AgendaItem, Decision, Meeting
from programme.enums import GateRecommendationState
from programme.models import GateRecommendation, Programme


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was resolved on one item, as it may be shown, and the decision it concerned, where readable."""

    item: AgendaItem
    outcome: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """The last meeting of the body that was held before this one."""

    day: date
    resolved: tuple[Resolved, ...]


def last_meeting(meeting: Meeting, user: User) -> LastMeeting | None:
    """What was resolved at the meeting before this one; None where there was none. Three queries at most."""
    held = Meeting.objects.filter(body=meeting.body_id, state=MeetingState.HELD)
    before = held.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at", "-pk").first()
    if before is None:
        return None
    items = list(before.items.exclude(outcome="").order_by("number"))
    named = [item.decision_id for item in items if item.decision_id is not None]
    readable = Decision.objects.visible_to(user).in_bulk(named) if named else {}
    return LastMeeting(
        london_date(before.starts_at),
        tuple(
            Resolved(item, shown(item, item.outcome).text, readable.get(item.decision_id or 0))
            for item in items
        ),
    )


def recommendations_to_follow(
    programmes: Sequence[Programme], since: date | None
) -> list[GateRecommendation]:
    """What gate reviews recommended: open ones, and those settled `since` the last meeting. One query."""
    wanted = Q(state=GateRecommendationState.OPEN)
    if since is not None:
        wanted |= Q(settled_on__gte=since)
    rows = GateRecommendation.objects.filter(wanted, review__programme__in=programmes)
    return list(rows.select_related("review__programme", "owner").order_by("review", "number"))
