"""Where a phase stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.rules.dates import ImpreciseDate
from programme.enums import PhaseState


class PhaseProgress(StrEnum):
    """Where a phase stands, worked out from its dates and what its source says."""

    DONE = "done"
    OVERDUE = "overdue"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    INDICATIVE = "indicative"


def phase_state(
    *,
    start: ImpreciseDate | None,
    due: ImpreciseDate | None,
    actual_end: ImpreciseDate | None,
    stated_state: str,
    as_of: date,
) -> PhaseProgress:
    """Where the phase stands on `as_of`.

    Done when its end has passed, or its source says done without a date. Overdue once the last day of its
    due date has gone by with no end recorded. Otherwise its start decides, and what is stated only where
    the start is not stated or may lie on either side of the day.
    """
    if _has_ended(actual_end, stated_state, as_of):
        return PhaseProgress.DONE
    if stated_state == PhaseState.INDICATIVE:
        return PhaseProgress.INDICATIVE
    if due is not None and due.overdue(as_of):
        return PhaseProgress.OVERDUE
    return PhaseProgress.IN_PROGRESS if _has_started(start, stated_state, as_of) else PhaseProgress.PLANNED


def _has_ended(actual_end: ImpreciseDate | None, stated_state: str, as_of: date) -> bool:
    if actual_end is not None:
        return actual_end.last_on <= as_of
    return stated_state in {PhaseState.DONE, PhaseState.DONE_UNDATED}


def _has_started(start: ImpreciseDate | None, stated_state: str, as_of: date) -> bool:
    if start is not None and start.last_on <= as_of:
        return True
    may_have_started = start is None or start.first_on <= as_of
    return may_have_started and stated_state == PhaseState.IN_PROGRESS
