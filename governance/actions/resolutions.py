"""Record what a joint committee resolved inside its powers, for every council that it binds (INV-12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import sent_back
from core.rules.calendar import bank_holidays
from governance.actions.council_decisions import read_with_answers
from governance.actions.effect import check_nothing_stops
from governance.actions.quorum import check_taken
from governance.actions.steps import keep_text, settle, take_step
from governance.actions.writing import Act, act_of, change, check_on_or_after, check_past, opened, text_of
from governance.enums import (
    ApprovalBody,
    Authority,
    BodyType,
    CouncilDecisionState,
    DecisionKind,
    Step,
)
from governance.models import CouncilDecision, CouncilDecisionRecord, Decision
from governance.policies import check_record_resolution, powers_of
from governance.queries.facts import is_reserved
from governance.rules.checks import check_key_decision_on, check_record, check_resolve
from governance.rules.facts import Day


@transaction.atomic
def record_resolution(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    resolved_on: date,
    reasons: str = "",
    alternatives_rejected: str = "",
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """The decision as resolved: each affected council can call it in, and all wait for the last one.

    Refuses a body that only recommends (row 54), a reserved matter (row 55), a meeting that was not quorate
    (row 56), a key decision before its lawful day (rows 59 to 61), and a record without reasons or rejected
    options (row 69).
    """
    row = opened(decision)
    check_record_resolution(powers_of(by, row.programme), row)
    check_seen(row, seen_version)
    _check_powers(row)
    act = act_of(by, channel, moment)
    check_past(resolved_on, act, "resolved_on")
    check_on_or_after(resolved_on, row.meeting_on, "resolved_on", "Date")
    check_taken(row, resolved_on, "resolved_on")
    words = _words(row, reasons, alternatives_rejected)
    _check_notices(row, resolved_on)
    check_nothing_stops(row)
    keep_text(row, act)
    for asked in row.council_decisions.select_related("council"):
        _bind(row, asked, resolved_on, words, act)
    values = {
        "recommended_on": resolved_on,
        "kind": DecisionKind.RESOLUTION.value,
        "reasons": words[0],
        "alternatives_rejected": words[1],
    }
    return settle(take_step(row, Step.RESOLVE, act, action="record_resolution", values=values), act)


def _check_powers(decision: Decision) -> None:
    body = decision.body
    body_type = body.type if body else BodyType.NOT_STATED
    authority = body.authority if body else Authority.NOT_STATED
    check_resolve(body_type, authority, is_reserved(decision), decision.matter)
    if not decision.council_decisions.exists():
        raise Refusal("Say which councils it binds first", "councils")


def _words(decision: Decision, reasons: str, alternatives: str) -> tuple[str, str]:
    """Reasons and rejected options, as given or else as drafted; refuses as row 69."""
    sent = sent_back(decision, {"reasons": reasons, "alternatives_rejected": alternatives})
    said = text_of(sent["reasons"], "Reasons", "reasons") or decision.reasons
    rejected = text_of(sent["alternatives_rejected"], "Options rejected", "alternatives_rejected")
    rejected = rejected or decision.alternatives_rejected
    check_record(said, rejected)
    return said, rejected


def _check_notices(decision: Decision, resolved_on: date) -> None:
    """A key decision needs the notice of each council that it binds."""
    stored, proposal = read_with_answers(decision)
    day = Day(resolved_on, bank_holidays())
    for asked, answer in zip(stored.council_decisions.all(), proposal.answers, strict=True):
        if asked.approval_body in {ApprovalBody.JOINT_COMMITTEE, ApprovalBody.NOT_STATED}:
            check_key_decision_on(answer, proposal, day)


def _bind(
    decision: Decision, asked: CouncilDecision, resolved_on: date, words: tuple[str, str], act: Act
) -> None:
    """The council's own row, from which its own call-in clock runs."""
    asked.decision = decision
    reasons, alternatives = words
    CouncilDecisionRecord.objects.create(
        council_decision=asked,
        text_number=decision.text_number,
        text_hash=decision.text_hash,
        state=CouncilDecisionState.APPROVED,
        decided_on=resolved_on,
        approval_body=ApprovalBody.JOINT_COMMITTEE,
        reasons=reasons,
        alternatives_rejected=alternatives,
        entered_at=act.at,
        entered_by=act.person,
    )
    values = {
        "state": CouncilDecisionState.APPROVED.value,
        "approval_body": ApprovalBody.JOINT_COMMITTEE.value,
        "text_number": decision.text_number,
        "text_hash": decision.text_hash,
        "decided": resolved_on,
        "published_on": None,
        "next_meeting_on": None,
        "statement": reasons,
    }
    change(asked, values, act, action="bind_council", programme=decision.programme)
