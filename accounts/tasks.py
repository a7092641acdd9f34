"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from accounts.actions import retention


@shared_task
def forget_what_is_over() -> None:
    """Forget what is kept for a time only."""
    retention.forget_what_is_over()
