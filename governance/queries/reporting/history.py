"""Who changed a report, when, from what, to what and why: read from the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.enums import Channel
from core.models import AuditEvent
from core.publication import shown
from core.rules.calendar import format_date
from governance.enums import AdditionPlace
from governance.models import Edition, PublishingJob, Report, ReportAddition
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
_OF_ADDITIONS = ("add_exempt_words", "change_exempt_words", "remove_exempt_words")
_WHAT = {
    "add_exempt_words": "Exempt version added to",
    "change_exempt_words": "Exempt addition changed",
    "remove_exempt_words": "Exempt addition taken away",
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
    """Everything that happened to a report, the latest first. Three queries."""
    about = AuditEvent.objects.filter(object_type=Report._meta.label_lower, object_id=report.pk)
    additions = list(report.additions.values_list("pk", flat=True))
    about |= AuditEvent.objects.filter(
        object_type=ReportAddition._meta.label_lower, object_id__in=additions, action__in=_OF_ADDITIONS
    )
    jobs = list(report.jobs.values_list("pk", flat=True))
    about |= AuditEvent.objects.filter(object_type=PublishingJob._meta.label_lower, object_id__in=jobs)
    about |= AuditEvent.objects.filter(
        object_type=Edition._meta.label_lower,
        object_id=report.edition_id or 0,
        action__in=("publish_edition", "import_edition"),
    )
    return [_event(event) for event in about.select_related("by").order_by("-pk")]


def _event(event: AuditEvent) -> ReportEvent:
    ways = {"edit_report": _changes} | dict.fromkeys(_OF_ADDITIONS, _addition)
    way = ways.get(event.action)
    changes = tuple(way(event.before, event.after)) if way else ()
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


def _addition(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[TextChange]:
    """What everybody reads of an addition: what stands for its text, never the text."""
    place = AdditionPlace(after["place"]).label if "place" in after else "its text"
    yield TextChange(f"Exempt addition to {place}", _stands_for(before), _stands_for(after))


def _stands_for(said: Mapping[str, Any]) -> str:
    if not said.get("is_written", True) or not said.get("publication_class"):
        return ""
    row = ReportAddition(
        publication_class=said["publication_class"],
        exempt_paragraph=said.get("exempt_paragraph"),
        public_interest_reason=said.get("public_interest_reason", ""),
    )
    return shown(row, "Text").text if row.is_withheld else "Open"


def _words(value: Any, name: str) -> str:
    return format_date(date.fromisoformat(value)) if name == "as_of_on" and value else str(value or "")
