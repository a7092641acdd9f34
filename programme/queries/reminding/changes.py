"""What changed since a person's last mail about what is theirs or what they were told of, from the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from core.models import AuditEvent
from programme.enums import DeliveryState
from programme.models import Digest, Milestone, Reminder
from programme.queries.history import changes_of
from programme.querysets import readable
from programme.reminder_sources import source_of
from programme.rules.digest_changes import Changed, change_words

# How long ago a person may have been told of a thing for its changes to be news to them.
TOLD_WITHIN = timedelta(days=60)
_WITHOUT_A_MAIL_BEFORE = timedelta(days=1)
MOST_SAID = 30
_MILESTONE = Milestone._meta.label_lower
_Thing = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed, with who changed it, and where to look."""

    title: str
    programme: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Why a thing concerns the person: it is theirs now, or they were told of it by these reminders."""

    title: str
    programme: str
    path: str
    is_own: bool
    told: tuple[Reminder, ...] = ()


def changes_for(digest: Digest) -> list[ChangeLine]:
    """What others changed between the person's mail before and the making of this one, by title.

    The same at every try of one mail, but for what the person may not read any more. Four queries, and some
    for each rule under which a thing changed that the person had been told of.
    """
    known = _known(digest)
    events = _events(digest, known)
    still = _still_due(digest, [known[thing] for thing in events])
    lines = [_line(digest, known[thing], found, still) for thing, found in events.items()]
    return sorted(lines, key=lambda line: (line.title, line.path))[:MOST_SAID]


def _since(digest: Digest) -> datetime:
    before = Digest.objects.filter(
        recipient=digest.recipient_id, state=DeliveryState.SENT, created_at__lt=digest.created_at
    )
    last = before.aggregate(last=Max("created_at"))["last"]
    return last or digest.created_at - _WITHOUT_A_MAIL_BEFORE


def _known(digest: Digest) -> dict[_Thing, _Known]:
    """The things that concern the person, among those they may read. Two queries."""
    user = digest.recipient
    told = Reminder.objects.filter(
        readable(user, "programme__partnership"),
        recipient=user,
        in_place_of__isnull=True,
        created_at__gte=digest.created_at - TOLD_WITHIN,
    ).exclude(digest=digest)
    by_thing: dict[_Thing, list[Reminder]] = defaultdict(list)
    for reminder in told.select_related("programme").order_by("pk"):
        source = source_of(reminder.rule)
        if source is not None and source.object_type:
            by_thing[source.object_type, reminder.object_id].append(reminder)
    known = {thing: _told_of(reminders) for thing, reminders in by_thing.items()}
    for milestone in Milestone.objects.visible_to(user).filter(owner=user).select_related("programme"):
        thing = (_MILESTONE, milestone.pk)
        earlier = tuple(by_thing.get(thing, ()))
        path = milestone.get_absolute_url()
        known[thing] = _Known(milestone.title, milestone.programme.name, path, True, earlier)
    return known


def _told_of(reminders: Sequence[Reminder]) -> _Known:
    last = reminders[-1]
    source = source_of(last.rule)
    path = source.path(last.object_id) if source else ""
    return _Known(last.title, last.programme.name, path, False, tuple(reminders))


def _events(digest: Digest, known: dict[_Thing, _Known]) -> dict[_Thing, list[AuditEvent]]:
    """What others did to these things in the time, the first first. Two queries."""
    wanted = Q()
    for object_type in {object_type for object_type, _ in known}:
        keys = [key for kind, key in known if kind == object_type]
        wanted |= Q(object_type=object_type, object_id__in=keys)
    if not wanted:
        return {}
    rows = AuditEvent.objects.filter(wanted, at__gt=_since(digest), at__lte=digest.created_at)
    found: dict[_Thing, list[AuditEvent]] = defaultdict(list)
    for event in rows.exclude(by=digest.recipient_id).select_related("by").order_by("pk"):
        found[event.object_type, event.object_id].append(event)
    return found


def _still_due(digest: Digest, known: Sequence[_Known]) -> set[tuple[str, int]]:
    """Of what was told, by rule and object, what is still due of the person."""
    asked: dict[str, set[int]] = defaultdict(set)
    for one in known:
        for reminder in one.told:
            asked[reminder.rule].add(reminder.object_id)
    still = set()
    for rule, keys in asked.items():
        source = source_of(rule)
        if source is not None:
            still |= {(rule, item.object_id) for item in source.still_due(digest.recipient_id, keys)}
    return still


def _line(
    digest: Digest, known: _Known, events: Sequence[AuditEvent], still: set[tuple[str, int]]
) -> ChangeLine:
    email = digest.recipient.email
    was_given = known.is_own and any(
        event.after.get("owner") == email and event.before.get("owner") != email for event in events
    )
    is_over = bool(known.told) and not any((one.rule, one.object_id) in still for one in known.told)
    is_milestone = any(event.object_type == _MILESTONE for event in events)
    changes = [
        Changed(change.name, change.label, change.before, change.after)
        for event in events
        if is_milestone and event.before
        for change in changes_of(event)
    ]
    people = [str(event.by) for event in events if event.by]
    words = change_words(changes, was_given=was_given, is_over=is_over, people=people)
    return ChangeLine(known.title, known.programme, words, known.path)
