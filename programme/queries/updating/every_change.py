"""Every change of a milestone, field by field: who, when, from what, to what and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.enums import Channel
from core.models import AuditEvent
from core.rules.words import count_of
from programme.models import Milestone, MilestoneDependency
from programme.queries.history import CHANNEL_WORDS, changes_of

RECORDED, WAITS_FOR = "recorded", "waits_for"
OWN_LABELS = {RECORDED: "First record", WAITS_FOR: "Waits for"}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one edit, before and after in words. `by` is empty where it happened by itself."""

    at: datetime
    by: str
    channel: str
    field: str
    label: str
    before: str
    after: str
    why: str


def every_change(milestone: Milestone, field: str = "") -> list[Change]:
    """Every change of the milestone, or of one of its fields, the latest first. One query."""
    found = [change for event in _events(milestone) for change in _changes(event)]
    return [change for change in found if not field or change.field == field]


def fields_changed(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """The fields that were ever changed, each with its label, in the order of their labels."""
    return sorted({(change.field, change.label) for change in changes}, key=lambda pair: pair[1])


def _events(milestone: Milestone) -> QuerySet[AuditEvent]:
    """What the trail says of the milestone, and of what it waits for: such a link may be gone by now."""
    own = Q(object_type=Milestone._meta.label_lower, object_id=milestone.pk)
    links = Q(object_type=MilestoneDependency._meta.label_lower, scope=milestone.programme.key) & (
        Q(before__milestone=milestone.ref) | Q(after__milestone=milestone.ref)
    )
    return AuditEvent.objects.filter(own | links).select_related("by").order_by("-pk")


def _changes(event: AuditEvent) -> Iterator[Change]:
    if event.object_type == MilestoneDependency._meta.label_lower:
        yield _change(event, WAITS_FOR, _waits(event.before), _waits(event.after))
        return
    if not event.before:
        yield _change(event, RECORDED, NOTHING, event.object_label)
        return
    for one in changes_of(event):
        yield _change(event, one.name, one.before, one.after, one.label)


def _change(event: AuditEvent, field: str, before: str, after: str, label: str = "") -> Change:
    return Change(
        at=event.at,
        by=str(event.by or ""),
        channel=CHANNEL_WORDS[Channel(event.channel)],
        field=field,
        label=label or OWN_LABELS[field],
        before=before,
        after=after,
        why=event.why,
    )


def _waits(values: dict[str, Any]) -> str:
    """M-13, 5 working days in between; of a lag alone, which is changed in place, the days."""
    if not values:
        return NOTHING
    lag = values.get("lag_days", 0)
    days = f"{count_of(lag, 'working day')} in between" if lag else "no days in between"
    return ", ".join(part for part in (values.get("waits_for", ""), days) if part)
