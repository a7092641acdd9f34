"""Milestones as a source of reminders: who is to be told of which."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import cast

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from programme.enums import MilestoneState, ReminderStep
from programme.models import Milestone
from programme.querysets import QUIET, readable
from programme.rules.reminder_catalogue import RULES
from programme.rules.reminders import DueItem, Part

_OWNER = (Part(ReminderStep.TOLD, "Owner of the milestone"),)
_OFFSETS = RULES["milestone_due"].days_of([ReminderStep.TOLD])

# All that a reminder says; a hundred thousand whole rows would take twice as long.
_READ = (
    "title",
    "owner",
    "programme__name",
    *(
        f"{name}_{part}"
        for name in ("plan", "forecast")
        for part in ("first_on", "last_on", "precision", "text")
    ),
)


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
        return map(self._item, _awaited(Q(due_on__range=(first_on, last_on))).iterator())

    def still_due(self, recipient_id: int, object_ids: Collection[int]) -> Iterator[DueItem]:
        """Those milestones of which the person is still to be reminded, as they stand now. One query."""
        return map(self._item, _awaited(Q(owner=recipient_id, pk__in=object_ids)))

    def path(self, object_id: int) -> str:
        """The page on which the milestone is updated, with the box of its forecast open for typing."""
        return reverse("programme:milestone_update", args=[object_id], query={"field": "forecast_on"})

    def _item(self, milestone: Milestone) -> DueItem:
        due = milestone.get_date("forecast") or milestone.get_date("plan")
        if due is None or milestone.owner_id is None:
            raise ValueError(f"Milestone {milestone.pk} has no date or no owner")
        return DueItem(
            rule=self.rule,
            object_id=milestone.pk,
            recipient_id=milestone.owner_id,
            due_on=due.last_on,
            title=milestone.title,
            programme_id=milestone.programme_id,
            programme=milestone.programme.name,
            path=self.path(milestone.pk),
            stated_when="" if due.is_exact else str(due),
            offsets=_OFFSETS,
            parts=_OWNER,
        )


def _awaited(wanted: Q) -> QuerySet[Milestone]:
    """Open milestones that are `wanted`, with an owner who can be told; `due_on` is the day each is due."""
    # The person is the owner of the row itself, so that any number of owners takes one query.
    owner_may_read = readable(cast("User", OuterRef("owner")), "programme__partnership")
    return (
        Milestone.objects.open()
        .exclude(stated_state=MilestoneState.DONE)
        .exclude(programme__state__in=QUIET)
        .filter(owner_may_read, owner__is_active=True)
        .annotate(due_on=Coalesce("forecast_last_on", "plan_last_on"))
        .filter(wanted, due_on__isnull=False)
        .select_related("programme")
        .only(*_READ)
    )
