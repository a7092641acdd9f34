"""Drafts of benefits reports: begun, written by several people, given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text
from governance.enums import ReportState
from governance.models import Edition, Report, ReportAddition
from governance.report_policies import check_draft, check_edit, powers_of
from governance.rules.reports import SAY_WHAT_CHANGED, TEXTS, check_cut_off, check_narratives, check_summary
from programme.models import Council, Programme
from programme.queries.partners import partner_councils

ONE_OPEN = "There is a draft already. Publish it or give it up first"
NOT_A_DRAFT = "This report is {}, so it cannot be changed"
_ADDED = (
    "place", "text", "publication_class", "exempt_paragraph", "public_interest_reason", "exempt_review_on",
    "certified_at", "certified_by", "released_at", "released_by",
)  # fmt: skip
IS_PUBLISHED = "It is being published. Cancel that before you change it"


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a report is to be about: all councils jointly or one, to a day; a correction names its edition."""

    as_of_on: date
    council: Council | None = None
    corrects: Edition | None = None
    what_changed: str = ""


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """Everything that people write in a report."""

    as_of_on: date
    summary: str = ""
    request: str = ""
    disbenefits: str = ""
    harmonisation: str = ""
    next_report: str = ""
    what_changed: str = ""
    narratives: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def start_report(
    programme: Programme, *, by: User, new: NewReport, channel: Channel = Channel.PAGE
) -> Report:
    """A draft; a correction begins with the texts of the edition that it corrects."""
    council = new.corrects.council if new.corrects else new.council
    check_draft(powers_of(by, programme), council.pk if council else None, str(council or ""))
    _check_new(programme, new, council)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if Report.objects.drafts().filter(programme=programme, council=council).exists():
        raise Refusal(ONE_OPEN, "council")
    report = Report.objects.create(
        programme=programme,
        council=council,
        as_of_on=new.as_of_on,
        corrects=new.corrects,
        what_changed=_what_changed(new.corrects, new.what_changed),
        created_by=by,
        updated_by=by,
        **_texts_of(new.corrects),
    )
    if new.corrects is not None:
        _copy_additions(new.corrects, report, by)
    after = {
        "as_of_on": new.as_of_on.isoformat(),
        "council": council.key if council else "",
        "corrects": new.corrects.number if new.corrects else "",
        "what_changed": report.what_changed,
    }
    _record(report, by=by, action="start_report", channel=channel, after=after)
    return report


@transaction.atomic
def edit_report(
    report: Report, *, by: User, seen_version: int, texts: ReportTexts, channel: Channel = Channel.PAGE
) -> Report:
    """Write the texts of a draft; refuses a summary of more than 250 words."""
    check_edit(powers_of(by, report.programme), report)
    locked = lock_draft(report)
    check_seen(locked, seen_version)
    check_cut_off(texts.as_of_on, today())
    values = _checked(locked, texts)
    before = {name: getattr(locked, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return locked
    write_next(locked, changed, by=by, seen_version=seen_version)
    saved = _again(report)
    _record(
        saved,
        by=by,
        action="edit_report",
        channel=channel,
        before={name: _plain(before[name]) for name in changed} | {"version": seen_version},
        after={name: _plain(value) for name, value in changed.items()} | {"version": saved.version},
    )
    return saved


@transaction.atomic
def withdraw_report(
    report: Report, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Report:
    """Give a draft up, so that another can be begun; it stays on record."""
    check_draft(powers_of(by, report.programme), report.council_id, str(report.council or ""))
    locked = lock_draft(report)
    check_seen(locked, seen_version)
    reason = check_text(why, "Reason", 500, "why")
    check_reason(reason, "Say why it is given up", "why")
    write_next(locked, {"state": ReportState.WITHDRAWN}, by=by, seen_version=seen_version)
    saved = _again(report)
    _record(
        saved,
        by=by,
        action="withdraw_report",
        channel=channel,
        before={"state": ReportState.DRAFT, "version": seen_version},
        after={"state": ReportState.WITHDRAWN, "version": saved.version},
        why=reason,
    )
    return saved


def lock_draft(report: Report) -> Report:
    """The draft, held until the end of the transaction; refuses what is no draft or is being published."""
    locked = (
        Report.objects.select_for_update(of=("self",))
        .select_related("programme", "council")
        .get(pk=report.pk)
    )
    if locked.state != ReportState.DRAFT:
        raise Refusal(NOT_A_DRAFT.format(str(locked.get_state_display()).lower()))
    if locked.jobs.live().exists():
        raise Refusal(IS_PUBLISHED)
    return locked


def _check_new(programme: Programme, new: NewReport, council: Council | None) -> None:
    check_cut_off(new.as_of_on, today())
    if new.corrects is not None and new.corrects.programme_id != programme.pk:
        raise Refusal("Choose an edition of this programme", "corrects")
    is_new = new.corrects is None and council is not None
    if is_new and council not in partner_councils(programme.partnership_id):
        raise Refusal(f"{council} is not a partner in this programme", "council", "76")


def _what_changed(corrects: Edition | None, text: str) -> str:
    if corrects is None:
        return ""
    body = check_text(text, "What changed", field="what_changed")
    check_reason(body, SAY_WHAT_CHANGED, "what_changed", "INV-36")
    return body


def _texts_of(corrects: Edition | None) -> dict[str, Any]:
    """The texts that a correction begins with."""
    if corrects is None:
        return {}
    return {name: getattr(corrects.report, name) for name in (*TEXTS, "narratives")}


def _copy_additions(corrects: Edition, report: Report, by: User) -> None:
    """What the exempt version of a correction begins with: the additions of that edition, as they are."""
    for one in ReportAddition.objects.filter(report=corrects.report).exclude(text=""):
        values = {name: getattr(one, name) for name in _ADDED}
        ReportAddition.objects.create(report=report, created_by=by, updated_by=by, **values)


def _checked(report: Report, texts: ReportTexts) -> dict[str, Any]:
    return {
        "as_of_on": texts.as_of_on,
        "summary": check_summary(texts.summary),
        "request": check_text(texts.request, "Request", field="request"),
        "disbenefits": check_text(texts.disbenefits, "Dis-benefits", field="disbenefits"),
        "harmonisation": check_text(texts.harmonisation, "Harmonisation", field="harmonisation"),
        "next_report": check_text(texts.next_report, "Next report", 200, "next_report"),
        "what_changed": _what_changed(report.corrects, texts.what_changed),
        "narratives": check_narratives(texts.narratives),
    }


def _again(report: Report) -> Report:
    return Report.objects.select_related("programme", "council", "updated_by").get(pk=report.pk)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _record(report: Report, **written: Any) -> None:
    audit.record(report, scope=report.programme.key, **written)
