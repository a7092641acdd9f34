"""Tell people in their inbox at once, and in their next mail, of what has just been published or sent."""

from __future__ import annotations

from core.clock import today
from core.rules.calendar import bank_holidays, next_working_day
from governance.models import Edition, SentBulletin
from governance.queries.reminders.bulletins import BulletinsSent
from governance.queries.reminders.editions import EditionsPublished
from programme.actions.digests import reminder_of
from programme.models import Reminder
from programme.queries.reminding.due import Run, due_in
from programme.reminder_sources import ReminderSource


def tell_published(edition: Edition) -> int:
    """Put an edition into the inbox of everyone who is to be told; how many they are."""
    return _tell(EditionsPublished(), edition.pk)


def tell_sent(bulletin: SentBulletin) -> int:
    """Put a bulletin into the inbox of every subscriber; how many they are."""
    return _tell(BulletinsSent(), bulletin.pk)


def _tell(source: ReminderSource, object_id: int) -> int:
    """Make the reminders of one thing of today; the mail is that of each person's next working day.

    The daily run finds these rows there and tells nobody twice.
    """
    day = next_working_day(today(), bank_holidays())
    due = due_in([Run(day, today())], [source])[0].due
    found = [one for one in due if one.item.object_id == object_id]
    Reminder.objects.bulk_create((reminder_of(one, None) for one in found), ignore_conflicts=True)
    return len(found)
