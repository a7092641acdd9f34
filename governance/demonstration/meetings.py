"""Meetings of the demonstration's steering group, and what was recorded when it last met."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from accounts.actions.system_user import system_user
from accounts.models import User
from core.actions import audit
from core.clock import LONDON
from core.enums import Channel
from core.models import AuditEvent
from governance.demonstration.decisions import STEERING_GROUP
from governance.demonstration.money import COUNCILS
from governance.demonstration.timing import Timing
from governance.enums import BodyType, MeetingState
from governance.models import Body, ChairTerm, Meeting
from governance.rules.voting import rotation
from programme.models import Council, Programme
from programme.queries.history import encode_date

SIX_PM, TEN = time(18), time(10)
_EARLY = (date(2025, 12, 9), date(2026, 1, 27), date(2026, 3, 10), date(2026, 4, 21), date(2026, 5, 19))
_RECENT = (date(2026, 6, 16), date(2026, 7, 14), date(2026, 9, 22))
_NEXT = date(2027, 1, 5)
# Milestones whose forecast moved since the last meeting; until then they were expected as planned.
_MOVED = ("M-14", "M-16", "M-24")
_FORECAST_ON = date(2026, 9, 8)
# A risk that was raised since the last meeting, and one that was thought less likely then.
_RAISED, _RAISED_ON = "R-13", date(2026, 10, 13)
_LIKELIER, _WAS, _LIKELIER_ON = "R-03", 3, date(2026, 10, 27)


def hold_meetings(programme: Programme, timing: Timing) -> None:
    """Enter eight meetings that were held and two to come, each at another council in turn."""
    body = Body.objects.get(partnership=programme.partnership_id, ref=STEERING_GROUP)
    body.type = BodyType.STEERING_GROUP
    body.save(update_fields=["type"])
    hosts = {council.key: council for council in Council.objects.filter(key__in=COUNCILS)}
    _take_the_chair(body, hosts, timing)
    held = [*(timing.early(day) for day in _EARLY), *(timing.past(day) for day in _RECENT)]
    to_come = [timing.meeting_day, timing.day(_NEXT)]
    by = system_user()
    for number, day in enumerate((*held, *to_come)):
        host = hosts[COUNCILS[number % len(COUNCILS)]]
        state = MeetingState.HELD if number < len(held) else MeetingState.PLANNED
        _meet(body, day, host, state, by)


def remember_forecasts(programme: Programme, timing: Timing) -> None:
    """Enter in the trail, with the day it was made, the forecast that stood when the group last met."""
    made_at = _ten_on(timing.past(_FORECAST_ON))
    events = []
    for milestone in programme.milestones.filter(ref__in=_MOVED).select_related("owner"):
        event = audit.event_of(
            milestone,
            by=milestone.owner or system_user(),
            action="forecast_milestone",
            channel=Channel.IMPORT,
            scope=programme.key,
            before={"forecast": None},
            after={"forecast": encode_date(milestone.get_date("plan"))},
        )
        event.at = made_at
        events.append(event)
    AuditEvent.objects.bulk_create(events)


def remember_registers(programme: Programme, timing: Timing) -> None:
    """Date the registers before the group last met, but for what was raised and scored anew since."""
    programme.risks.update(created_at=_ten_on(timing.past(_FORECAST_ON)))
    programme.risks.filter(ref=_RAISED).update(created_at=_ten_on(timing.past(_RAISED_ON)))
    risk = programme.risks.select_related("owner").get(ref=_LIKELIER)
    event = audit.event_of(
        risk,
        by=risk.owner or system_user(),
        action="update_risk",
        channel=Channel.IMPORT,
        scope=programme.key,
        before={"likelihood": _WAS},
        after={"likelihood": risk.likelihood},
    )
    event.at = _ten_on(timing.past(_LIKELIER_ON))
    event.save(force_insert=True)


def _ten_on(day: date) -> datetime:
    return datetime.combine(day, TEN, tzinfo=UTC)


def _take_the_chair(body: Body, councils: dict[str, Council], timing: Timing) -> None:
    """Enter the chairs of three municipal years, council by council in turn."""
    for term in rotation(COUNCILS, timing.base_fy - 1, len(COUNCILS)):
        ChairTerm.objects.create(
            body=body,
            municipal_year=term.year,
            chair=councils[term.chair],
            vice_chair=councils[term.vice_chair],
        )
    after = {"years": len(COUNCILS)}
    audit.record(body, by=system_user(), action="set_body_chair", channel=Channel.IMPORT, after=after)


def _meet(body: Body, day: date, host: Council, state: MeetingState, by: User) -> None:
    starts_at = datetime.combine(day, SIX_PM, tzinfo=LONDON)
    meeting = Meeting.objects.create(
        body=body, starts_at=starts_at, host=host, place="Council chamber", state=state,
        created_by=by, updated_by=by,
    )  # fmt: skip
    audit.record(meeting, by=by, action="create_meeting", channel=Channel.IMPORT, after={"state": state})
