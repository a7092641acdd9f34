"""Recommendations of gate reviews as a source of reminders (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.urls import reverse

from programme.enums import GateRecommendationState, ReminderStep
from programme.models import GateRecommendation
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, senior_owner
from programme.querysets import QUIET


class RecommendationsDue(RoleReminders):
    """Tells the owner of an open recommendation 7 days before, and on the day the programme's owner too."""

    rule = "gate_recommendation"
    object_type = GateRecommendation._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page on which it is settled."""
        return reverse("programme:gate_recommendation_settle", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Open recommendations with a day, of programmes that are neither paused nor over. One query."""
        rows = GateRecommendation.objects.filter(
            state=GateRecommendationState.OPEN, due_on__isnull=False
        ).exclude(review__programme__state__in=QUIET)
        if span is not None:
            rows = rows.filter(due_on__range=span)
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        for row in rows.select_related("review__programme"):
            if row.due_on:
                title = f"Gate review recommendation: {row.text}"
                yield Happening(row.pk, row.due_on, title, row.review.programme, _told(row))


def _told(recommendation: GateRecommendation) -> Callable[[Holders], list[Told]]:
    programme = recommendation.review.programme

    def told(holders: Holders) -> list[Told]:
        owner = holders.readers_among([recommendation.owner_id], programme.partnership_id)
        return [
            (owner, ReminderStep.TOLD, "Owner of the recommendation"),
            senior_owner(holders, programme),
        ]

    return told
