"""The days that a date of a review may lie in (row 13)."""

from __future__ import annotations

from datetime import date

from django.db.models import Min

from programme.models import Programme
from programme.rules.milestone_update import programme_period


def period_of(programme: Programme) -> tuple[date, date] | None:
    """First and last day of the programme; None where its base year is not stated. One query."""
    if programme.base_fy is None:
        return None
    first_start = programme.phases.aggregate(first=Min("start_first_on"))["first"]
    return programme_period(programme.base_fy, programme.horizon_years, first_start)
