"""Milestones as pages, files and work lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from core.clock import london_date, now
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.words import count_of, listed
from programme.models import Council, Milestone, PlanDate, Programme
from programme.policies import Powers
from programme.queries.schedule import Schedule
from programme.rules.milestone import (
    MilestoneProgress,
    days_overdue,
    expected_date,
    milestone_state,
    variance_days,
)
from programme.rules.milestone_update import MilestoneRecord, same_date, state_after
from programme.rules.rag import Rating, rate_milestone
from programme.rules.worklist import (
    Section,
    days_from_plan,
    last_known_on,
    section_of,
    time_gone,
    time_left,
)

PROGRESS_WORDS = {
    MilestoneProgress.DONE: "Achieved",
    MilestoneProgress.OVERDUE: "Late",
    MilestoneProgress.UPCOMING: "To come",
    MilestoneProgress.PASSED: "Passed",
    MilestoneProgress.CANCELLED: "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Slipped:
    """Days by which a milestone is expected later than on a past day; None where no forecast stood then."""

    since: date
    days: int | None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone with where it stands on a day: its dates, its lateness, its rating, who may update it.

    `schedule` says in words whether it is critical and what it comes too early for, where that was asked.
    """

    milestone: Milestone
    as_of: date
    original: ImpreciseDate | None
    plan: ImpreciseDate | None
    forecast: ImpreciseDate | None
    actual: ImpreciseDate | None
    progress: MilestoneProgress
    rating: Rating
    can_update: bool
    schedule: Sequence[str] = ()
    slipped: Slipped | None = None

    @property
    def pk(self) -> int:
        """Key of the milestone."""
        return self.milestone.pk

    @property
    def anchor(self) -> str:
        """Where its row is on a page."""
        return f"milestone-{self.milestone.pk}"

    @property
    def due(self) -> ImpreciseDate | None:
        """What is expected now: the forecast, else the plan."""
        return self.forecast or self.plan

    @property
    def expected(self) -> ImpreciseDate | None:
        """The actual date, else what is expected now."""
        return expected_date(self.plan, self.forecast, self.actual)

    @property
    def section(self) -> Section | None:
        """Its part of a work list."""
        return section_of(self.progress, self.due, self.as_of)

    @property
    def word(self) -> str:
        """Where it stands, in a word."""
        return PROGRESS_WORDS[self.progress]

    @property
    def is_late(self) -> bool:
        """Whether its date has gone by."""
        return self.progress == MilestoneProgress.OVERDUE

    @property
    def is_done(self) -> bool:
        """Whether it is achieved."""
        return self.progress == MilestoneProgress.DONE

    @property
    def is_as_planned(self) -> bool:
        """Whether the forecast is the plan's date."""
        return self.plan is not None and same_date(self.plan, self.forecast)

    @property
    def is_replanned(self) -> bool:
        """Whether the current plan differs from the original one, which then shows too (INV-04)."""
        return self.original is not None and not same_date(self.original, self.plan)

    @property
    def days_late(self) -> int:
        """Days since its date went by; 0 while it is not late."""
        return days_overdue(self.due, self.as_of) if self.is_late and self.due else 0

    @property
    def change_days(self) -> int | None:
        """Days from plan to actual or forecast, positive is late; None without both dates."""
        if self.plan is None or not (self.actual or self.forecast):
            return None
        return variance_days(self.plan, self.actual or self.forecast or self.plan)

    @property
    def original_change_days(self) -> int | None:
        """Days from the original plan, positive is late (INV-04); None without both dates."""
        first = self.original or self.plan
        if first is None or not (self.actual or self.forecast):
            return None
        return variance_days(first, self.actual or self.forecast or first)

    @property
    def moves(self) -> list[str]:
        """How far from the first plan where that was changed, and since the last report where it moved."""
        found = []
        if self.is_replanned and self.original_change_days is not None:
            found.append(f"{days_from_plan(self.original_change_days)} against the first plan")
        if self.slipped and self.slipped.days:
            way = "later" if self.slipped.days > 0 else "earlier"
            moved = count_of(abs(self.slipped.days), "day")
            found.append(f"Moved {moved} {way} since {format_date(self.slipped.since)}")
        return found

    @property
    def days_off_plan(self) -> int | None:
        """Days from plan, positive is late; for one that is late, how far by now."""
        if self.is_late and self.plan:
            return days_overdue(self.plan, self.as_of)
        return self.change_days

    @property
    def change(self) -> str:
        """The same in words; empty where nothing compares."""
        if self.days_off_plan is None:
            return ""
        if self.is_late and self.plan:
            return f"{time_gone(self.days_off_plan)} so far"
        return days_from_plan(self.days_off_plan)

    @property
    def about(self) -> list[str]:
        """What to know of it besides its title: whether it is key, and whose it is where not everybody's."""
        return [*(["Key milestone"] if self.milestone.is_critical else []), *self._council_names()]

    @property
    def about_in_list(self) -> list[str]:
        """The same with its phase and its owner."""
        phase, owner = self.milestone.phase, self.milestone.owner
        return [*([str(phase)] if phase else []), *self.about, f"Owner: {owner or 'not stated'}"]

    @property
    def when(self) -> str:
        """11 days late, Today, In 6 days; empty where nothing is awaited."""
        if self.is_late:
            return time_gone(self.days_late)
        is_awaited = self.progress == MilestoneProgress.UPCOMING
        return time_left(self.due, self.as_of) if is_awaited and self.due else ""

    @property
    def councils(self) -> list[Council]:
        """The councils it belongs to; none means all partners."""
        return list(self.milestone.councils.all())

    def _council_names(self) -> list[str]:
        councils = self.councils
        return [listed([str(council) for council in councils])] if councils else []


