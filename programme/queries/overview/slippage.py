"""How forecasts moved: since a day, and against both plans (INV-04, F-25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.rules.dates import ImpreciseDate
from programme.models import Milestone, Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, Slipped, milestone_rows
from programme.queries.overview.recorded import Trail, forecast_on, forecasts_of, later_trail, trail_of
from programme.rules.burn_up import Dates
from programme.rules.milestone import MilestoneProgress, variance_days

ReportSource = Callable[[Programme, date], Sequence["ReportDay"]]
_SOURCES: list[ReportSource] = []


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A past day on which the programme was reported on: a meeting, or an edition."""

    on: date
    label: str


def register_report_days(source: ReportSource) -> None:
    """Let a higher floor name past days on which a programme was reported on, the latest first."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def report_days(programme: Programme, *, as_of: date) -> list[ReportDay]:
    """Those days, the latest first, each day once."""
    found: dict[date, ReportDay] = {}
    for source in _SOURCES:
        for day in source(programme, as_of):
            found.setdefault(day.on, day)
    return sorted(found.values(), key=lambda day: day.on, reverse=True)


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A milestone with every forecast made of it and the one that stood on the day compared with."""

    row: MilestoneRow
    forecasts: Sequence[tuple[date, ImpreciseDate | None]]
    then: ImpreciseDate | None
    was_recorded: bool

    @property
    def slippage_days(self) -> int | None:
        """Days from the forecast of that day to what is expected now; None where none stood then (1.2)."""
        now = self.row.actual or self.row.forecast
        return variance_days(self.then, now) if self.then and now else None

    @property
    def original_days(self) -> int | None:
        """Days from the original plan; positive is late."""
        return _days(self.row.original or self.row.plan, self.row)

    @property
    def current_days(self) -> int | None:
        """Days from the current plan; positive is late."""
        return self.row.change_days

    @property
    def points(self) -> list[tuple[date, date]]:
        """The days on which a forecast was made, each with the last day that it can mean."""
        return [(made_on, value.last_on) for made_on, value in self.forecasts if value]

    @property
    def moved_days(self) -> int:
        """From the first forecast to the last."""
        days = [day for _, day in self.points]
        return (days[-1] - days[0]).days if days else 0


@dataclass(frozen=True, slots=True)
class Slippage:
    """The milestones of a programme with how they moved since a day."""

    programme: Programme
    as_of: date
    since: date
    rows: Sequence[SlipRow]
    begins_on: date | None

    @property
    def later(self) -> list[SlipRow]:
        """Those expected later than on that day, the most first."""
        moved = [row for row in self.rows if (row.slippage_days or 0) > 0]
        return sorted(moved, key=lambda row: -(row.slippage_days or 0))

    @property
    def earlier(self) -> list[SlipRow]:
        """Those expected earlier than on that day."""
        return [row for row in self.rows if (row.slippage_days or 0) < 0]

    @property
    def achieved(self) -> list[SlipRow]:
        """Those achieved since that day."""
        return [
            slip
            for slip in self.rows
            if slip.row.is_done and slip.row.actual and slip.row.actual.last_on > self.since
        ]

    @property
    def dates(self) -> list[Dates]:
        """The dates of what is not cancelled, to be counted up."""
        rows = [slip.row for slip in self.rows if slip.row.progress != MilestoneProgress.CANCELLED]
        return [
            Dates(_last(row.original or row.plan), _last(row.plan), _last(row.actual), _last(row.expected))
            for row in rows
        ]


def slippage_of(programme: Programme, *, since: date, as_of: date, powers: Powers) -> Slippage:
    """How the milestones moved since a day. Four queries."""
    rows = milestone_rows(programme.milestones.all(), as_of=as_of, powers=powers)
    return slippage_of_rows(programme, rows, since=since, as_of=as_of)


def slippage_of_rows(
    programme: Programme, rows: Sequence[MilestoneRow], *, since: date, as_of: date
) -> Slippage:
    """The same of rows already read. One query."""
    trail = trail_of(programme)
    return Slippage(programme, as_of, since, [_slip(row, trail, since) for row in rows], trail.begins_on)


def slippage_of_many(
    programmes: Sequence[Programme], *, since: date, as_of: date, powers: Powers
) -> dict[int, Slippage]:
    """By programme how the milestones moved of which anything was recorded since that day.

    The others did not move, and are left out. Four queries, whatever the number of programmes.
    """
    trail = later_trail(programmes, since)
    touched = Milestone.objects.filter(programme__in=programmes, pk__in=trail.edits)
    rows: dict[int, list[MilestoneRow]] = defaultdict(list)
    for row in milestone_rows(touched, as_of=as_of, powers=powers):
        rows[row.milestone.programme_id].append(row)
    return {
        one.pk: Slippage(
            one, as_of, since, [_slip(row, trail, since) for row in rows[one.pk]], trail.begins_on
        )
        for one in programmes
    }


def with_slippage(programme: Programme, rows: Sequence[MilestoneRow], *, as_of: date) -> list[MilestoneRow]:
    """The rows, each with its slippage since the last report; since none, as they are. Two queries."""
    days = report_days(programme, as_of=as_of)
    if not days:
        return list(rows)
    trail, since = trail_of(programme, {row.pk for row in rows}), days[0].on
    return [replace(row, slipped=Slipped(since, _slip(row, trail, since).slippage_days)) for row in rows]


def _slip(row: MilestoneRow, trail: Trail, since: date) -> SlipRow:
    forecasts = forecasts_of(row.milestone, trail.of(row.pk))
    was_done = row.actual is not None and row.actual.last_on <= since
    # What had happened by then moved no more: a forecast of it is ignored (INV-29).
    then = row.actual if was_done else forecast_on(forecasts, since)
    return SlipRow(row, forecasts, then, was_recorded=was_done or any(on <= since for on, _ in forecasts))


def _last(value: ImpreciseDate | None) -> date | None:
    return value.last_on if value else None


def _days(plan: ImpreciseDate | None, row: MilestoneRow) -> int | None:
    now = row.actual or row.forecast
    return variance_days(plan, now) if plan and now else None
