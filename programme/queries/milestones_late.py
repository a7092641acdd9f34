"""Milestones as a source of reminders to others than their owner: overdue, or not updated for long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Case, DateTimeField, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import LONDON, london_date
from core.rules.calendar import format_date
from programme.enums import MilestoneState, ReminderStep
from programme.models import Milestone
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import (
    Happening,
    RoleReminders,
    Span,
    Told,
    by_role,
    senior_owner,
)
from programme.querysets import QUIET

STALE_AFTER = timedelta(days=35)


class MilestonesOverdue(RoleReminders):
    """A milestone is late: the programme manager is told the next day, the senior owner after two weeks."""

    rule = "milestone_overdue"
    object_type = Milestone._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the milestone."""
        return reverse("programme:milestone_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Open milestones with the last day that each can mean. One query."""
        rows = _open(object_ids).annotate(due_on=Coalesce("forecast_last_on", "plan_last_on"))
        rows = rows.filter(Q(due_on__range=span) if span else Q(due_on__isnull=False))
        for row in rows:
            when = f"Was due on {format_date(row.due_on)}, not achieved"
            title = f"Overdue: {row.title}"
            yield Happening(row.pk, row.due_on, title, row.programme, _overdue(row), when)


class ForecastsStale(RoleReminders):
    """Nobody has updated a milestone for 35 days: its owner is told, a week later the lead officers."""

    rule = "forecast_stale"
    object_type = Milestone._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page on which the milestone is updated, with the box of its forecast open for typing."""
        return reverse("programme:milestone_update", args=[object_id], query={"field": "forecast_on"})

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Open milestones with an owner, 35 days after each was last updated. Two queries."""
        # A row that came with a file says itself when its forecast was made; one edited since, when that was.
        loaded = Coalesce("forecast_updated_at", "created_at", output_field=DateTimeField())
        last = Case(When(version__gt=1, then="updated_at"), default=loaded)
        rows = _open(object_ids).filter(owner__isnull=False).annotate(last_at=last)
        if span is not None:
            first, end = span[0] - STALE_AFTER, span[1] - STALE_AFTER + timedelta(days=1)
            rows = rows.filter(last_at__gte=_midnight(first), last_at__lt=_midnight(end))
        for row in rows.prefetch_related("councils"):
            on = london_date(row.last_at)
            when = f"Last updated on {format_date(on)}"
            title = f"Forecast not updated: {row.title}"
            yield Happening(row.pk, on + STALE_AFTER, title, row.programme, _stale(row), when)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _open(object_ids: Collection[int] | None) -> QuerySet[Milestone]:
    """Open milestones of programmes under way, or those with these keys."""
    rows = Milestone.objects.open().exclude(stated_state=MilestoneState.DONE)
    rows = rows.exclude(programme__state__in=QUIET).select_related("programme").order_by("pk")
    return rows if object_ids is None else rows.filter(pk__in=object_ids)


def _overdue(milestone: Milestone) -> Callable[[Holders], list[Told]]:
    programme = milestone.programme

    def told(holders: Holders) -> list[Told]:
        managers = by_role(holders.of_partnership, RoleName.PROGRAMME_MANAGER, programme.partnership_id)
        return [managers, senior_owner(holders, programme)]

    return told


def _stale(milestone: Milestone) -> Callable[[Holders], list[Told]]:
    partnership = milestone.programme.partnership_id
    councils = [council.pk for council in milestone.councils.all()]

    def told(holders: Holders) -> list[Told]:
        lead, late = RoleName.COUNCIL_LEAD, ReminderStep.ESCALATED
        leads = [by_role(holders.of_council, lead, key, partnership, step=late) for key in councils]
        owner = holders.readers_among([milestone.owner_id], partnership)
        return [
            (owner, ReminderStep.TOLD, "Owner of the milestone"),
            *(leads or [by_role(holders.of_partners, lead, partnership, step=late)]),
        ]

    return told