def with_relations(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """The milestones with what their rows show: one query, one for councils, one for original plan dates."""
    originals = PlanDate.objects.filter(plan_version__number=1)
    return milestones.select_related("programme", "phase", "owner").prefetch_related(
        "councils", Prefetch("plan_dates", originals, to_attr="original_plan_dates")
    )


def milestone_row(milestone: Milestone, *, as_of: date, powers: Powers) -> MilestoneRow:
    """Where one milestone, read `with_relations`, stands on `as_of`, or when its source last knew."""
    plan, forecast, actual = (milestone.get_date(name) for name in ("plan", "forecast", "actual"))
    stated = milestone.stated_state
    day = known_on(milestone.programme, as_of)
    made_at = milestone.forecast_updated_at
    return MilestoneRow(
        milestone=milestone,
        as_of=day,
        original=_original_plan(milestone),
        plan=plan,
        forecast=forecast,
        actual=actual,
        progress=milestone_state(plan=plan, forecast=forecast, actual=actual, stated_state=stated, as_of=day),
        rating=rate_milestone(
            plan=plan,
            forecast=forecast,
            actual=actual,
            stated_state=stated,
            as_of=day,
            forecast_made_on=london_date(made_at) if made_at else None,
            thresholds=milestone.programme.thresholds,
        ),
        can_update=powers.may_update(milestone),
    )


def row_after(row: MilestoneRow, changed: MilestoneRecord, *, powers: Powers) -> MilestoneRow:
    """Where the milestone would stand if `changed` were recorded of it; nothing is saved."""
    milestone = copy(row.milestone)
    before = MilestoneRecord(row.forecast, row.actual, milestone.evidence, milestone.note)
    milestone.stated_state = state_after(milestone.stated_state, before, changed)
    milestone.set_date("forecast", changed.forecast)
    milestone.set_date("actual", changed.actual)
    if not same_date(before.forecast, changed.forecast):
        milestone.forecast_updated_at = now()
    return milestone_row(milestone, as_of=row.as_of, powers=powers)


def known_on(programme: Programme, as_of: date) -> date:
    """The day a programme is seen from: `as_of`, or for a case of the past the last day its source knew."""
    return last_known_on(programme.base_fy, programme.facts_last_on, as_of)


def milestone_rows(milestones: QuerySet[Milestone], *, as_of: date, powers: Powers) -> list[MilestoneRow]:
    """Where the milestones stand on `as_of`, by date; those without a date last. Three queries."""
    rows = [milestone_row(row, as_of=as_of, powers=powers) for row in with_relations(milestones)]
    return sorted(rows, key=by_date)


def scheduled(rows: Sequence[MilestoneRow], schedule: Schedule) -> list[MilestoneRow]:
    """The rows, each with what the dependencies of its programme say of it; no queries."""
    return [replace(row, schedule=schedule.words(row.pk)) for row in rows]


def by_date(row: MilestoneRow) -> tuple[date, int, int]:
    """The order of a list: by the date expected, what has none last."""
    day = row.expected
    return day.last_on if day else date.max, row.milestone.order_index, row.pk


def _original_plan(milestone: Milestone) -> ImpreciseDate | None:
    found: list[PlanDate] = getattr(milestone, "original_plan_dates", [])
    return found[0].get_date("date") if found else None
