"""Where a milestone stands on a day, and how late it is (F-25, INV-29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from core.rules.assessment import NotApplicable
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState


class MilestoneProgress(StrEnum):
    """Where a milestone stands, worked out from its dates."""

    DONE = "done"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    PASSED = "passed"
    CANCELLED = "cancelled"


def milestone_state(
    *,
    plan: ImpreciseDate | None,
    forecast: ImpreciseDate | None,
    actual: ImpreciseDate | None,
    stated_state: str,
    as_of: date,
) -> MilestoneProgress:
    """Where the milestone stands on `as_of`.

    Done when its actual date has ended by then, or its source says done without a date. A date set from
    outside is never overdue: it passes. Any other is overdue once the last day of its forecast, or of its
    plan where there is no forecast, has gone by.
    """
    if stated_state == MilestoneState.CANCELLED:
        return MilestoneProgress.CANCELLED
    if _is_done(actual, stated_state, as_of):
        return MilestoneProgress.DONE
    due = forecast or plan
    if due is None or not due.overdue(as_of):
        return MilestoneProgress.UPCOMING
    if stated_state == MilestoneState.EXTERNAL_DATE:
        return MilestoneProgress.PASSED
    return MilestoneProgress.OVERDUE


def expected_date(
    plan: ImpreciseDate | None, forecast: ImpreciseDate | None, actual: ImpreciseDate | None
) -> ImpreciseDate | None:
    """The actual date, else the forecast, else the plan: an actual date silences the forecast (INV-29)."""
    return actual or forecast or plan


def variance_days(plan: ImpreciseDate, other: ImpreciseDate) -> int:
    """Days from plan to actual or forecast; positive is late (F-25).

    A date counts from its last possible day. One that ends within a planned month or season is on plan.
    """
    if other.last_on > plan.last_on:
        return (other.last_on - plan.last_on).days
    if other.last_on < plan.first_on:
        return (other.last_on - plan.first_on).days
    return 0


def days_overdue(due: ImpreciseDate, as_of: date) -> int:
    """Days since the last possible day of `due`; 0 while it is not overdue (F-25)."""
    return max(0, (as_of - due.last_on).days)


def on_time_rate(achieved_variances: Sequence[int]) -> Fraction | NotApplicable:
    """Share (0 to 1) of achieved milestones that were on time or early (F-25)."""
    if not achieved_variances:
        return NotApplicable("No milestone has been achieved yet")
    on_time = sum(days <= 0 for days in achieved_variances)
    return Fraction(on_time, len(achieved_variances))


def _is_done(actual: ImpreciseDate | None, stated_state: str, as_of: date) -> bool:
    if actual is not None:
        return actual.last_on <= as_of
    return stated_state in {MilestoneState.DONE, MilestoneState.DONE_UNDATED}
