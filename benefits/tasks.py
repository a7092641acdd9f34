"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from benefits.actions import roll_ups

AT_ONCE = 100


@shared_task(soft_time_limit=240, time_limit=270)
def store_roll_ups() -> None:
    """Store anew the sums of programmes whose entries changed since the last time."""
    roll_ups.store_marked(at_most=AT_ONCE)
