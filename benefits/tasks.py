"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from benefits.actions import import_jobs, roll_ups
from core.imports.confirming import forget_unconfirmed

AT_ONCE = 100


@shared_task(soft_time_limit=240, time_limit=270)
def store_roll_ups() -> None:
    """Store anew the sums of programmes whose entries changed since the last time."""
    roll_ups.store_marked(at_most=AT_ONCE)


def deliver(job_id: int) -> None:
    """Have the worker take up a large import."""
    run_import.delay(job_id=job_id)


@shared_task
def run_import(*, job_id: int) -> None:
    """Check or store one large file of amounts, unless another worker has it."""
    import_jobs.run_import(job_id)


@shared_task
def sweep_imports() -> None:
    """Take up again large imports that were left behind, and forget rows that nobody confirmed."""
    import_jobs.sweep_imports(deliver=deliver)
    forget_unconfirmed()
