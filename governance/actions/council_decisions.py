"""Record what one council decided on one exact text, and when it published it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import sent_back
from core.rules.calendar import bank_holidays, format_date
from governance.actions.decisions import TEXT_LIMIT
from governance.actions.steps import settle
from governance.actions.writing import (
    Act,
    act_of,
    change,
    check_on_or_after,
    check_past,
    opened_for,
    text_of,
)
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState
from governance.models import CouncilDecision, CouncilDecisionRecord, Decision
from governance.policies import check_not_author, check_record_for, powers_of
from governance.queries.facts import answer_among, proposal_of, with_answers
from governance.rules.checks import (
    check_key_decision_on,
    check_private_notices,
    check_record,
    check_same_text,
)
from governance.rules.facts import Answer, Day, Proposal
from governance.rules.text_hash import text_hash

# While a decision is in one of these, a council can say what it decided.
TAKES_ANSWERS = (
    DecisionState.RATIFYING,
    DecisionState.CALLED_IN,
    DecisionState.BLOCKED,
    DecisionState.IN_DISPUTE,
    DecisionState.PROCEEDING_WITHOUT,
)
_APPROVES = (CouncilDecisionState.APPROVED, CouncilDecisionState.APPROVED_AMENDED)
_TO_DECIDE = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a council decided (SI 2012/2089 reg 12). `text`: the words it approved, where it says them."""

    state: str
    decided_on: date
    reasons: str
    alternatives_rejected: str = ""
    conflicts_of_interest: str = ""
    dispensations: str = ""
    text: str = ""
    next_meeting_on: date | None = None
    record_url: str = ""


