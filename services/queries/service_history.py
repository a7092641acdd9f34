"""Who changed a service or a council's part in it, when, from what, to what: read from the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from core.enums import Channel, Qualifier
from core.models import AuditEvent
from core.rules.assessment import Withheld
from core.rules.calendar import format_date, format_fy
from core.rules.money import format_pounds
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus
from services.models import Service
from services.rules.service_entry import fte_to_show

_LABELS = {
    "amount_pence": "Cost",
    "contract_break_on": "Contract can end from",
    "contract_end_on": "Contract ends on",
    "fte": "Full-time equivalents",
    "is_higher_better": "Higher is better",
    "kind": "Kind",
    "lead_council": "Lead council",
    "qualifier": "Exactness",
    "ref": "Reference",
    "shared_percent": "Already shared (%)",
    "since": "Shared since",
}
_CHOICES: tuple[type[models.TextChoices], ...] = (
    ServiceStatus,
    Provider,
    Confidence,
    MeasureKind,
    ServiceKind,
    Qualifier,
)
_WORDS = {value: str(label) for choices in _CHOICES for value, label in choices.choices}
_CHOSEN = frozenset({"status", "provider", "confidence", "kind", "qualifier"})
_FROM_CASE_FILE = "Recorded from a case file"
_ABOUT = ("council", "measure", "fy")
_FIRST = frozenset({"name", "amount_pence", "value"})
_HIDDEN = frozenset({*_ABOUT, "version", "order_index"})
_CHANNELS = {
    Channel.PAGE: "On its page",
    Channel.API: "Through the API",
    Channel.IMPORT: "From a file",
    Channel.TASK: "By a scheduled task",
}


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of one edit, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ServiceEdit:
    """One entry of the audit trail; `what` says what was added, changed or removed, and of whom."""

    at: datetime
    by: str
    channel: str
    what: str
    changes: tuple[ValueChange, ...]
    is_change: bool
    is_removal: bool


def service_history(service: Service) -> list[ServiceEdit]:
    """Every edit of a service and of its councils' parts, latest first. One query."""
    events = AuditEvent.objects.filter(object_type=Service._meta.label_lower, object_id=service.pk)
    return [_edit(event) for event in events.select_related("by").order_by("-pk")]


def value_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ValueChange, ...]:
    """What an edit changed, in words: the amount first, then by name. JSON keeps no order of keys."""
    names = sorted({*before, *after} - _HIDDEN, key=lambda name: (name not in _FIRST, _label(name)))
    return tuple(
        ValueChange(_label(name), _in_words(name, before.get(name)), _in_words(name, after.get(name)))
        for name in names
    )


def about_words(about: Mapping[str, Any]) -> str:
    """Ashmere, claims, 2026 to 2027: whom and what an edit concerns; empty for the service itself."""
    parts = [format_fy(about[name]) if name == "fy" else str(about[name]) for name in _ABOUT if name in about]
    return ", ".join(parts)


def action_words(action: str) -> str:
    """Added, Changed or Removed, of what: a cost, a measure, the council's part, the service.

    Anything else is the record that a case file made, whose values the page shows themselves.
    """
    verb, _, noun = action.partition("_")
    verbs = {"add": "Added", "change": "Changed", "remove": "Removed"}
    nouns = {
        "service": "the service",
        "service_council": "the council’s part",
        "service_cost": "a cost",
        "service_measure": "a measure",
    }
    if verb in verbs and noun in nouns:
        return f"{verbs[verb]} {nouns[noun]}"
    return _FROM_CASE_FILE


def _edit(event: AuditEvent) -> ServiceEdit:
    about = about_words({**event.before, **event.after})
    what = action_words(event.action)
    is_ours = what != _FROM_CASE_FILE
    return ServiceEdit(
        at=event.at,
        by=str(event.by),
        channel=_CHANNELS[Channel(event.channel)],
        what=f"{what}: {about}" if about else what,
        changes=value_changes(event.before, event.after) if is_ours else (),
        is_change=event.action.startswith("change"),
        is_removal=event.action.startswith("remove"),
    )


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _in_words(name: str, value: Any) -> str:
    if value in (None, "", {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "amount_pence":
        return format_pounds(value)
    if name == "fte":
        return _posts(str(value))
    if name in _CHOSEN:
        return _WORDS.get(value, str(value)).lower()
    if isinstance(value, dict):
        return str(value.get("text", value))
    return _date_in_words(str(value)) if name.endswith("_on") or name in ("since", "planned") else str(value)


def _posts(text: str) -> str:
    """The posts; fewer than 5 could identify people (INV-38)."""
    shown = fte_to_show(Decimal(text))
    return shown.reason.lower() if isinstance(shown, Withheld) else text


def _date_in_words(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text
