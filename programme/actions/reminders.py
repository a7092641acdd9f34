"""Make the reminders of a day: a row a reminder, a digest a person, each handed on after its commit."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from core.clock import today
from core.rules.calendar import bank_holidays, is_working_day
from core.rules.words import count_of
from programme.actions.digests import Deliver, Due, carried_since, make_digests
from programme.enums import DeliveryState
from programme.models import Reminder, ReminderRun
from programme.reminder_sources import sources
from programme.rules.reminders import catch_up_from, due_range, offset_due

logger = logging.getLogger(__name__)


def send_due_reminders(*, day: date, deliver: Deliver | None = None) -> list[int]:
    """Make what is to be sent on `day` and return the keys of its digests; nothing on a closed day.

    What earlier days missed is caught up, each thing once. `deliver` gets each digest's key after its own
    short transaction; without it the caller delivers. Harmless at any repeat and at any number at once: keys
    are unique, and one run at a time makes a person's digest.
    """
    holidays = bank_holidays()
    if not is_working_day(day, holidays):
        logger.info("No reminders on %s: it is not a working day", day)
        return []
    due = _new_of_day(day)
    made = make_digests(due, due.keys() | _with_unsent_mail(day), day, deliver)
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


def _with_unsent_mail(day: date) -> set[int]:
    """People whose earlier mail was given up, with reminders not too old to be told on `day`."""
    left_over = Reminder.objects.filter(
        digest__state=DeliveryState.GIVEN_UP, digest__day_on__lt=day, created_at__gte=carried_since(day)
    )
    return set(left_over.values_list("recipient", flat=True))
