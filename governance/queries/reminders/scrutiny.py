"""Reminders of scrutiny recommendations that an executive has not answered (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import today
from governance.enums import ResponseState
from governance.models import BodyMember, ScrutinyResponse
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role
from programme.querysets import QUIET


class RecommendationsUnanswered(RoleReminders):
    """Two weeks before a response is due its executive is told, on the day also the monitoring officer."""

    rule = "scrutiny_unanswered"
    object_type = ScrutinyResponse._meta.label_lower

    def path(self, object_id: int) -> str:
        """The response among the others."""
        return reverse("governance:scrutiny_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Responses awaited, with the day each is due. Two queries."""
        wanted = Q(response_due_on__range=span) if span else Q(response_due_on__isnull=False)
        if object_ids is not None:
            wanted &= Q(pk__in=object_ids)
        rows = ScrutinyResponse.objects.filter(wanted, state=ResponseState.AWAITED).exclude(
            recommendation__programme__state__in=QUIET
        )
        found = list(rows.select_related("recommendation__programme", "council").order_by("pk"))
        members = _executive_members({row.council_id for row in found})
        for row in found:
            title = f"Respond to scrutiny: {row.recommendation.ref}, {row.council}"
            told = _told(row, members[row.council_id])
            if row.response_due_on is not None:
                programme = row.recommendation.programme
                yield Happening(row.pk, row.response_due_on, title, programme, told)


def _executive_members(councils: Collection[int]) -> dict[int, set[int]]:
    """People who sit on a body as executive members of these councils today. One query."""
    day, people = today(), defaultdict(set)
    rows = BodyMember.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day),
        council__in=councils,
        is_executive_member=True,
        user__isnull=False,
        from_on__lte=day,
    )
    for council, user in rows.values_list("council", "user"):
        people[council].add(user)
    return people


def _told(row: ScrutinyResponse, members: set[int]) -> Callable[[Holders], list[Told]]:
    partnership = row.recommendation.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        place = row.council_id, partnership
        executive = holders.readers_among(members, partnership)
        return [
            (executive, ReminderStep.TOLD, "Executive member"),
            by_role(holders.of_council, RoleName.COUNCIL_LEAD, *place),
            by_role(holders.of_council, RoleName.MONITORING_OFFICER, *place, step=ReminderStep.ESCALATED),
        ]

    return told
