"""What others changed of benefits since they were read (row 84)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benefits.models import Benefit
from benefits.profile_fields import TITLES
from core.models import AuditEvent

# What the trail holds beside fields of the profile.
_OTHER = {"state": "State", "approved_on": "Approved on", "trajectory": "Planned values"}
_NOT_TOLD = frozenset({"version", "benefit"})


@dataclass(frozen=True, slots=True)
class TheirChange:
    """One field that someone else saved, in words, from what and to what."""

    by: str
    at: datetime
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.by} changed {self.field.lower()} from {self.before} to {self.after}"


def benefit_changes_since(seen: Mapping[int, int]) -> dict[int, tuple[TheirChange, ...]]:
    """What was saved of these benefits after the versions seen, by key, in its order. One query."""
    events = AuditEvent.objects.filter(object_type=Benefit._meta.label_lower, object_id__in=seen)
    found: dict[int, list[TheirChange]] = defaultdict(list)
    for event in events.select_related("by").order_by("pk"):
        if event.after.get("version", 0) > seen[event.object_id]:
            found[event.object_id] += _changes(event)
    return {pk: tuple(changes) for pk, changes in found.items()}


def _changes(event: AuditEvent) -> list[TheirChange]:
    names = [name for name in {**event.before, **event.after} if name not in _NOT_TOLD]
    return [
        TheirChange(
            str(event.by or "The programme"),
            event.at,
            TITLES.get(name) or _OTHER.get(name) or name.replace("_", " ").capitalize(),
            in_words(event.before.get(name)),
            in_words(event.after.get(name)),
        )
        for name in names
    ]


def in_words(value: Any) -> str:
    """A value of the audit trail as it is read; nothing where it is empty."""
    if value is None or value == "" or value == [] or value == {}:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_words(one)}" for name, one in value.items())
    return str(value)
