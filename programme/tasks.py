"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

import logging

from celery import shared_task

from core.clock import now
from core.rules.calendar import bank_holidays
from programme.actions import deliveries, reminders
from programme.rules.reminders import run_day

logger = logging.getLogger(__name__)


def _queue(digest_id: int) -> None:
    deliver_digest.delay(digest_id=digest_id)


@shared_task
def send_due_reminders() -> None:
    """Make today's reminders; nothing before 7am in London, should a message of yesterday come in late."""
    day = run_day(now(), bank_holidays())
    if day is None:
        logger.info("No reminders now: before 7am, or not a working day")
        return
    reminders.send_due_reminders(day=day, deliver=_queue)


@shared_task(soft_time_limit=120, time_limit=150)
def deliver_digest(*, digest_id: int) -> None:
    """Send one person's mail, unless another worker has."""
    deliveries.deliver_digest(digest_id=digest_id)


@shared_task
def sweep_deliveries() -> None:
    """Take up again what was left behind."""
    deliveries.sweep_deliveries(deliver=_queue)
