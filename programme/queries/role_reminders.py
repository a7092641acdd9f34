"""The base of reminders to whoever holds a role: what happens when, and who is told how long before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from accounts.enums import RoleName
from programme.enums import ReminderStep
from programme.models import Programme
from programme.queries.role_holders import Holders, role_holders
from programme.rules.reminder_catalogue import RULES, ReminderRule
from programme.rules.reminders import DueItem, Part

Span = tuple[date, date]
# People, the step of the rule at which they are told, and the role that puts them there.
Told = tuple[frozenset[int], ReminderStep, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a day of its own; `told` gives people, each with the step at which they are told."""

    object_id: int
    due_on: date
    title: str
    programme: Programme
    told: Callable[[Holders], Sequence[Told]]
    when: str = ""
    path: str = ""


class RoleReminders(ABC):
    """One rule of section 6. What it says stands in the catalogue, under `family` or the rule's own name."""

    rule: str
    family: ClassVar[str] = ""
    is_for_holders_alone: ClassVar[bool] = False
    object_type: ClassVar[str] = ""

    @property
    def spec(self) -> ReminderRule:
        """What the catalogue says of it."""
        return RULES[self.family or self.rule]

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
        holders = role_holders()
        for one in found:
            parts: dict[int, list[Part]] = defaultdict(list)
            for people, step, because in one.told(holders):
                for person in people:
                    parts[person].append(Part(step, because))
            for person in sorted(parts):
                yield self._item(one, person, tuple(parts[person]))

    def _item(self, one: Happening, person: int, parts: tuple[Part, ...]) -> DueItem:
        return DueItem(
            rule=self.rule,
            object_id=one.object_id,
            recipient_id=person,
            due_on=one.due_on,
            title=one.title[:300],
            programme_id=one.programme.pk,
            programme=one.programme.name,
            path=one.path or self.path(one.object_id),
            noun=self.spec.noun,
            offsets=self.spec.days_of(part.step for part in parts),
            when=one.when,
            act=self.spec.act,
            parts=parts,
        )


def programmes_of(partnerships: Iterable[int]) -> dict[int, Programme]:
    """For each partnership its latest programme that is not paused or over. One query."""
    rows = Programme.objects.live().filter(partnership__in=set(partnerships)).order_by("pk")
    return {row.partnership_id: row for row in rows}


def by_role(
    holding: Callable[..., frozenset[int]],
    role: RoleName,
    *place: int | None,
    step: ReminderStep = ReminderStep.TOLD,
) -> Told:
    """Whoever holds a role at a place, read by one of the reads of `Holders`, told because of it."""
    return holding(role, *place), step, str(role.label)


def senior_owner(holders: Holders, programme: Programme, step: ReminderStep = ReminderStep.ESCALATED) -> Told:
    """The programme's senior responsible owner."""
    return holders.owners(programme), step, str(RoleName.SRO.label)
