"""Who changed a report, when, from what, to what and why: read from the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.enums import Channel
from core.models import AuditEvent
from core.rules.calendar import format_date
from governance.models import Edition, PublishingJob, Report
from governance.rules.reports import NARRATED

_LABELS = {
    "as_of_on": "As recorded on",
    "summary": "Summary",
    "request": "What scrutiny is asked to do",
    "disbenefits": "Dis-benefits",
    "harmonisation": "How far pay and terms are harmonised",
    "next_report": "Next report",
    "what_changed": "What changed",
}
_WHAT = {
    "start_report": "Draft begun",
    "edit_report": "Texts changed",
    "withdraw_report": "Draft given up",
    "start_publishing": "Signed for publication",
    "cancel_publishing": "Publication cancelled",
    "retry_publishing": "Publication tried again",
    "publish_edition": "Published",
    "import_edition": "Taken from a case file, as it was published",
}
CHANNELS = {
    Channel.PAGE: "On its page",
    Channel.API: "Through the API",
    Channel.IMPORT: "From a file",
    Channel.TASK: "By the worker",
}


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text of one edit."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """One entry of the trail about a report, its way to publication, or its edition."""

    at: datetime
    by: str
    channel: str
    what: str
    changes: tuple[TextChange, ...]
    why: str


def report_history(report: Report) -> list[ReportEvent]:
    """Everything that happened to a report, the latest first. Two queries."""
    about = AuditEvent.objects.filter(object_type=Report._meta.label_lower, object_id=report.pk)
    jobs = list(report.jobs.values_list("pk", flat=True))
    about |= AuditEvent.objects.filter(object_type=PublishingJob._meta.label_lower, object_id__in=jobs)
    about |= AuditEvent.objects.filter(
        object_type=Edition._meta.label_lower,
        object_id=report.edition_id or 0,
        action__in=("publish_edition", "import_edition"),
    )
    return [_event(event) for event in about.select_related("by").order_by("-pk")]


def _event(event: AuditEvent) -> ReportEvent:
    changes = tuple(_changes(event.before, event.after)) if event.action == "edit_report" else ()
    return ReportEvent(
        event.at,
        str(event.by),
        CHANNELS[Channel(event.channel)],
        _WHAT.get(event.action, event.action),
        changes,
        event.why,
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[TextChange]:
    for name, label in _LABELS.items():
        if name in after:
            yield TextChange(label, _words(before.get(name), name), _words(after[name], name))
    old, new = before.get("narratives") or {}, after.get("narratives") or {}
    for number, title in NARRATED.items():
        if "narratives" in after and old.get(number, "") != new.get(number, ""):
            yield TextChange(f"{number}. {title}", old.get(number, ""), new.get(number, ""))


def _words(value: Any, name: str) -> str:
    return format_date(date.fromisoformat(value)) if name == "as_of_on" and value else str(value or "")
