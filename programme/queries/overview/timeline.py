"""The phases and milestones of a programme over time, with what waits for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import format_date
from core.rules.words import count_of, listed
from programme.models import Phase, Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, known_on, milestone_rows, scheduled
from programme.queries.schedule import Schedule, schedule_of
from programme.rules.schedule import Dependency

NO_PHASE = "Without a phase"


@dataclass(frozen=True, slots=True)
class Band:
    """A phase with its milestones by date; its days are None where its source states none."""

    name: str
    start_on: date | None
    end_on: date | None
    rows: Sequence[MilestoneRow]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a milestone, its phase, and what it waits for in words."""

    phase: str
    row: MilestoneRow
    waits_for: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the chart draws and its table says; a milestone without any date is only in the table."""

    programme: Programme
    as_of: date
    bands: Sequence[Band]
    links: Sequence[Dependency]
    critical: frozenset[int]
    waits_for: dict[int, list[str]]

    @property
    def rows(self) -> list[MilestoneRow]:
        """Every milestone, phase by phase."""
        return [row for band in self.bands for row in band.rows]

    @property
    def lines(self) -> list[Line]:
        """The lines of the table, phase by phase."""
        return [
            Line(band.name, row, ", ".join(self.waits_for.get(row.pk, [])))
            for band in self.bands
            for row in band.rows
        ]

    @property
    def dated(self) -> list[MilestoneRow]:
        """Those with a date to draw."""
        return [row for row in self.rows if row.expected]

    @property
    def sentence(self) -> str:
        """What the drawing shows, in words."""
        rows = self.rows
        done, late = sum(row.is_done for row in rows), sum(row.is_late for row in rows)
        opening = f"{count_of(len(rows), 'milestone')}: {done} achieved, {late} late."
        ahead = [row.expected.last_on for row in self.dated if row.expected and not row.is_done]
        ends = f" The last is expected on {format_date(max(ahead))}." if ahead else ""
        on_path = [row.milestone.ref for row in rows if row.pk in self.critical]
        path = f" On the critical path: {listed(on_path)}." if on_path else ""
        return f"{opening}{ends}{path}"


def timeline_of(programme: Programme, *, as_of: date, powers: Powers) -> Timeline:
    """The timeline of a programme. Six queries."""
    schedule = schedule_of(programme)
    rows = scheduled(milestone_rows(programme.milestones.all(), as_of=as_of, powers=powers), schedule)
    phases = list(programme.phases.all())
    bands = [_band(phase, [row for row in rows if row.milestone.phase_id == phase.pk]) for phase in phases]
    loose = [row for row in rows if row.milestone.phase_id is None]
    return Timeline(
        programme=programme,
        as_of=known_on(programme, as_of),
        bands=[*bands, *([Band(NO_PHASE, None, None, loose)] if loose else [])],
        links=list(schedule.links),
        critical=frozenset(schedule.critical),
        waits_for=_waits(schedule),
    )


def _band(phase: Phase, rows: Sequence[MilestoneRow]) -> Band:
    end = phase.end_last_on or phase.due_last_on
    return Band(phase.label, phase.start_first_on, end, rows)


def _waits(schedule: Schedule) -> dict[int, list[str]]:
    """By milestone the references of what it waits for."""
    found: dict[int, list[str]] = {}
    for link in schedule.links:
        found.setdefault(link.successor, []).append(schedule.milestones[link.predecessor].ref)
    return found
