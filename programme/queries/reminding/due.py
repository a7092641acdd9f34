"""What is due on a day, to whom, why, and by which mail: the one answer of the engine and its preview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max

from core.rules.calendar import bank_holidays
from programme.models import Reminder, ReminderRun
from programme.queries.reminding.days import RuleDays
from programme.queries.reminding.wishes import Wishes, wishes_on
from programme.reminder_sources import ReminderSource, sources
from programme.rules.reminders import (
    Due,
    DueItem,
    InPlaceOf,
    catch_up_from,
    due_range,
    offset_due,
    stands_for_told,
)


@dataclass(frozen=True, slots=True)
class DueOfDay:
    """What is due, and the wishes it was sorted by."""

    due: tuple[Due, ...]
    wishes: Wishes


def due_on(day: date, since: date | None = None) -> DueOfDay:
    """What people are to be told on `day`, without what has a row already.

    `since` is the first day whose reminders are still to be made: after the last run, unless given. Five
    queries and a fixed number a source.
    """
    first = since or _since(day)
    days, wishes = RuleDays(), wishes_on(day)
    found = (due for source in sources() for due in _of_source(source, first, day, days, wishes))
    return DueOfDay(tuple(found), wishes)


def _since(day: date) -> date:
    last_run_on = ReminderRun.objects.filter(day_on__lt=day).aggregate(last=Max("day_on"))["last"]
    return catch_up_from(day, last_run_on, bank_holidays())


def _of_source(
    source: ReminderSource, since: date, day: date, days: RuleDays, wishes: Wishes
) -> Iterator[Due]:
    rule, holidays = source.spec, bank_holidays()
    first_on, last_on = due_range(since, day, days.anywhere(rule), holidays, rule.unit)
    items = list(source.due_between(first_on, last_on))
    if not items:
        return
    told = _Told(source.rule, first_on, last_on)
    offsets: dict[tuple[date, frozenset[int]], int | None] = {}
    for item in items:
        own = days.of(item.programme_id, rule, item.steps)
        when = (item.due_on, own)
        if when not in offsets:
            offsets[when] = offset_due(item.due_on, since, day, own, holidays, rule.unit) if own else None
        offset = offsets[when]
        if offset is None or told.is_known(item.key(offset)):
            continue
        if days.are_changed(rule) and stands_for_told(offset, told.offsets(item), own, rule.days):
            continue
        placed = _placed(item, source, wishes)
        yield Due(placed, offset, wishes.mail_on(placed.recipient_id, rule))


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
