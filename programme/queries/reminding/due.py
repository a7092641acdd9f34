"""What is due on a day, to whom, why, and by which mail: the one answer of the engine and its preview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max

from core.rules.calendar import bank_holidays
from programme.models import Reminder, ReminderRun
from programme.queries.reminding.days import RuleDays
from programme.queries.reminding.wishes import Wishes, wishes_of_days
from programme.reminder_sources import ReminderSource, sources
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminders import (
    LATE_FOR,
    Due,
    DueItem,
    InPlaceOf,
    catch_up_from,
    due_range,
    offset_due,
    offset_late,
    stands_for_told,
)


@dataclass(frozen=True, slots=True)
class DueOfDay:
    """What is due, and the wishes it was sorted by."""

    due: tuple[Due, ...]
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the engine: its day, the first day whose reminders it makes, and whether it also tells what
    came into scope after its own day."""

    day: date
    since: date
    tells_late: bool = False


def run_on(day: date) -> Run:
    """The run of a day as things stand: it makes up for what no run has done yet. One query.

    The first run of an installation tells nothing of what lies before it.
    """
    last_run_on = ReminderRun.objects.filter(day_on__lt=day).aggregate(last=Max("day_on"))["last"]
    return Run(day, catch_up_from(day, last_run_on, bank_holidays()), last_run_on is not None)


def due_on(day: date) -> DueOfDay:
    """What people are to be told on `day`, without what has a row already.

    Five queries and a fixed number a source.
    """
    return due_in([run_on(day)], sources())[0]


def due_today_by_law(day: date) -> list[Due]:
    """What the law leaves only this day for, without what has a row already; also once the run is done."""
    of_law = [source for source in sources() if source.spec.is_statutory]
    return [one for one in due_in([Run(day, day)], of_law)[0].due if one.offset_days == 0]


def due_in(runs: Sequence[Run], of_sources: Iterable[ReminderSource]) -> list[DueOfDay]:
    """What each of some runs, the earliest first and one at least, tells: every source is read once."""
    days, wishes = RuleDays(), wishes_of_days([run.day for run in runs])
    found: dict[date, list[Due]] = {run.day: [] for run in runs}
    for source in of_sources:
        _add_of_source(source, runs, days, wishes, found)
    return [DueOfDay(tuple(found[run.day]), wishes[run.day]) for run in runs]


def _add_of_source(
    source: ReminderSource,
    runs: Sequence[Run],
    days: RuleDays,
    wishes: Mapping[date, Wishes],
    found: Mapping[date, list[Due]],
) -> None:
    rule = source.spec
    first, last = runs[0], runs[-1]
    tells_late = first.tells_late and rule.tells_late
    since = min(first.since, first.day - LATE_FOR) if tells_late else first.since
    span = due_range(since, last.day, days.anywhere(rule), bank_holidays(), rule.unit)
    items = list(source.due_between(*span))
    if not items:
        return
    told = _Told(source.rule, *span)
    for run in runs:
        offsets = _Offsets(run, rule, days, told)
        for item in items:
            offset = offsets.of(item)
            if offset is not None:
                placed = _placed(item, source, wishes[run.day])
                mail_on = wishes[run.day].mail_on(placed.recipient_id, rule)
                found[run.day].append(Due(placed, offset, mail_on))


class _Offsets:
    """At which offset a run tells each item of one rule: the days of many items are the same."""

    def __init__(self, run: Run, rule: ReminderRule, days: RuleDays, told: _Told) -> None:
        self._run, self._rule, self._days, self._told = run, rule, days, told
        self._are_changed = days.are_changed(rule)
        self._known: dict[tuple[date, frozenset[int]], tuple[int | None, int | None]] = {}

    def of(self, item: DueItem) -> int | None:
        """The offset, or None where nothing is to be told or it has a row already."""
        own = self._days.of(item.programme_id, self._rule, item.steps)
        if not own:
            return None
        when = (item.due_on, own)
        if when not in self._known:
            self._known[when] = self._on_time(*when), self._late(*when)
        offset, late = self._known[when]
        if offset is None:
            return None if late is None or self._told.offsets(item) else late
        if self._told.is_known(item.key(offset)):
            return None
        told = self._told.offsets(item) if self._are_changed else ()
        return None if stands_for_told(offset, told, own, self._rule.days) else offset

    def _on_time(self, due_on: date, own: frozenset[int]) -> int | None:
        run = self._run
        return offset_due(due_on, run.since, run.day, own, bank_holidays(), self._rule.unit)

    def _late(self, due_on: date, own: frozenset[int]) -> int | None:
        run = self._run
        if not (run.tells_late and self._rule.tells_late):
            return None
        return offset_late(due_on, run.since, run.day, own, bank_holidays(), self._rule.unit)


class _Told:
    """The reminders that one rule has made for due days in a range. One query."""

    def __init__(self, rule: str, first_on: date, last_on: date) -> None:
        made = Reminder.objects.filter(rule=rule, due_on__range=(first_on, last_on))
        self._keys = set(made.values_list("key", flat=True))
        self._offsets: dict[str, set[int]] | None = None

    def is_known(self, key: str) -> bool:
        return key in self._keys

    def offsets(self, item: DueItem) -> set[int]:
        """The offsets at which the same thing and day were told."""
        if self._offsets is None:
            self._offsets = defaultdict(set)
            for key in self._keys:
                same, _, offset = key.rpartition(":")
                self._offsets[same].add(int(offset))
        return self._offsets.get(item.key(0).rpartition(":")[0], set())


def _placed(item: DueItem, source: ReminderSource, wishes: Wishes) -> DueItem:
    """The item, for who stands in where its person is away and somebody may be told in their place."""
    if item.recipient_id not in wishes.away or source.is_for_holders_alone:
        return item
    away = wishes.stand_in(item.recipient_id, source.spec, item.programme_id)
    if away is None:
        return item
    in_place_of = InPlaceOf(item.recipient_id, away.name, away.until)
    return replace(item, recipient_id=away.delegate_id, in_place_of=in_place_of)
