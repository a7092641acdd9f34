"""Past meetings at which a programme was reported on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.clock import london_date
from governance.enums import MeetingState
from governance.models import Meeting
from programme.models import Programme
from programme.queries.overview.slippage import ReportDay

MOST = 24


def meetings_held(programme: Programme, as_of: date) -> Sequence[ReportDay]:
    """Meetings that the partnership's bodies held before `as_of`, the latest first. One query."""
    held = Meeting.objects.filter(body__partnership=programme.partnership_id, state=MeetingState.HELD)
    rows = held.select_related("body").order_by("-starts_at")[:MOST]
    days = [ReportDay(london_date(row.starts_at), str(row.body)) for row in rows]
    return [day for day in days if day.on < as_of]
