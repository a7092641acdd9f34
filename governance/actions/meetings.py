"""Plan meetings, publish their agendas, record who came, and write and approve minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from governance.actions.bodies import scope_of
from governance.body_policies import check_keep
from governance.enums import Attending, MeetingState, MinutesState
from governance.models import Attendance, Body, BodyMember, Meeting
from governance.queries.body_councils import body_councils
from governance.rules.meetings import (
    check_approving,
    check_begun,
    check_minutes_open,
    check_planned,
    check_substitutes,
)
from programme.models import Council

LONGEST_MINUTES = 40_000


@dataclass(frozen=True, slots=True)
class Arrangements:
    """When and where a meeting is, and which council holds it."""

    starts_at: datetime
    place: str = ""
    host: Council | None = None


@transaction.atomic
def plan_meeting(
    body: Body, *, by: User, arrangements: Arrangements, channel: Channel = Channel.PAGE
) -> Meeting:
    """A new meeting of the body, still to be held."""
    check_keep(by, body)
    if body.is_ended:
        raise Refusal(f"{body} no longer meets", code="meeting")
    values = _arranged(body, arrangements)
    meeting = Meeting.objects.create(body=body, created_by=by, updated_by=by, **values)
    _record(meeting, by, "plan_meeting", channel, after=_plain(values))
    return meeting


@transaction.atomic
def update_meeting(
    meeting: Meeting, *, by: User, seen_version: int, arrangements: Arrangements,
    channel: Channel = Channel.PAGE,
) -> Meeting:  # fmt: skip
    """The meeting at another time or place; refuses once it is held or called off, and a stale edit."""
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    check_planned(meeting.state)
    values = _arranged(meeting.body, arrangements, meeting)
    before, after = _plain({name: getattr(meeting, name) for name in values}), _plain(values)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return meeting
    saved = _write(meeting, values, by, seen_version)
    _record(
        saved, by, "update_meeting", channel,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return saved


@transaction.atomic
def call_off_meeting(
    meeting: Meeting, *, by: User, seen_version: int, reason: str, channel: Channel = Channel.PAGE
) -> Meeting:
    """The meeting called off, with the reason; what was put before it stays."""
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    check_planned(meeting.state)
    why = check_text(reason, "Reason", 300, "reason")
    if not why:
        raise Refusal("Enter why it is called off", "reason")
    values = {"state": MeetingState.CANCELLED, "cancelled_reason": why}
    saved = _write(meeting, values, by, seen_version)
    _record(saved, by, "call_off_meeting", channel, after={"reason": why})
    return saved


@transaction.atomic
def publish_agenda(
    meeting: Meeting,
    *,
    by: User,
    seen_version: int,
    published_on: date | None = None,
    channel: Channel = Channel.PAGE,
) -> Meeting:
    """The agenda as published on a day, today unless said. A late one is published too: it shows as late."""
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    check_planned(meeting.state)
    day = published_on or clock.today()
    if day > clock.today():
        raise Refusal("Publication date must be today or in the past", "published_on")
    if not meeting.items.exists():
        raise Refusal("Add an item to the agenda first", "published_on", "agenda")
    saved = _write(meeting, {"agenda_published_on": day}, by, seen_version)
    _record(saved, by, "publish_agenda", channel, after={"agenda_published_on": day.isoformat()})
    return saved


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    by: User,
    seen_version: int,
    states: Mapping[int, str],
    chaired_by: BodyMember | None = None,
    channel: Channel = Channel.PAGE,
) -> Meeting:
    """Who will come, or who came; `states` by the member's id.

    Once anybody was present the meeting was held; that can be said from the moment it began. A substitute
    is present only in the place of a member who is not.
    """
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    _check_not_called_off(meeting)
    check_minutes_open(meeting.minutes_state)
    members = _members(meeting, states)
    present = {pk for pk, state in states.items() if state == Attending.PRESENT}
    check_begun(meeting.starts_at, clock.now(), has_present=bool(present))
    check_substitutes({pk: (row.name, row.substitute_for_id) for pk, row in members.items()}, present)
    _check_chair(meeting, chaired_by, present)
    values: dict[str, Any] = {"chaired_by": chaired_by}
    if present:
        values["state"] = MeetingState.HELD
    saved = _write(meeting, values, by, seen_version)
    for pk, state in states.items():
        Attendance.objects.update_or_create(
            meeting=meeting, member=members[pk], defaults={"state": Attending(state)}
        )
    said = {members[pk].name: str(state) for pk, state in sorted(states.items())}
    chair = chaired_by.name if chaired_by else None
    _record(saved, by, "record_attendance", channel, after={"members": said, "chaired_by": chair})
    return saved


@transaction.atomic
def write_minutes(
    meeting: Meeting, *, by: User, seen_version: int, minutes: str, channel: Channel = Channel.PAGE
) -> Meeting:
    """Draft minutes of a meeting that was held; refuses once they are approved."""
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    check_minutes_open(meeting.minutes_state)
    if meeting.state != MeetingState.HELD:
        raise Refusal("Record who came to the meeting first", "minutes")
    text = check_text(minutes, "Minutes", LONGEST_MINUTES, "minutes")
    if not text:
        raise Refusal("Enter the minutes", "minutes")
    saved = _write(meeting, {"minutes": text, "minutes_state": MinutesState.DRAFT}, by, seen_version)
    _record(saved, by, "write_minutes", channel, before={"minutes": meeting.minutes}, after={"minutes": text})
    return saved


@transaction.atomic
def approve_minutes(
    meeting: Meeting, *, by: User, seen_version: int, at: Meeting | None, channel: Channel = Channel.PAGE
) -> Meeting:
    """The minutes as approved at a later meeting of the same body that was held; final from then on."""
    check_keep(by, meeting.body)
    check_seen(meeting, seen_version)
    check_minutes_open(meeting.minutes_state)
    if meeting.minutes_state != MinutesState.DRAFT:
        raise Refusal("Write the minutes first", "at")
    if at is None or at.body_id != meeting.body_id:
        raise Refusal("Choose the later meeting that approved them", "at")
    check_approving(meeting.starts_at, at.starts_at, at.state)
    values = {"minutes_state": MinutesState.APPROVED, "minutes_approved_at": at}
    saved = _write(meeting, values, by, seen_version)
    _record(
        saved,
        by,
        "approve_minutes",
        channel,
        after={"approved_at": clock.london_date(at.starts_at).isoformat()},
    )
    return saved


def _arranged(body: Body, arrangements: Arrangements, meeting: Meeting | None = None) -> dict[str, Any]:
    taken = Meeting.objects.filter(body=body, starts_at=arrangements.starts_at)
    if meeting is not None:
        taken = taken.exclude(pk=meeting.pk)
    if taken.exists():
        raise Refusal("This body already meets at that time", "starts_on")
    if arrangements.host != (meeting.host if meeting else None):
        _check_host(body, arrangements.host)
    return {
        "starts_at": arrangements.starts_at,
        "place": check_text(arrangements.place, "Place", 200, "place"),
        "host": arrangements.host,
    }


def _check_host(body: Body, host: Council | None) -> None:
    if host is not None and host not in body_councils(scope_of(body)):
        raise Refusal("Choose a council of this body", "host")


def _members(meeting: Meeting, states: Mapping[int, str]) -> dict[int, BodyMember]:
    rows = BodyMember.objects.filter(body=meeting.body_id, pk__in=states).select_related("council")
    members = {row.pk: row for row in rows}
    if set(states) - set(members):
        raise Refusal("Choose members of this body", "members")
    return members


def _check_chair(meeting: Meeting, chair: BodyMember | None, present: set[int]) -> None:
    if chair is None:
        return
    if chair.body_id != meeting.body_id or (present and chair.pk not in present):
        raise Refusal("Choose who took the chair from those present", "chaired_by")


def _check_not_called_off(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refusal("This meeting is called off", code="meeting")


def _write(meeting: Meeting, values: Mapping[str, Any], by: User, seen_version: int) -> Meeting:
    write_next(meeting, values, by=by, seen_version=seen_version)
    rows = Meeting.objects.select_related("body__partnership", "body__council", "host", "chaired_by")
    return rows.get(pk=meeting.pk)


def _record(meeting: Meeting, by: User, action: str, channel: Channel, **parts: Any) -> None:
    audit.record(meeting, by=by, action=action, channel=channel, scope=scope_of(meeting.body).key, **parts)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else (value.key if isinstance(value, Council) else value)
        for name, value in values.items()
    }
