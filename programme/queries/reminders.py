"""Reminder mails as a page shows them: what was sent to whom, what waits, what failed and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.models import User
from programme.enums import DeliveryState
from programme.models import Digest, Reminder
from programme.queries.deliveries import words_of_fault
from programme.reminder_sources import source_of
from programme.rules.reminders import MOST_TRIES


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder of a mail. `url` is empty where there is nowhere left to act."""

    title: str
    programme: str
    due_on: date
    url: str
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class MailRow:
    """One day's mail to one person, with how far its delivery has come."""

    day_on: date
    recipient: str
    state: str
    word: str
    tries: int
    at: datetime
    error: str
    reminders: tuple[ReminderRow, ...]

    @property
    def most_tries(self) -> int:
        """How often it is tried before it is given up."""
        return MOST_TRIES

    @property
    def is_sent(self) -> bool:
        """Whether the mail server has taken it."""
        return self.state == DeliveryState.SENT

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was not needed any more."""
        return self.state == DeliveryState.WITHDRAWN


def mails_to(user: User) -> QuerySet[Digest]:
    """Every reminder mail to a person, the latest first. Two queries, one of them for the reminders."""
    return _with_reminders(Digest.objects.filter(recipient=user), Reminder.objects.all())


def mails_about(partnerships: Collection[int]) -> QuerySet[Digest]:
    """Reminder mails about programmes of these partnerships, with those reminders alone. Two queries."""
    theirs = Reminder.objects.filter(programme__partnership__in=partnerships)
    about = Digest.objects.filter(Exists(theirs.filter(digest=OuterRef("pk"))))
    return _with_reminders(about, theirs)


def mail_row(digest: Digest, reader: User, *, administers: bool) -> MailRow:
    """A mail as the page shows it; its reminders and recipient must have been read with it."""
    return MailRow(
        day_on=digest.day_on,
        recipient=str(digest.recipient),
        state=digest.state,
        word=DeliveryState(digest.state).label,
        tries=digest.attempts,
        at=digest.sent_at or digest.claimed_at or digest.created_at,
        error=words_of_fault(digest, reader, administers=administers),
        reminders=tuple(_reminder_row(reminder) for reminder in digest.reminders.all()),
    )


def mail_folder() -> Path | None:
    """The folder that the demonstration writes its mails to in place of sending them; else None."""
    path = settings.EMAIL_FILE_PATH if settings.DEMONSTRATION else None
    return Path(path) if path else None


def _with_reminders(digests: QuerySet[Digest], reminders: QuerySet[Reminder]) -> QuerySet[Digest]:
    wanted = Prefetch("reminders", reminders.select_related("programme").order_by("due_on", "title", "pk"))
    return (
        digests.select_related("recipient")
        .prefetch_related(wanted)
        .order_by("-day_on", "recipient__name", "pk")
    )


def _reminder_row(reminder: Reminder) -> ReminderRow:
    source = source_of(reminder.rule)
    return ReminderRow(
        title=reminder.title,
        programme=reminder.programme.name,
        due_on=reminder.due_on,
        url=source.path(reminder.object_id) if source else "",
        is_dropped=reminder.dropped_at is not None,
    )