@transaction.atomic
def record_council_decision(
    asked: CouncilDecision,
    outcome: Outcome,
    *,
    by: User,
    seen_version: int,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """What the council decided, kept for ever; then all that follows from it happens.

    Refuses another text as approval (row 66), a key decision before its lawful day (rows 59 to 61), a record
    without reasons or rejected options (row 69), an approval by who proposed it (row 35).
    """
    row = opened_for(asked)
    powers = powers_of(by, row.decision.programme)
    check_record_for(powers, row)
    check_seen(row, seen_version)
    if outcome.state in _APPROVES:
        check_not_author(powers, row.decision)
    act = act_of(by, channel, moment)
    settle(row.decision, act)
    kept = _checked(row, outcome, act)
    _keep(row, kept, act)
    settle(row.decision, act)
    return row


@transaction.atomic
def publish_council_decision(
    asked: CouncilDecision,
    *,
    by: User,
    seen_version: int,
    published_on: date,
    record_url: str = "",
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> CouncilDecision:
    """The day on which the council published its decision: its call-in runs from then (F-30)."""
    row = opened_for(asked)
    check_record_for(powers_of(by, row.decision.programme), row)
    check_seen(row, seen_version)
    act = act_of(by, channel, moment)
    _check_to_publish(row)
    check_past(published_on, act, "published_on")
    check_on_or_after(published_on, row.decided_last_on, "published_on", "Date")
    values = {"published_on": published_on, "record_url": record_url or row.record_url}
    change(row, values, act, action="publish_council_decision", programme=row.decision.programme)
    settle(row.decision, act)
    return row


def check_takes_answers(decision: Decision) -> None:
    """Refuse an answer while councils are not asked."""
    if decision.state not in TAKES_ANSWERS:
        state = str(decision.get_state_display()).lower()
        raise Refusal(f"This decision is {state}, so no council’s decision can be recorded now")


def read_with_answers(decision: Decision) -> tuple[Decision, Proposal]:
    """A decision and its facts as they are stored now. Six queries."""
    stored = with_answers(Decision.objects.filter(pk=decision.pk)).get()
    return stored, proposal_of(stored)


def _checked(row: CouncilDecision, outcome: Outcome, act: Act) -> Outcome:
    """The outcome with clean texts; refuses what may not be recorded."""
    check_takes_answers(row.decision)
    if outcome.state not in CouncilDecisionState.values or outcome.state == CouncilDecisionState.AWAITING:
        raise Refusal("Choose what the council decided", "state")
    _check_undecided(row)
    words = sent_back(row.decision, {"text": outcome.text})["text"]
    clean = _clean(replace(outcome, text=words))
    check_past(clean.decided_on, act, "decided_on", "Decision date")
    check_on_or_after(clean.decided_on, row.decision.recommended_on, "decided_on", "Decision date")
    stored, proposal = read_with_answers(row.decision)
    answer = answer_among(proposal, stored, row)
    if clean.state == CouncilDecisionState.DEFERRED:
        return clean
    if row.approval_body == ApprovalBody.NOT_STATED:
        raise Refusal(f"Say who decides for {answer.council} first", "approval_body")
    _check_decision(clean, answer, proposal)
    return clean


def _check_decision(clean: Outcome, answer: Answer, proposal: Proposal) -> None:
    """What the law and the text ask of a decision that was made, not put off."""
    day = Day(clean.decided_on, bank_holidays())
    if clean.state in _APPROVES:
        check_key_decision_on(answer, proposal, day)
        check_private_notices(answer, day)
    check_record(clean.reasons, clean.alternatives_rejected)
    said = text_hash(clean.text) if clean.text else proposal.text_hash
    check_same_text(answer.council, clean.state, said, proposal.text_hash)
    if clean.state == CouncilDecisionState.APPROVED_AMENDED and not clean.text:
        raise Refusal("Enter the words that it approved instead", "text")


def _clean(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        reasons=text_of(outcome.reasons, "Reasons", "reasons"),
        alternatives_rejected=text_of(
            outcome.alternatives_rejected, "Options rejected", "alternatives_rejected"
        ),
        conflicts_of_interest=text_of(
            outcome.conflicts_of_interest, "Conflicts of interest", "conflicts_of_interest"
        ),
        dispensations=text_of(outcome.dispensations, "Dispensations", "dispensations"),
        text=text_of(outcome.text, "Text", "text", TEXT_LIMIT),
    )


def _check_undecided(row: CouncilDecision) -> None:
    """Each council answers a version once, unless it put it off or scrutiny referred it back."""
    is_about_older = row.text_number is not None and row.text_number < row.decision.text_number
    if row.state in _TO_DECIDE or is_about_older:
        return
    on = f" on {format_date(row.decided_last_on)}" if row.decided_last_on else ""
    raise Refusal(f"{row.council or row.party_text} decided on this version{on}. Put a new version")


def _check_to_publish(row: CouncilDecision) -> None:
    is_of_this_text = row.text_number == row.decision.text_number
    if row.state in _TO_DECIDE or not is_of_this_text:
        raise Refusal("Record what the council decided first", "published_on")
    if row.published_on is not None:
        raise Refusal(f"It was published on {format_date(row.published_on)}", "published_on")


def _keep(row: CouncilDecision, kept: Outcome, act: Act) -> None:
    """The record for ever, and where the council stands now."""
    decision = row.decision
    proposed = kept.text if kept.state == CouncilDecisionState.APPROVED_AMENDED else ""
    CouncilDecisionRecord.objects.create(
        council_decision=row,
        text_number=decision.text_number,
        text_hash=text_hash(proposed) if proposed else decision.text_hash,
        state=kept.state,
        decided_on=kept.decided_on,
        approval_body=row.approval_body,
        reasons=kept.reasons,
        alternatives_rejected=kept.alternatives_rejected,
        conflicts_of_interest=kept.conflicts_of_interest,
        dispensations=kept.dispensations,
        proposed_text=proposed,
        next_meeting_on=kept.next_meeting_on,
        entered_at=act.at,
        entered_by=act.person,
    )
    values = {
        "state": str(CouncilDecisionState(kept.state).value),
        "text_number": decision.text_number,
        "text_hash": text_hash(proposed) if proposed else decision.text_hash,
        "decided": kept.decided_on,
        "published_on": None,
        "next_meeting_on": kept.next_meeting_on,
        "statement": kept.reasons,
        "record_url": kept.record_url,
    }
    action = "record_council_decision"
    change(row, values, act, action=action, programme=decision.programme, why=kept.reasons)
