"""What waits for what in a programme, what that leaves to spare, and which dates do not keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from core.rules.calendar import bank_holidays, format_date
from core.rules.words import count_of
from programme.enums import MilestoneState
from programme.models import Milestone, MilestoneDependency, Programme
from programme.policies import Powers
from programme.rules.milestone import expected_date
from programme.rules.schedule import Broken, Dependency, broken_links, critical_path, float_days

CRITICAL = "On the critical path"
_STANDS = frozenset({MilestoneState.DONE, MilestoneState.DONE_UNDATED, MilestoneState.EXTERNAL_DATE})


@dataclass(frozen=True)
class Schedule:
    """The dependencies of a programme and the milestones that they join, by key."""

    links: Sequence[Dependency] = ()
    milestones: Mapping[int, Milestone] = field(default_factory=dict)

    @cached_property
    def dates(self) -> dict[int, date]:
        """The last day on which each is expected, or was achieved; none where no date is stated."""
        found = {key: expected_on(one) for key, one in self.milestones.items()}
        return {key: day for key, day in found.items() if day is not None}

    @cached_property
    def fixed(self) -> frozenset[int]:
        """Those that no other moves: what has happened, and dates from outside."""
        return frozenset(key for key, one in self.milestones.items() if stands(one))

    @cached_property
    def spare(self) -> dict[int, int]:
        """Working days that each can slip before the last of them moves."""
        return float_days(self.dates, self.links, holidays=bank_holidays())

    @cached_property
    def critical(self) -> list[int]:
        """What has not happened yet and has no working day to spare, in order."""
        return self.critical_with(self.dates)

    def critical_with(self, dates: Mapping[int, date]) -> list[int]:
        """The critical path if these were the dates."""
        found = critical_path(dates, self.links, holidays=bank_holidays())
        return [key for key in found if not is_done(self.milestones[key])]

    @cached_property
    def broken(self) -> dict[int, list[str]]:
        """By milestone that waits, in words, what it waits for and comes too early for (INV-30)."""
        plans = {key: one.plan_last_on for key, one in self.milestones.items() if one.plan_last_on}
        found: dict[int, list[str]] = {}
        for said, dates in (("Too early", self.dates), ("The plan has it too early", plans)):
            for one in broken_links(dates, self.links, holidays=bank_holidays()):
                if not is_done(self.milestones[one.link.successor]):
                    found.setdefault(one.link.successor, []).append(self._words(said, one))
        return found

    def words(self, key: int) -> list[str]:
        """What a list says of a milestone: that it is critical, and what it comes too early for."""
        return [*([CRITICAL] if key in self.critical else []), *self.broken.get(key, ())]

    def spare_words(self, key: int) -> str:
        """How far a milestone can slip before the last of those that wait moves; empty where none waits."""
        days = self.spare.get(key)
        if days is None or is_done(self.milestones[key]):
            return ""
        if days <= 0:
            return "None: a day later here moves the last date too"
        return f"{count_of(days, 'working day')} before the last date moves"

    def _words(self, said: str, one: Broken) -> str:
        first = self.milestones[one.link.predecessor]
        return (
            f"{said}: it waits for {first.title} ({first.ref}), "
            f"so it comes on {format_date(one.earliest_on)} at the earliest"
        )


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One dependency on the page of either milestone: the other one, the lag and whether it is kept."""

    dependency: MilestoneDependency
    other: Milestone
    expected_on: date | None
    is_kept: bool
    can_remove: bool

    @property
    def lag(self) -> str:
        """The working days in between, in words."""
        days = self.dependency.lag_days
        return count_of(days, "working day") if days else "None"

    @property
    def word(self) -> str:
        """Whether the dates keep it."""
        return "Kept" if self.is_kept else "Not kept"


def expected_on(milestone: Milestone) -> date | None:
    """The last day on which a milestone is expected, or was achieved."""
    dates = (milestone.get_date(name) for name in ("plan", "forecast", "actual"))
    day = expected_date(*dates)
    return day.last_on if day else None


def stands(milestone: Milestone) -> bool:
    """Whether no other milestone moves it."""
    return milestone.actual_last_on is not None or milestone.stated_state in _STANDS


def is_done(milestone: Milestone) -> bool:
    """Whether it has happened."""
    return stands(milestone) and milestone.stated_state != MilestoneState.EXTERNAL_DATE


def possible_predecessors(milestone: Milestone) -> QuerySet[Milestone]:
    """Milestones of the programme that this one may wait for and does not wait for yet."""
    rows = Milestone.objects.filter(programme=milestone.programme_id).exclude(pk=milestone.pk)
    rows = rows.exclude(waited_for__successor=milestone).exclude(stated_state=MilestoneState.CANCELLED)
    return rows.order_by("order_index", "pk")


def links_of(programme: Programme, *, taken_up: int = 0) -> list[Dependency]:
    """What waits for what in a programme, cancelled milestones left out, but not the one of the key
    `taken_up`. One query."""
    rows = MilestoneDependency.objects.filter(successor__programme=programme)
    for end in ("successor", "predecessor"):
        is_cancelled = Q(**{f"{end}__stated_state": MilestoneState.CANCELLED})
        rows = rows.exclude(is_cancelled & ~Q(**{end: taken_up}))
    return [Dependency(*row) for row in rows.values_list("predecessor", "successor", "lag_days")]


def schedule_of(programme: Programme) -> Schedule:
    """The dependencies of a programme with their milestones. Two queries, one where nothing waits."""
    links = links_of(programme)
    if not links:
        return Schedule()
    keys = {key for link in links for key in (link.predecessor, link.successor)}
    return Schedule(links, Milestone.objects.in_bulk(keys))


def waits_of(milestone: Milestone, schedule: Schedule, powers: Powers) -> tuple[list[WaitRow], list[WaitRow]]:
    """What a milestone waits for, and what waits for it, by date. Two queries, one where nothing does."""
    related = MilestoneDependency.objects.select_related("predecessor__programme", "successor__programme")
    rows = related.filter(Q(successor=milestone) | Q(predecessor=milestone))
    found = list(rows.prefetch_related("successor__councils"))
    dates = schedule.dates
    broken = {
        (one.link.predecessor, one.link.successor)
        for one in broken_links(dates, schedule.links, holidays=bank_holidays())
    }

    def row(dependency: MilestoneDependency, other: Milestone) -> WaitRow:
        key = (dependency.predecessor_id, dependency.successor_id)
        can_remove = powers.may_update(dependency.successor)
        return WaitRow(dependency, other, expected_on(other), key not in broken, can_remove)

    before = [row(one, one.predecessor) for one in found if one.successor_id == milestone.pk]
    after = [row(one, one.successor) for one in found if one.predecessor_id == milestone.pk]
    return _by_date(before), _by_date(after)


def _by_date(rows: Iterable[WaitRow]) -> list[WaitRow]:
    return sorted(rows, key=lambda row: (row.expected_on or date.max, row.other.order_index, row.other.pk))
