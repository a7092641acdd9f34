"""Which councils must decide, by which route, with what notice, and when they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions.audit import last_change
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal, Refusals
from governance.actions.decisions import check_not_sent
from governance.actions.steps import take_step
from governance.actions.writing import (
    Act,
    act_of,
    change,
    check_past,
    needed,
    opened,
    opened_for,
    text_of,
    trace,
)
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState, Step, Urgency
from governance.models import CouncilDecision, Decision, DecisionElement
from governance.policies import (
    can_set_route,
    check_draft,
    check_record_for,
    check_schedule,
    check_set_route,
    powers_of,
)
from programme.models import Council

ELEMENT_LIMIT, NAME_LIMIT = 200, 200
_BY_ITS_OFFICERS = ("set_route", "record_urgency", "publish_notice", "record_representations")
_TO_DECIDE = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)


class Notice(StrEnum):
    """A notice that a council publishes before it decides."""

    KEY = "key"
    PRIVATE = "private"
    PRIVATE_SECOND = "private_second"


_COLUMNS = {
    Notice.KEY: "notice_published_on",
    Notice.PRIVATE: "private_notice_on",
    Notice.PRIVATE_SECOND: "private_second_notice_on",
}


@dataclass(frozen=True, slots=True)
class Route:
    """How one council decides, as its monitoring officer sets it; None follows from who decides."""

    approval_body: str
    is_executive: bool | None = None
    is_key: bool | None = None
    is_private: bool = False
    private_reason: str = ""
    is_exempt_from_callin: bool = False
    callin_exempt_reason: str = ""
    callin_exempt_agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class UrgencyRoute:
    """A lawful way round 28 days' notice, with each of its steps as far as it was taken."""

    urgency: str
    reason: str = ""
    scrutiny_chair_told_on: date | None = None
    notice_on: date | None = None
    agreed_by: str = ""
    agreed_on: date | None = None


