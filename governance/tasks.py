"""Thin shells around actions, for the worker; beat's timetable is in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from benefits.actions.plan import take_up_plans
from core.clock import now, today
from governance.actions import bulletins, due
from governance.actions.reporting import publishing
from governance.demonstration import editions


@shared_task(soft_time_limit=240, time_limit=270)
def apply_due_decisions() -> None:
    """Apply what time alone brought to decisions and plans since the last run, however long ago that was."""
    due.apply_due_decisions(now())
    take_up_plans(as_of=today())


def deliver_report(job_id: int) -> None:
    """Have the worker take up a publication."""
    publish_report.delay(job_id=job_id)


@shared_task
def publish_report(*, job_id: int) -> None:
    """Do what is left of a publication, unless another worker has it."""
    publishing.run_publishing(job_id)


@shared_task
def sweep_publishing() -> None:
    """Take up again publications that were left behind, and forget files that have had their time."""
    publishing.sweep_publishing(deliver=deliver_report)


@shared_task
def publish_demonstration() -> None:
    """Publish the first report of the demonstration, unless there is one."""
    editions.publish_demonstration()


@shared_task
def draft_due_bulletins() -> None:
    """Draft the bulletins of the month before, from its first working day on."""
    bulletins.draft_due_bulletins(now())
