"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from core.clock import now
from governance.actions import due


@shared_task(soft_time_limit=240, time_limit=270)
def apply_due_decisions() -> None:
    """Apply what time alone brought to decisions since the last run, however long ago that was."""
    due.apply_due_decisions(now())
