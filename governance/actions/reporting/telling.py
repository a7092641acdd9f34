"""Tell people in their inbox at once, and in their next mail, that an edition is published."""

from __future__ import annotations

from datetime import timedelta

from core.clock import today
from core.rules.calendar import bank_holidays, next_working_day
from governance.models import Edition
from governance.queries.reminders.editions import EditionsPublished
from programme.actions.digests import reminder_of
from programme.models import Reminder
from programme.queries.reminding.due import Run, due_in


def tell_published(edition: Edition) -> int:
    """Put it into the inbox of everyone who is to be told; the mail is that of their next working day.

    The daily run finds these rows there and tells nobody twice.
    """
    day = next_working_day(today() + timedelta(days=1), bank_holidays())
    due = due_in([Run(day, today())], [EditionsPublished()])[0].due
    found = [one for one in due if one.item.object_id == edition.pk]
    Reminder.objects.bulk_create((reminder_of(one, None) for one in found), ignore_conflicts=True)
    return len(found)
