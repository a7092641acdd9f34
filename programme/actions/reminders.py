"""Make the reminders of a day: a row a reminder, a digest a person, each handed on after its commit."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.clock import LONDON, today
from core.rules.calendar import add_working_days, bank_holidays, format_date, is_working_day
from core.rules.words import count_of
from programme.enums import DeliveryState
from programme.models import Digest, Reminder, ReminderRun
from programme.reminder_sources import sources
from programme.rules.reminders import FIRST_LOOK_BACK, DueItem, catch_up_from, due_range, offset_due

logger = logging.getLogger(__name__)

Deliver = Callable[[int], object]
UNCLAIMED = (DeliveryState.WAITING, DeliveryState.FAILED)
UNSENT = (*UNCLAIMED, DeliveryState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is to be told, and how many days before it is due."""

    item: DueItem
    offset_days: int

    @property
    def key(self) -> str:
        """Key of the reminder."""
        return self.item.key(self.offset_days)


def send_due_reminders(*, day: date, deliver: Deliver | None = None) -> list[int]:
    """Make what is to be sent on `day` and return the keys of its digests; nothing on a closed day.

    What earlier days missed is caught up, each thing once. `deliver` gets each digest's key after its own
    short transaction; without it the caller delivers. Harmless at any repeat and at any number at once: keys
    are unique, and people are taken one at a time.
    """
    holidays = bank_holidays()
    if not is_working_day(day, holidays):
        logger.info("No reminders on %s: it is not a working day", day)
        return []
    due = _new_of_day(day)
    made = []
    for recipient_id in sorted(due.keys() | _with_unsent_mail(day)):
        digest_id = _make_digest(recipient_id, day, due.get(recipient_id, []), deliver)
        if digest_id is not None:
            made.append(digest_id)
    # Only now: a run that dies half-way is done again, and the keys say what it had finished. A day to come
    # is not done with: more may fall due on it.
    if day <= today():
        ReminderRun.objects.get_or_create(day_on=day)
    logger.info("Reminders of %s: %s to send", day, count_of(len(made), "mail"))
    return made


def _new_of_day(day: date) -> Mapping[int, list[Due]]:
    """What each person is to be told on `day`, without what has a row already. One query, and a
    fixed number a source."""
    last_run_on = ReminderRun.objects.filter(day_on__lt=day).aggregate(last=Max("day_on"))["last"]
    holidays = bank_holidays()
    since = catch_up_from(day, last_run_on, holidays)
    due: dict[int, list[Due]] = defaultdict(list)
    for source in sources():
        first_on, last_on = due_range(since, day, source.offsets, holidays, source.unit)
        offsets: dict[tuple[date, frozenset[int]], int | None] = {}
        items = list(source.due_between(first_on, last_on))
        if not items:
            continue
        known = set(
            Reminder.objects.filter(rule=source.rule, due_on__range=(first_on, last_on)).values_list(
                "key", flat=True
            )
        )
        for item in items:
            when = (item.due_on, item.offsets)
            if when not in offsets:
                days = item.offsets or source.offsets
                offsets[when] = offset_due(item.due_on, since, day, days, holidays, source.unit)
            offset = offsets[when]
            if offset is not None and item.key(offset) not in known:
                due[item.recipient_id].append(Due(item, offset))
    return due


def _carried_since(day: date) -> datetime:
    """The moment from which reminders that could not be sent go into the mail of `day`."""
    return datetime.combine(add_working_days(day, -FIRST_LOOK_BACK, bank_holidays()), time(), LONDON)


def _with_unsent_mail(day: date) -> set[int]:
    """People whose earlier mail was given up, with reminders not too old to be told on `day`."""
    left_over = Reminder.objects.filter(
        digest__state=DeliveryState.GIVEN_UP, digest__day_on__lt=day, created_at__gte=_carried_since(day)
    )
    return set(left_over.values_list("recipient", flat=True))


@transaction.atomic
def _make_digest(recipient_id: int, day: date, due: Sequence[Due], deliver: Deliver | None) -> int | None:
    """Make or fill the person's digest of `day`; None where it is on its way already."""
    # One at a time for one person. SQLite has no row locks; its transaction itself holds the others off.
    User.objects.select_for_update(no_key=True).get(pk=recipient_id)
    known = set(Reminder.objects.filter(key__in=[one.key for one in due]).values_list("key", flat=True))
    fresh = [one for one in due if one.key not in known]
    digest, _ = Digest.objects.get_or_create(
        recipient_id=recipient_id, day_on=day, defaults={"message_id": _message_id()}
    )
    digest = Digest.objects.select_for_update().get(pk=digest.pk)
    if digest.state not in UNCLAIMED:
        return None
    _carry_over(digest)
    Reminder.objects.bulk_create(_reminder(one, digest) for one in fresh)
    if deliver is not None:
        transaction.on_commit(lambda: deliver(digest.pk), robust=True)
    return digest.pk


def _reminder(one: Due, digest: Digest) -> Reminder:
    return Reminder(
        key=one.key,
        rule=one.item.rule,
        object_id=one.item.object_id,
        title=one.item.title,
        programme_id=one.item.programme_id,
        recipient_id=one.item.recipient_id,
        due_on=one.item.due_on,
        offset_days=one.offset_days,
        digest=digest,
    )


def _carry_over(digest: Digest) -> None:
    """Move the reminders of earlier mail that has not been sent into this one: one mail a person a day."""
    earlier = Digest.objects.select_for_update().filter(
        recipient=digest.recipient_id, day_on__lt=digest.day_on, state__in=UNSENT
    )
    unsent = list(earlier.order_by("pk"))
    Reminder.objects.filter(digest__in=unsent, created_at__gte=_carried_since(digest.day_on)).update(
        digest=digest
    )
    Digest.objects.filter(pk__in=[mail.pk for mail in unsent], state__in=UNCLAIMED).update(
        state=DeliveryState.WITHDRAWN,
        error=f"Its reminders went into the mail of {format_date(digest.day_on)}",
    )


def _message_id() -> str:
    """Identifies a mail for ever, however often it is sent."""
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"
