"""Scrutiny calls in what its council decided, and says what is to become of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.clock import london_date
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import bank_holidays
from governance.actions.council_decisions import read_with_answers
from governance.actions.steps import settle, take_step
from governance.actions.writing import (
    Act,
    act_of,
    change,
    check_on_or_after,
    check_past,
    needed,
    opened_for,
    text_of,
    trace,
)
from governance.enums import ApprovalBody, CallInOutcome, CouncilDecisionState, DecisionState, Step
from governance.models import CallIn, CallInSignatory, CouncilDecision
from governance.policies import check_raise_call_in, check_record_for, check_state_receipt, powers_of
from governance.queries.facts import answer_among
from governance.rules.checks import check_call_in

NAME_LIMIT = 120
_REFERRED = (CallInOutcome.REFERRED_BACK, CallInOutcome.REFERRED_TO_COUNCIL)


@transaction.atomic
def raise_call_in(
    asked: CouncilDecision,
    *,
    by: User,
    seen_version: int,
    signatories: Sequence[str],
    grounds: str,
    scrutiny_meets_on: date | None = None,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> CallIn:
    """A call-in of the council's decision: nothing of it can be implemented until scrutiny has answered.

    `moment` is when the council received it, by the clock in London, which only its democratic services may
    say; else it is now. Refuses a decision that cannot be called in (row 65), one past the cut-off (row 63),
    and too few signatories (row 64).
    """
    row = opened_for(asked)
    powers = powers_of(by, row.decision.programme)
    check_raise_call_in(powers, row)
    if moment is not None:
        check_state_receipt(powers, row)
    check_seen(row, seen_version)
    act = act_of(by, channel, moment)
    names = _names(signatories)
    stored, proposal = read_with_answers(row.decision)
    answer = answer_among(proposal, stored, row)
    check_call_in(act.at, answer, names, proposal, bank_holidays())
    call_in = _raised(row, names, grounds, scrutiny_meets_on, act)
    change(row, {}, act, action="call_in_council_decision", programme=row.decision.programme)
    settle(row.decision, act)
    return call_in


@transaction.atomic
def settle_call_in(
    call_in: CallIn,
    *,
    by: User,
    seen_version: int,
    outcome: str,
    scrutiny_met_on: date,
    outcome_text: str = "",
    next_meeting_on: date | None = None,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> CallIn:
    """What scrutiny did. No action: the decision takes effect from that meeting. Referred: a fresh decision.

    Where several councils called in one joint decision, nothing is released until each has answered, and a
    referral by one keeps it from all.
    """
    row = opened_for(call_in.council_decision)
    check_record_for(powers_of(by, row.decision.programme), row)
    stored = CallIn.objects.select_for_update(of=("self",)).get(pk=call_in.pk)
    check_seen(stored, seen_version)
    act = act_of(by, channel, moment)
    _check_open(stored, outcome)
    check_past(scrutiny_met_on, act, "scrutiny_met_on")
    raised_on = london_date(stored.raised_at)
    check_on_or_after(scrutiny_met_on, raised_on, "scrutiny_met_on", "Date")
    values = {
        "outcome": str(CallInOutcome(outcome).value),
        "outcome_text": text_of(outcome_text, "What scrutiny said", "outcome_text"),
        "scrutiny_met_on": scrutiny_met_on,
        "released_on": scrutiny_met_on,
    }
    change(stored, values, act, action="settle_call_in", programme=row.decision.programme)
    if outcome in _REFERRED and stored.text_number == row.decision.text_number:
        _refer(row, outcome, next_meeting_on, act)
    settle(row.decision, act)
    return stored


def _names(signatories: Sequence[str]) -> list[str]:
    """Each name once, as the rule counts them."""
    found: dict[str, str] = {}
    for name in signatories:
        clean = text_of(name, "Name", "signatories", NAME_LIMIT)
        if clean:
            found.setdefault(clean.casefold(), clean)
    return list(found.values())


def _raised(
    row: CouncilDecision, names: Sequence[str], grounds: str, meets_on: date | None, act: Act
) -> CallIn:
    reason = needed(grounds, "Grounds", "grounds", "Say why it is called in")
    call_in = CallIn.objects.create(
        council_decision=row,
        text_number=row.decision.text_number,
        raised_at=act.at,
        grounds=reason,
        scrutiny_meets_on=meets_on,
        created_by=act.person,
        updated_by=act.person,
    )
    CallInSignatory.objects.bulk_create(CallInSignatory(call_in=call_in, name=name) for name in names)
    after = {"raised_at": act.at.isoformat(), "signatories": list(names), "text_number": call_in.text_number}
    programme = row.decision.programme
    trace(call_in, act, action="raise_call_in", programme=programme, after=after, why=reason)
    return call_in


def _check_open(call_in: CallIn, outcome: str) -> None:
    if outcome not in CallInOutcome.values:
        raise Refusal("Choose what scrutiny did", "outcome")
    if call_in.outcome:
        raise Refusal(f"Scrutiny has answered: {str(call_in.get_outcome_display()).lower()}", "outcome")


def _refer(row: CouncilDecision, outcome: str, next_meeting_on: date | None, act: Act) -> None:
    """The council decides afresh; what it decided before stays in its records."""
    values: dict[str, object] = {
        "state": CouncilDecisionState.AWAITING.value,
        "published_on": None,
        "next_meeting_on": next_meeting_on,
        "record_url": "",
    }
    if outcome == CallInOutcome.REFERRED_TO_COUNCIL:
        values |= {"approval_body": ApprovalBody.FULL_COUNCIL.value, "is_executive": None}
    change(row, values, act, action="refer_council_decision", programme=row.decision.programme)
    if row.decision.state == DecisionState.CALLED_IN:
        take_step(row.decision, Step.REFER_BACK, act, action="refer_back")
