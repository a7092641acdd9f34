"""Milestones for the calendar feeds: on the day on which each is expected, or was achieved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from core.exports.ical import CalendarEvent
from core.rules.dates import ImpreciseDate
from programme.models import Milestone
from programme.queries.history import date_in_words
from programme.rules.milestone import MilestoneProgress, expected_date, milestone_state

NOBODY = 0


def milestone_days(programmes: Collection[int], first_on: date, last_on: date) -> list[CalendarEvent]:
    """Milestones of these programmes that are expected, or were achieved, from the first to the last day.

    Two queries. One that is known only to a month or a season stands on its last day, with its words.
    """
    dates = ("plan_last_on", "forecast_last_on", "actual_last_on")
    near = Q(*((f"{name}__range", (first_on, last_on)) for name in dates), _connector=Q.OR)
    rows = Milestone.objects.filter(near, programme__in=programmes).select_related("programme")
    found = [(row, _expected(row)) for row in rows.prefetch_related("councils").order_by("pk")]
    return [_event(row, day) for row, day in found if day and first_on <= day.last_on <= last_on]


def _expected(milestone: Milestone) -> ImpreciseDate | None:
    return expected_date(*(milestone.get_date(name) for name in ("plan", "forecast", "actual")))


def _event(milestone: Milestone, day: ImpreciseDate) -> CalendarEvent:
    state = milestone_state(
        plan=milestone.get_date("plan"),
        forecast=milestone.get_date("forecast"),
        actual=milestone.get_date("actual"),
        stated_state=milestone.stated_state,
        as_of=day.last_on,
    )
    word = "Achieved: " if milestone.actual_last_on else ""
    return CalendarEvent(
        key=f"milestone-{milestone.pk}",
        title=f"{word}{milestone.title} ({milestone.ref})",
        starts=day.last_on,
        note=f"{milestone.programme}\n{_when(milestone, day)}",
        url=milestone.get_absolute_url(),
        is_cancelled=state == MilestoneProgress.CANCELLED,
        council_ids=tuple(sorted(council.pk for council in milestone.councils.all())),
        owner_id=milestone.owner_id or NOBODY,
        version=milestone.version,
        changed_at=milestone.updated_at,
    )


def _when(milestone: Milestone, day: ImpreciseDate) -> str:
    """What the day is: achieved, forecast or planned; and the plan where the forecast differs from it."""
    words = date_in_words(day)
    if milestone.actual_last_on:
        return f"Achieved on {words}" if day.is_exact else f"Achieved in {words}"
    plan = milestone.get_date("plan")
    if milestone.forecast_last_on is None:
        return f"Planned: {words}"
    return f"Forecast: {words}" + (f". Planned: {date_in_words(plan)}" if plan and plan != day else "")
