"""Rows of milestones as they were recorded on a past day."""

from __future__ import annotations

from datetime import date

from programme.models import Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, by_date, milestone_row, with_relations
from programme.queries.overview.recorded import RecordedDay, recorded_on, trail_of

# Nobody changes the past.
NO_POWERS = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())


def recorded_rows(programme: Programme, day: date) -> tuple[RecordedDay, list[MilestoneRow]]:
    """What is known of that day, and the rows by date. Five queries."""
    milestones = with_relations(programme.milestones.all())
    past = recorded_on(programme, day, milestones, trail_of(programme))
    rows = [milestone_row(one, as_of=day, powers=NO_POWERS) for one in past.milestones]
    return past, sorted(rows, key=by_date)
