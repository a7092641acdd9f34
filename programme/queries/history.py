"""Who changed a milestone, when, from what, to what and why: read from the audit trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.enums import Channel
from core.models import AuditEvent
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from programme.models import Milestone
from programme.rules.milestone_update import MilestoneRecord

LABELS = {
    "forecast": "Forecast date",
    "actual": "Achieved on",
    "plan": "Plan date",
    "evidence": "Evidence",
    "note": "Note",
    "stated_state": "State",
    "owner": "Owner",
    "is_critical": "Key milestone",
    "case_note": "Note of the source",
    "gate_number": "Gate",
    "position": "Place in the list",
    "is_cancelled": "Cancelled",
}
CHANNEL_WORDS = {
    Channel.PAGE: "On its page",
    Channel.API: "Through the API",
    Channel.IMPORT: "From a case file",
    Channel.TASK: "By a scheduled task",
}
# Follow from a date that is shown itself, or mean nothing to a reader.
# The largest number that the column of versions holds.
HIGHEST_VERSION = 2**31 - 1
IMPORTED_FROM, STATE_THEN = "imported_from", "state_then"
HIDDEN = frozenset(
    {"version", "stated_state", "order_index", "forecast_updated_at", IMPORTED_FROM, STATE_THEN}
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one edit; `before` and `after` in words."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of the audit trail; of the first, which made the milestone, no changes are listed.

    A new note is the reason why, and is not among the changes again.
    """

    at: datetime
    by: str
    channel: str
    changes: tuple[FieldChange, ...]
    why: str
    is_first: bool = False


def encode_date(value: ImpreciseDate | None) -> str | dict[str, str] | None:
    """A date as the audit trail holds it: ISO text for a day, else its first and last day and its words."""
    if value is None:
        return None
    if value.is_exact:
        return value.first_on.isoformat()
    return {
        "from": value.first_on.isoformat(),
        "to": value.last_on.isoformat(),
        "precision": value.precision,
        "text": value.text,
    }


def decode_date(value: Any) -> ImpreciseDate | None:
    """A date out of the audit trail, as `encode_date` wrote it."""
    if isinstance(value, str):
        return ImpreciseDate.day(date.fromisoformat(value))
    if isinstance(value, dict):
        first, last = (date.fromisoformat(value[name]) for name in ("from", "to"))
        return ImpreciseDate(first, last, value["precision"], value["text"])
    return None


def milestone_history(milestone: Milestone) -> list[Edit]:
    """Every edit of the milestone, latest first. One query."""
    return [_edit(event) for event in _events(milestone)]


def edits_since(milestone: Milestone, version: int) -> list[AuditEvent]:
    """Audit events of the edits made after `version` was read, first one first. One query.

    A version that does not exist yet was read after every edit, however large the number is. Nobody has read
    a milestone before its first version, and its creation is no edit.
    """
    read = min(max(version, 1), HIGHEST_VERSION)
    return list(_events(milestone).filter(after__version__gt=read).order_by("pk"))


def edits_since_each(seen: Mapping[int, int]) -> dict[int, list[AuditEvent]]:
    """Of milestones by key, the edits made after the version seen of each, first one first. One query."""
    if not seen:
        return {}
    events = AuditEvent.objects.filter(object_type=Milestone._meta.label_lower, object_id__in=seen)
    found: dict[int, list[AuditEvent]] = defaultdict(list)
    for event in events.select_related("by").order_by("pk"):
        if event.after.get("version", 0) > seen[event.object_id]:
            found[event.object_id].append(event)
    return found


def record_before(milestone: Milestone, edits: Sequence[AuditEvent]) -> MilestoneRecord:
    """What was recorded of a milestone before these edits, which are all that came after; no query."""
    was: dict[str, Any] = {}
    for edit in reversed(edits):
        was |= edit.before
    dates = {
        name: decode_date(was[name]) if name in was else milestone.get_date(name)
        for name in ("forecast", "actual")
    }
    return MilestoneRecord(
        dates["forecast"],
        dates["actual"],
        was.get("evidence", milestone.evidence),
        was.get("note", milestone.note),
    )


def date_in_words(value: ImpreciseDate | None) -> str:
    """The day in full where it is known, else the words of its source; empty where there is none."""
    if value is None:
        return ""
    return format_date(value.first_on) if value.is_exact else str(value)


def _events(milestone: Milestone) -> Any:
    events = AuditEvent.objects.filter(
        object_type=Milestone._meta.label_lower,
        object_id=milestone.pk,
    )
    return events.select_related("by").order_by("-pk")


def _edit(event: AuditEvent) -> Edit:
    is_first = not event.before
    changes = () if is_first else changes_of(event)
    if event.why:
        changes = tuple(change for change in changes if change.name != "note")
    return Edit(event.at, str(event.by), _channel_words(event), changes, event.why, is_first)


def _channel_words(event: AuditEvent) -> str:
    file_name = event.after.get(IMPORTED_FROM)
    return f"Imported from {file_name}" if file_name else CHANNEL_WORDS[Channel(event.channel)]


def changes_of(event: AuditEvent) -> tuple[FieldChange, ...]:
    """What an audit event changed, in words, in the order it was recorded."""
    names = [name for name in dict.fromkeys([*event.before, *event.after]) if name not in HIDDEN]
    return tuple(
        FieldChange(
            name,
            LABELS.get(name, name.replace("_", " ").capitalize()),
            _in_words(event.before.get(name)),
            _in_words(event.after.get(name)),
        )
        for name in names
    )


def _in_words(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "text" in value:
        return str(value["text"])
    if isinstance(value, list):
        return ", ".join(_in_words(item) for item in value)
    if isinstance(value, str):
        return _date_in_words(value)
    return str(value)


def _date_in_words(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text
