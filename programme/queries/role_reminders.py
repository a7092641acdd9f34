"""The base of reminders to whoever holds a role: what happens when, and who is told how long before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from programme.enums import DayUnit
from programme.models import Programme
from programme.queries.role_holders import Holders, role_holders
from programme.rules.reminders import DueItem

Span = tuple[date, date]
Told = tuple[frozenset[int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a day of its own; `told` gives people and the offsets at which they are told.

    Who is escalated to is told at fewer offsets, or at one of their own.
    """

    object_id: int
    due_on: date
    title: str
    programme: Programme
    told: Callable[[Holders], Sequence[Told]]
    when: str = ""


class RoleReminders(ABC):
    """One rule of section 6. A statutory one also reaches people who asked for no reminders."""

    rule: str
    offsets: ClassVar[tuple[int, ...]]
    unit: ClassVar[str] = DayUnit.CALENDAR
    is_statutory: ClassVar[bool] = False
    noun: ClassVar[str] = "item"
    act: ClassVar[str] = "Open it"

    @abstractmethod
    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterable[Happening]:
        """What is still to be told: all that can fall into the span, or of these objects."""

    @abstractmethod
    def path(self, object_id: int) -> str:
        """The page where the person can act."""

    def due_between(self, first_on: date, last_on: date) -> Iterator[DueItem]:
        """What is due from `first_on` to `last_on`, both included."""
        found = [
            one for one in self.happenings((first_on, last_on), None) if first_on <= one.due_on <= last_on
        ]
        if found:
            yield from self._items(found)

    def still_due(self, recipient_id: int, object_ids: Collection[int]) -> Iterator[DueItem]:
        """Of these, what the person is still to be told of."""
        found = list(self.happenings(None, object_ids))
        if found:
            yield from (item for item in self._items(found) if item.recipient_id == recipient_id)

    def _items(self, found: Sequence[Happening]) -> Iterator[DueItem]:
        holders = role_holders(also_unwilling=self.is_statutory)
        for one in found:
            offsets: dict[int, set[int]] = defaultdict(set)
            for people, days in one.told(holders):
                for person in people:
                    offsets[person].update(days)
            for person in sorted(offsets):
                yield self._item(one, person, frozenset(offsets[person]))

    def _item(self, one: Happening, person: int, offsets: frozenset[int]) -> DueItem:
        return DueItem(
            rule=self.rule,
            object_id=one.object_id,
            recipient_id=person,
            due_on=one.due_on,
            title=one.title[:300],
            programme_id=one.programme.pk,
            programme=one.programme.name,
            path=self.path(one.object_id),
            noun=self.noun,
            offsets=offsets,
            when=one.when,
            act=self.act,
        )


def programmes_of(partnerships: Iterable[int]) -> dict[int, Programme]:
    """For each partnership its latest programme that is not paused or over. One query."""
    rows = Programme.objects.live().filter(partnership__in=set(partnerships)).order_by("pk")
    return {row.partnership_id: row for row in rows}
