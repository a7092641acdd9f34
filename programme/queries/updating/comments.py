"""Comments on milestones, who may be named in them, and what those who are named are told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import LONDON, london_date, today
from core.rules.calendar import format_date
from programme.enums import MemberStatus, ReminderStep
from programme.models import Milestone, MilestoneComment, Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told
from programme.rules.updating.mentions import Person


def comments_on(milestone: Milestone) -> QuerySet[MilestoneComment]:
    """The comments on a milestone, the first one first. Two queries."""
    return milestone.comments.select_related("entered_by").prefetch_related("mentioned")


def people_to_name(programme: Programme) -> list[Person]:
    """People with an active account who may read the programme today, by name. One query."""
    status = (MemberStatus.ACTIVE, MemberStatus.LEFT)
    partnership = programme.partnership_id
    held = RoleHeld.objects.current(today()).exclude(role=RoleName.ADMINISTRATOR)
    reading = held.filter(
        Q(partnership=partnership)
        | Q(council__memberships__partnership=partnership, council__memberships__status__in=status)
    )
    people = User.objects.filter(is_active=True, pk__in=reading.values("user")).order_by("name", "pk")
    return [Person(*row) for row in people.values_list("pk", "name", "email")]


class Mentions(RoleReminders):
    """Tells the people whom a comment names, in their next mail; never what it says."""

    rule = "mention"
    is_for_holders_alone = True

    def path(self, object_id: int) -> str:
        """Where the comment stands."""
        return reverse("programme:comment_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Comments that name somebody and were not withdrawn. Two queries."""
        rows = MilestoneComment.objects.filter(withdrawn_at__isnull=True, mentioned__isnull=False).distinct()
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        if span is not None:
            first, last = (datetime.combine(day, time(), LONDON) for day in span)
            rows = rows.filter(entered_at__gte=first, entered_at__lt=last + timedelta(days=1))
        for row in rows.select_related("milestone__programme").prefetch_related("mentioned").order_by("pk"):
            programme, day = row.milestone.programme, london_date(row.entered_at)
            title, when = f"A comment names you: {row.milestone.title}", f"Written on {format_date(day)}"
            people = [person.pk for person in row.mentioned.all()]
            yield Happening(row.pk, day, title, programme, _told(people, programme), when)


def _told(people: Collection[int], programme: Programme) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        readers = holders.readers_among(people, programme.partnership_id)
        return [(readers, ReminderStep.TOLD, "Named in the comment")]

    return told
