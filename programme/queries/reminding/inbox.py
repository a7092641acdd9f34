"""What a person was told, in Concordat itself: also what went into no mail, or to who stood in for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
from programme.models import Reminder
from programme.querysets import readable
from programme.reminder_sources import source_of
from programme.rules.reminder_settings import days_words

UNREAD = Q(read_at__isnull=True, dropped_at__isnull=True)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One reminder as the inbox shows it. `url` is empty where there is nowhere left to act."""

    id: int
    kind: str
    title: str
    programme: str
    due_on: date
    told: str
    told_at: datetime
    url: str
    in_place_of: str
    told_instead: str
    read_at: datetime | None
    is_dropped: bool

    @property
    def is_unread(self) -> bool:
        """Whether it still waits to be ticked off by this person."""
        return self.read_at is None and not self.is_dropped and not self.told_instead


def inbox_of(user: User, *, is_unread: bool = False) -> QuerySet[Reminder]:
    """What the person was told, and what others were told in their place, the latest first.

    Without programmes that the person may not read any more.
    """
    own = Reminder.objects.filter(readable(user, "programme__partnership"))
    whose = Q(recipient=user)
    rows = own.filter(whose & UNREAD) if is_unread else own.filter(whose | Q(in_place_of=user))
    return rows.select_related("programme", "recipient", "in_place_of").order_by("-created_at", "-pk")


def inbox_rows(reminders: Iterable[Reminder], user: User) -> list[InboxRow]:
    """Reminders as the inbox shows them. No query."""
    return [_row(reminder, user) for reminder in reminders]


def unread_count() -> Combinable:
    """How many reminders wait to be ticked off by the person of the row, as part of the query that reads
    the person."""
    reader = cast("User", OuterRef("recipient"))
    waiting = Reminder.objects.filter(UNREAD, recipient=OuterRef("pk"))
    counted = waiting.filter(readable(reader, "programme__partnership"))
    per_person = counted.order_by().values("recipient").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(per_person), 0)


def _row(reminder: Reminder, user: User) -> InboxRow:
    source = source_of(reminder.rule)
    is_own = reminder.recipient_id == user.pk
    return InboxRow(
        id=reminder.pk,
        kind=source.spec.name if source else "",
        title=reminder.title,
        programme=reminder.programme.name,
        due_on=reminder.due_on,
        told=days_words([reminder.offset_days], source.spec.unit) if source else "",
        told_at=reminder.created_at,
        url=source.path(reminder.object_id) if source else "",
        in_place_of=str(reminder.in_place_of) if is_own and reminder.in_place_of else "",
        told_instead="" if is_own else str(reminder.recipient),
        read_at=reminder.read_at,
        is_dropped=reminder.dropped_at is not None,
    )
