"""The milestones that a list and its files ask for: as they stand today, or as recorded on a past day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from accounts.signed_in import person
from core.clock import today
from programme.models import Programme
from programme.overview.as_at import AsAtForm
from programme.policies import powers_of
from programme.queries.milestones import MilestoneRow, known_on, milestone_rows
from programme.queries.overview.recorded import RecordedDay
from programme.queries.overview.recorded_rows import recorded_rows
from programme.queries.overview.slippage import with_slippage


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows, the day they are of, and what the record says of a past day; `past` is None for today.

    Nobody plans in the past: `can_plan` is whether the person may add milestones here and now.
    """

    rows: list[MilestoneRow]
    day: date
    form: AsAtForm
    past: RecordedDay | None = None
    can_plan: bool = False


def rows_asked(request: HttpRequest, programme: Programme) -> Asked:
    """What the address asks for. Six queries at most."""
    form = AsAtForm(request.GET)
    if form.day is not None:
        past, rows = recorded_rows(programme, form.day)
        return Asked(rows, past.day, form, past)
    as_of = today()
    powers = powers_of(person(request))
    rows = milestone_rows(programme.milestones.all(), as_of=as_of, powers=powers)
    rows = with_slippage(programme, rows, as_of=as_of)
    can_plan = powers.manages(programme.partnership_id)
    return Asked(rows, known_on(programme, as_of), form, can_plan=can_plan)
