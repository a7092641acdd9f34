"""Make the reminders of a day: a row a reminder, a digest a person, each handed on after its commit."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from core.clock import today
from core.rules.calendar import bank_holidays, is_working_day
from core.rules.words import count_of
from programme.actions.digests import MOST_ITEMS, Deliver, make_digests, reminder_of
from programme.enums import DeliveryState
from programme.models import Reminder, ReminderRun
from programme.queries.reminding.due import due_on, due_today_by_law
from programme.queries.reminding.waiting import carried_since, held_for
from programme.rules.reminders import Due

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
    found = due_on(day)
    mailed: dict[int, list[Due]] = defaultdict(list)
    for one in found.due:
        if one.mail_on == day:
            mailed[one.item.recipient_id].append(one)
    _keep_for_inbox([one for one in found.due if one.mail_on != day])
    waiting = {person for person in _with_unsent_mail(day) if not found.wishes.is_quiet(person)}
    made = make_digests(mailed, mailed.keys() | waiting, day, deliver)
    # Only now: a run that dies half-way is done again, and the keys say what it had finished. A day to come
    # is not done with: more may fall due on it.
    if day <= today():
        ReminderRun.objects.get_or_create(day_on=day)
    logger.info("Reminders of %s: %s to send", day, count_of(len(made), "mail"))
    return made


def tell_what_cannot_wait(*, day: date, deliver: Deliver) -> list[int]:
    """Make the mail of what came in after the run of `day` and the law leaves only that day for; the keys.

    Who has had their mail of the day gets one more. Each thing is told once, as by the run itself.
    """
    mailed: dict[int, list[Due]] = defaultdict(list)
    for one in due_today_by_law(day):
        mailed[one.item.recipient_id].append(one)
    return make_digests(mailed, mailed.keys(), day, deliver, is_urgent=True)


def _keep_for_inbox(due: Sequence[Due]) -> None:
    """Keep what goes into no mail today: it waits for a day on which mail is wanted, or for nothing."""
    rows = (reminder_of(one, None) for one in due)
    Reminder.objects.bulk_create(rows, batch_size=MOST_ITEMS, ignore_conflicts=True)


def _with_unsent_mail(day: date) -> set[int]:
    """People with reminders that wait for a mail: held back until today, or of one that was given up and not
    too old to be told on `day`."""
    given_up = Q(
        digest__state=DeliveryState.GIVEN_UP, digest__day_on__lt=day, created_at__gte=carried_since(day)
    )
    return set(Reminder.objects.filter(given_up | held_for(day)).values_list("recipient", flat=True))
