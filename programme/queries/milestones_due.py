"""Milestones as a source of reminders: who is to be told of which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, cast

from django.db.models import Case, OuterRef, Q, QuerySet, When
from django.urls import reverse

from accounts.models import User
from core.enums import DatePrecision
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState, ReminderStep
from programme.models import Milestone
from programme.querysets import QUIET, readable
from programme.rules.reminder_catalogue import RULES
from programme.rules.reminders import DueItem, Part

_OWNER = (Part(ReminderStep.TOLD, "Owner of the milestone"),)
_OFFSETS = RULES["milestone_due"].days_of([ReminderStep.TOLD])

# All that a reminder says, of the forecast or of the plan that stands in for it. A hundred thousand fall due
# in a large region on one day, so that no object is made of each row.
_DATE = ("due_first_on", "due_last_on", "due_precision", "due_text")
_READ = ("pk", "owner", "programme", "programme__name", "title", *_DATE)
_ANY = 10**12


class MilestonesDue:
    """Reminds the owner of an open milestone, counted to the last day that its forecast can mean.

    The plan stands in where nobody has made a forecast, as it does in My work. Nobody is reminded of a
    milestone of a programme that is paused or over, nor of one that they may no longer read.
    """

    rule = "milestone_due"
    spec = RULES["milestone_due"]
    is_for_holders_alone = False
    object_type = Milestone._meta.label_lower

    def due_between(self, first_on: date, last_on: date) -> Iterator[DueItem]:
        """What is due from `first_on` to `last_on`, both included. One query."""
        return self._items(_awaited(Q(due_last_on__range=(first_on, last_on))).iterator())

    def still_due(self, recipient_id: int, object_ids: Collection[int]) -> Iterator[DueItem]:
        """Those milestones of which the person is still to be reminded, as they stand now. One query."""
        return self._items(_awaited(Q(owner=recipient_id, pk__in=object_ids)))

    def path(self, object_id: int) -> str:
        """The page on which the milestone is updated, with the box of its forecast open for typing."""
        return reverse("programme:milestone_update", args=[object_id], query={"field": "forecast_on"})

    def _items(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[DueItem]:
        # Asked once: the address of a hundred thousand rows differs in its number alone.
        before, after = self.path(_ANY).split(str(_ANY))
        for pk, owner, programme, name, title, *due in rows:
            yield DueItem(
                rule=self.rule,
                object_id=pk,
                recipient_id=owner,
                due_on=due[1],
                title=title,
                programme_id=programme,
                programme=name,
                path=f"{before}{pk}{after}",
                stated_when="" if due[2] == DatePrecision.DAY else str(ImpreciseDate(*due)),
                offsets=_OFFSETS,
                parts=_OWNER,
            )


def _awaited(wanted: Q) -> QuerySet[Milestone, tuple[Any, ...]]:
    """What is read of open milestones that are `wanted`, with an owner who can be told and a day on which
    each is due."""
    # The person is the owner of the row itself, so that any number of owners takes one query.
    owner_may_read = readable(cast("User", OuterRef("owner")), "programme__partnership")
    return (
        Milestone.objects.open()
        .exclude(stated_state=MilestoneState.DONE)
        .exclude(programme__state__in=QUIET)
        .filter(owner_may_read, owner__is_active=True)
        .annotate(
            due_first_on=_stated("first_on"),
            due_last_on=_stated("last_on"),
            due_precision=_stated("precision"),
            due_text=_stated("text"),
        )
        .filter(wanted, due_last_on__isnull=False)
        .values_list(*_READ)
    )


def _stated(part: str) -> Case:
    """One column of the forecast, or of the plan where there is no forecast."""
    return Case(When(forecast_first_on__isnull=False, then=f"forecast_{part}"), default=f"plan_{part}")
