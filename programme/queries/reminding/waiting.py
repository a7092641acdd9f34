"""Reminders that have been made and wait for a mail: held back by a quiet day, or of one that did not go."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from core.clock import LONDON
from core.rules.calendar import add_working_days, bank_holidays
from programme.enums import DeliveryState
from programme.models import Reminder
from programme.rules.reminders import FIRST_LOOK_BACK

UNCLAIMED = (DeliveryState.WAITING, DeliveryState.FAILED)
UNSENT = (*UNCLAIMED, DeliveryState.GIVEN_UP)


def carried_since(day: date) -> datetime:
    """The moment from which reminders that could not be sent go into the mail of `day`."""
    return datetime.combine(add_working_days(day, -FIRST_LOOK_BACK, bank_holidays()), time(), LONDON)


def held_for(day: date) -> Q:
    """What waits for a day on which its person wants mail, this one at last."""
    return Q(digest__isnull=True, mail_on__lte=day)


def waiting_for(day: date) -> QuerySet[Reminder]:
    """What goes into a mail of `day` beside that day's own: held back, or of a mail that did not go."""
    unsent = Q(digest__state__in=UNSENT, digest__day_on__lt=day, created_at__gte=carried_since(day))
    return Reminder.objects.filter(unsent | held_for(day))
