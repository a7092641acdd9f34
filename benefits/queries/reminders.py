"""Reminders about benefits: their review dates, and starting values that nobody entered (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from benefits.enums import BenefitState, BenefitStep
from benefits.models import Benefit
from core.clock import london_date
from programme.enums import ProgrammeState, ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, senior_owner

_PAUSED = (ProgrammeState.PAUSED, ProgrammeState.CANCELLED)
_DAYS_TO_START = timedelta(days=30)


class BenefitReviews(RoleReminders):
    """Tells the owner two weeks before a review and on its day, and the senior owner two weeks after.

    Benefits are reviewed after their programme has closed, too.
    """

    rule = "benefit_review"
    object_type = Benefit._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page where the review is recorded."""
        return reverse("benefits:benefit_review_create", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Open benefits with a review date. One query."""
        wanted = Q(review_on__range=span) if span else Q(review_on__isnull=False)
        for row in _open(wanted, object_ids):
            if row.review_on is not None:
                title = f"Review of the benefit: {row.title}"
                yield Happening(row.pk, row.review_on, title, row.programme, _told(row))


class StartingValuesMissing(RoleReminders):
    """Tells the owner 30 days after a profile was complete without a starting value, then the SRO."""

    rule = "benefit_starting_value"
    object_type = Benefit._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the benefit."""
        return reverse("benefits:benefit_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Profiled benefits with neither a starting value nor the reason why. One query."""
        missing = Q(state=BenefitState.PROFILED, starting_value__isnull=True, starting_reason="")
        step = Q(transitions__step=BenefitStep.PROFILE)
        rows = _open(missing, object_ids).annotate(profiled_at=Max("transitions__at", filter=step))
        for row in rows:
            if row.profiled_at is not None:
                due_on = _due_on(london_date(row.profiled_at))
                title = f"No starting value: {row.title}"
                yield Happening(row.pk, due_on, title, row.programme, _told(row))


def _due_on(profiled_on: date) -> date:
    return profiled_on + _DAYS_TO_START


def _open(wanted: Q, object_ids: Collection[int] | None) -> QuerySet[Benefit]:
    rows = Benefit.objects.open().filter(wanted).exclude(programme__state__in=_PAUSED)
    if object_ids is not None:
        rows = rows.filter(pk__in=object_ids)
    return rows.select_related("programme").order_by("pk")


def _told(benefit: Benefit) -> Callable[[Holders], list[Told]]:
    """The owner, then the senior responsible owner."""

    def told(holders: Holders) -> list[Told]:
        programme = benefit.programme
        owner = holders.readers_among([benefit.owner_id], programme.partnership_id)
        return [
            (owner, ReminderStep.TOLD, "Owner of the benefit"),
            senior_owner(holders, programme),
        ]

    return told
