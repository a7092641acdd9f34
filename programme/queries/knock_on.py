"""What follows if a milestone is expected on another day: others that move, savings that start later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import bank_holidays, format_date
from core.rules.words import count_of
from programme.models import Milestone, Programme
from programme.queries.schedule import Schedule, expected_on, schedule_of, stands
from programme.rules.planning.moves import SeenMove, moves_text
from programme.rules.schedule import broken_links, moved_by

Shift = tuple[date, date]


@dataclass(frozen=True, slots=True)
class LaterStart:
    """Something that starts later because a milestone does; `cost_pence` is what is lost, None where unknown.

    `kind` says of what pounds, and pounds of one kind alone are added up; `note` says why there is no cost.
    """

    title: str
    url: str
    from_on: date
    to_on: date
    kind: str
    cost_pence: int | None
    note: str = ""

    @property
    def days(self) -> int:
        """Calendar days later."""
        return (self.to_on - self.from_on).days


LaterStartSource = Callable[[Programme, Mapping[int, Shift]], Sequence[LaterStart]]
_SOURCES: list[LaterStartSource] = []


def register_later_starts(source: LaterStartSource) -> None:
    """Let a higher floor say what starts later; `source` takes, by key of milestone, from when to when."""
    if source not in _SOURCES:
        _SOURCES.append(source)


@dataclass(frozen=True, slots=True)
class MovedMilestone:
    """A milestone that has to move, and the one that pushes it."""

    milestone: Milestone
    because: Milestone
    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        """Calendar days later."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True, slots=True)
class KnockOn:
    """What follows from a new date: too early for what, what moves, what starts later, the critical path.

    The paths are empty where nothing waits for anything; they differ where the critical path changes.
    """

    too_early: Sequence[str] = ()
    moved: Sequence[MovedMilestone] = ()
    later: Sequence[LaterStart] = ()
    path_before: Sequence[Milestone] = ()
    path_after: Sequence[Milestone] = ()

    @property
    def is_path_changed(self) -> bool:
        """Whether other milestones are on the critical path then."""
        return {one.pk for one in self.path_before} != {one.pk for one in self.path_after}

    @property
    def costs(self) -> dict[str, int]:
        """What is lost in all, by kind of pounds."""
        found: dict[str, int] = {}
        for one in self.later:
            if one.cost_pence is not None:
                found[one.kind] = found.get(one.kind, 0) + one.cost_pence
        return found

    @property
    def moves_text(self) -> str:
        """What moves, as a form sends it back to have it moved too."""
        return moves_text(SeenMove(one.milestone.pk, one.milestone.version, one.to_on) for one in self.moved)

    @property
    def says_something(self) -> bool:
        """Whether anything else follows from the date."""
        return bool(self.too_early or self.moved or self.later or self.is_path_changed)

    @property
    def spoken(self) -> str:
        """What is read aloud of it."""
        parts = [
            count_of(len(self.moved), "other milestone") + (" moves" if len(self.moved) == 1 else " move"),
            count_of(len(self.later), "benefit")
            + (" starts later" if len(self.later) == 1 else " start later"),
        ]
        return f"{' and '.join(parts)}."


def knock_on_of(milestone: Milestone, on: date | None) -> KnockOn:
    """What follows if the milestone comes on the day `on`; nothing is saved.

    Two queries for the dependencies, and what the higher floors ask.
    """
    before = expected_on(milestone)
    if on is None or on == before or stands(milestone):
        return KnockOn()
    schedule = schedule_of(milestone.programme)
    moved = _moved(schedule, milestone, on)
    shifts = {one.milestone.pk: (one.from_on, one.to_on) for one in moved}
    if before is not None:
        shifts[milestone.pk] = (before, on)
    after = schedule.dates | {key: to_on for key, (_, to_on) in shifts.items() if key in schedule.dates}
    return KnockOn(
        too_early=_too_early(schedule, milestone, after),
        moved=moved,
        later=[one for source in _SOURCES for one in source(milestone.programme, shifts)],
        path_before=[schedule.milestones[key] for key in schedule.critical],
        path_after=[schedule.milestones[key] for key in schedule.critical_with(after)],
    )


def _moved(schedule: Schedule, milestone: Milestone, on: date) -> list[MovedMilestone]:
    if milestone.pk not in schedule.milestones:
        return []
    moves = moved_by(
        schedule.dates, schedule.links, {milestone.pk: on}, fixed=schedule.fixed, holidays=bank_holidays()
    )
    return [
        MovedMilestone(
            schedule.milestones[move.key], schedule.milestones[move.because], move.from_on, move.to_on
        )
        for move in moves
    ]


def _too_early(schedule: Schedule, milestone: Milestone, dates: Mapping[int, date]) -> list[str]:
    """What the milestone itself waits for and would come too early for (INV-30)."""
    own = [link for link in schedule.links if link.successor == milestone.pk]
    said = []
    for one in broken_links(dates, own, holidays=bank_holidays()):
        first = schedule.milestones[one.link.predecessor]
        said.append(
            f"It waits for {first.title} ({first.ref}), so it comes on "
            f"{format_date(one.earliest_on)} at the earliest"
        )
    return said