@transaction.atomic
def require_council(
    decision: Decision,
    council: Council,
    *,
    by: User,
    seen_version: int,
    approval_body: str = ApprovalBody.NOT_STATED,
    element: str = "",
    next_meeting_on: date | None = None,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """A council that must approve the decision, or one part of it, before anything takes effect."""
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    check_seen(row, seen_version)
    check_not_sent(row)
    if approval_body not in ApprovalBody.values:
        raise Refusal("Choose who decides for the council", "approval_body")
    part = _element(row, text_of(element, "Part of the decision", "element", ELEMENT_LIMIT))
    _check_not_asked(row, council, part)
    last = row.council_decisions.aggregate(last=Max("order_index"))["last"]
    asked = CouncilDecision.objects.create(
        decision=row,
        council=council,
        element=part,
        approval_body=approval_body,
        next_meeting_on=next_meeting_on,
        order_index=0 if last is None else last + 1,
        created_by=by,
        updated_by=by,
    )
    after = {"council": council.key, "element": element, "approval_body": str(approval_body)}
    trace(asked, act_of(by, channel), action="require_council", programme=row.programme, after=after)
    return asked


@transaction.atomic
def release_council(
    asked: CouncilDecision, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> None:
    """A council that need not decide after all: until it is asked, or has set how it decides."""
    row = opened_for(asked)
    powers = powers_of(by, row.decision.programme)
    check_draft(powers)
    check_seen(row, seen_version)
    check_not_sent(row.decision)
    if row.state not in _TO_DECIDE or row.records.exists():
        raise Refusal(f"{row.council or row.party_text} has decided already", "council")
    if not can_set_route(powers, row):
        _check_not_begun(row)
    before = {"council": row.council.key if row.council else row.party_text}
    programme = row.decision.programme
    trace(row, act_of(by, channel), action="release_council", programme=programme, before=before)
    row.delete()


@transaction.atomic
def set_meeting(
    asked: CouncilDecision,
    *,
    by: User,
    seen_version: int,
    next_meeting_on: date | None,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """When the council decides, or decides again."""
    row = opened_for(asked)
    check_schedule(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    return _save(row, {"next_meeting_on": next_meeting_on}, act_of(by, channel), "set_meeting")


@transaction.atomic
def set_route(
    asked: CouncilDecision, route: Route, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> CouncilDecision:
    """How the council decides; refused once it has, because clocks and call-in hang on it."""
    row = opened_for(asked)
    check_set_route(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    _check_undecided(row)
    if route.approval_body not in ApprovalBody.values:
        raise Refusal("Choose who decides for the council", "approval_body")
    values = {
        "approval_body": str(ApprovalBody(route.approval_body).value),
        "is_executive": route.is_executive,
        "is_key": route.is_key,
        "is_private": route.is_private,
        "private_reason": _reason_if(
            route.is_private, route.private_reason, "private_reason", "Say why it is to be taken in private"
        ),
        **_exemption(route),
    }
    return _save(row, values, act_of(by, channel), "set_route")


@transaction.atomic
def record_urgency(
    asked: CouncilDecision,
    given: UrgencyRoute,
    *,
    by: User,
    seen_version: int,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """General exception or special urgency, with the steps taken so far (SI 2012/2089 regs 10 and 11).

    The steps that the law needs are checked when the decision is recorded (rows 60 and 61).
    """
    row = opened_for(asked)
    check_set_route(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    _check_undecided(row)
    if given.urgency not in Urgency.values:
        raise Refusal("Choose the notice that was given", "urgency")
    act = act_of(by, channel)
    is_urgent = given.urgency != Urgency.NONE
    message = "Say why 28 days’ notice is impracticable"
    values = {
        "urgency": str(Urgency(given.urgency).value),
        "urgency_reason": _reason_if(is_urgent, given.reason, "reason", message),
        "scrutiny_chair_told_on": given.scrutiny_chair_told_on if is_urgent else None,
        "urgency_notice_on": given.notice_on if is_urgent else None,
        "urgency_agreed_by": text_of(given.agreed_by, "Name", "agreed_by", NAME_LIMIT) if is_urgent else "",
        "urgency_agreed_on": given.agreed_on if is_urgent else None,
    }
    for field in ("scrutiny_chair_told_on", "notice_on", "agreed_on"):
        if day := getattr(given, field):
            check_past(day, act, field)
    return _save(row, values, act, "record_urgency")


@transaction.atomic
def publish_notice(
    asked: CouncilDecision,
    *,
    by: User,
    seen_version: int,
    published_on: date,
    notice: Notice = Notice.KEY,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """A notice of the council before it decides; the first one opens the decision to the public."""
    row = opened_for(asked)
    check_record_for(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    _check_undecided(row)
    act = act_of(by, channel)
    check_past(published_on, act, "published_on")
    saved = _save(row, {_COLUMNS[Notice(notice)]: published_on}, act, "publish_notice")
    if row.decision.state == DecisionState.DRAFT:
        take_step(row.decision, Step.PUBLISH_NOTICE, act, action="open_notice")
    return saved


@transaction.atomic
def record_representations(
    asked: CouncilDecision, *, by: User, seen_version: int, text: str, channel: str = Channel.PAGE
) -> CouncilDecision:
    """What was said against a private meeting and the answer, which the second notice carries (reg 5)."""
    row = opened_for(asked)
    check_record_for(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    _check_undecided(row)
    said = needed(text, "Representations", "text", "Enter what was said, or that nothing was")
    return _save(row, {"representations": said}, act_of(by, channel), "record_representations")


def _save(row: CouncilDecision, values: Mapping[str, object], act: Act, action: str) -> CouncilDecision:
    """The row with the values; saving what it has already leaves no trace."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    return change(row, values, act, action=action, programme=row.decision.programme)


def _check_undecided(row: CouncilDecision) -> None:
    decides_again = row.text_number is not None and row.text_number < row.decision.text_number
    if row.state not in _TO_DECIDE and not decides_again:
        name = row.council or row.party_text
        raise Refusal(f"{name} has decided on this version, so its route and notices stay as they were")


def _check_not_begun(row: CouncilDecision) -> None:
    """Refuse to take out a council whose own officers have set its route or published a notice."""
    if last_change(row, actions=_BY_ITS_OFFICERS) is not None:
        begun = f"{row.council}’s officers have set how it decides or published its notice"
        agrees = "Its monitoring officer must agree before it is taken out"
        way_on = "If so, withdraw this decision and draft one without it"
        raise Refusal(f"{begun}. {agrees}. {way_on}", "council")


def _check_not_asked(decision: Decision, council: Council, part: DecisionElement | None) -> None:
    if decision.council_decisions.filter(council=council, element=part).exists():
        raise Refusal(f"{council} is asked already", "council")


def _element(decision: Decision, title: str) -> DecisionElement | None:
    if not title:
        return None
    last = decision.elements.aggregate(last=Max("order_index"))["last"]
    order = 0 if last is None else last + 1
    part, _ = DecisionElement.objects.get_or_create(
        decision=decision, title=title, defaults={"order_index": order}
    )
    return part


def _exemption(route: Route) -> dict[str, object]:
    """Why a decision is not open to call-in, and who agreed; both or it is not."""
    if not route.is_exempt_from_callin:
        return {"is_exempt_from_callin": False, "callin_exempt_reason": "", "callin_exempt_agreed_by": ""}
    reason = text_of(route.callin_exempt_reason, "Reason", "callin_exempt_reason")
    agreed = text_of(route.callin_exempt_agreed_by, "Name", "callin_exempt_agreed_by", NAME_LIMIT)
    said = [
        *([] if reason else [Refusal("Say why it is not open to call-in", "callin_exempt_reason")]),
        *([] if agreed else [Refusal("Say who agreed", "callin_exempt_agreed_by")]),
    ]
    if said:
        raise Refusals(said)
    return {
        "is_exempt_from_callin": True,
        "callin_exempt_reason": reason,
        "callin_exempt_agreed_by": agreed,
    }


def _reason_if(is_needed: bool, text: str, field: str, message: str) -> str:
    return needed(text, "Reason", field, message) if is_needed else ""
