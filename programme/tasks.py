"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

import logging

from celery import shared_task

from core.clock import now
from core.rules.calendar import bank_holidays
from programme.actions import deliveries, reminders
from programme.actions.sending import failed_addresses
from programme.rules.reminders import run_day

logger = logging.getLogger(__name__)


def queue_digest(digest_id: int) -> None:
    """Hand a mail to the broker."""
    deliver_digest.delay(digest_id=digest_id)


@shared_task
def send_due_reminders() -> None:
    """Make today's reminders; nothing before 7am in London, should a message of yesterday come in late."""
    day = run_day(now(), bank_holidays())
    if day is None:
        logger.info("No reminders now: before 7am, or not a working day")
        return
    reminders.send_due_reminders(day=day, deliver=queue_digest)


@shared_task(soft_time_limit=120, time_limit=150)
def deliver_digest(*, digest_id: int) -> None:
    """Send one person's mail, unless another worker has."""
    deliveries.deliver_digest(digest_id=digest_id)


@shared_task
def sweep_deliveries() -> None:
    """Take up again what was left behind, and tell the administrators of addresses that failed."""
    deliveries.sweep_deliveries(deliver=queue_digest)
    failed_addresses.tell_of_failed_addresses()
