"""Which reminders of a mail still apply, asked just before it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from programme.models import Absence, Digest, Programme, Reminder
from programme.queries.reminding.days import RuleDays
from programme.queries.reminding.wishes import wishes_on
from programme.reminder_sources import ReminderSource, source_of
from programme.rules.reminders import DueItem, InPlaceOf


def still_due(digest: Digest, reminders: Sequence[Reminder]) -> dict[int, DueItem]:
    """What each reminder is about, by its key; without those whose condition has cleared meanwhile.

    Cleared also means: the rule was turned off, the person wants no mail of the kind any more, or who is
    told in another's place may not read the programme any more.
    """
    days, wishes = RuleDays(), wishes_on(digest.day_on, [digest.recipient_id])
    places = _Places(digest, {one.in_place_of_id for one in reminders if one.in_place_of_id})
    groups: dict[tuple[str, int], list[Reminder]] = defaultdict(list)
    for one in reminders:
        groups[one.rule, one.in_place_of_id or digest.recipient_id].append(one)
    found: dict[int, DueItem] = {}
    for (rule, person), group in groups.items():
        source = source_of(rule)
        if source is None or not wishes.wants(digest.recipient_id, source.spec):
            continue
        items = {(item.object_id, item.due_on): item for item in _items(source, person, group, days)}
        for one in group:
            item = items.get((one.object_id, one.due_on))
            if item is not None and (placed := places.placed(item, digest.recipient_id)):
                found[one.pk] = placed
    return found


def owed_to_who_is_away(digest: Digest, reminders: Sequence[Reminder], told: Collection[int]) -> list[int]:
    """Of what is not `told` to who stands in, what is still due of those in whose place it was to be told.

    No query where there is nothing of the kind.
    """
    groups: dict[tuple[str, int], list[Reminder]] = defaultdict(list)
    for one in reminders:
        if one.in_place_of_id and one.pk not in told:
            groups[one.rule, one.in_place_of_id].append(one)
    if not groups:
        return []
    days = RuleDays()
    owed = []
    for (rule, person), group in groups.items():
        source = source_of(rule)
        still = (
            {(item.object_id, item.due_on) for item in _items(source, person, group, days)} if source else ()
        )
        owed += [one.pk for one in group if (one.object_id, one.due_on) in still]
    return owed


def _items(
    source: ReminderSource, person: int, group: Sequence[Reminder], days: RuleDays
) -> Iterator[DueItem]:
    """What the person is still to be told of these, without programmes that turned the rule off."""
    for item in source.still_due(person, {one.object_id for one in group}):
        if days.of(item.programme_id, source.spec, item.steps):
            yield item


class _Places:
    """In whose place the recipient of a mail is told, and which programmes they may read. Two queries, or
    none where they are told in nobody's place."""

    def __init__(self, digest: Digest, people: set[int]) -> None:
        self._away: dict[int, InPlaceOf] = {}
        self._readable: frozenset[int] = frozenset()
        if people:
            own = Absence.objects.filter(user__in=people, delegate=digest.recipient_id)
            rows = own.filter(from_on__lte=digest.day_on).order_by("to_on", "pk")
            named = rows.values_list("user", "user__name", "to_on")
            self._away = {user: InPlaceOf(user, name, until) for user, name, until in named}
            readable = Programme.objects.visible_to(digest.recipient).values_list("pk", flat=True)
            # Roles outlive an account that is closed.
            self._readable = frozenset(readable) if digest.recipient.is_active else frozenset()

    def placed(self, item: DueItem, recipient: int) -> DueItem | None:
        """The item for the recipient; None where it is another's, and not the recipient's to read."""
        if item.recipient_id == recipient:
            return item
        away = self._away.get(item.recipient_id)
        if away is None or item.programme_id not in self._readable:
            return None
        return replace(item, recipient_id=recipient, in_place_of=away)
