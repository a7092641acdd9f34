"""Propose a plan: the first one, or a re-baseline of the one in effect (domain.md 2.7, INV-05)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from benefits.actions.plan import check_dates_in_order, check_next_number, check_plan_contents, hash_of
from benefits.actions.plan_content import (
    amounts_of,
    check_draft,
    dates_of,
    locked_proposal,
    opened_draft,
    typed_dates,
    write_amounts,
    write_dates,
)
from benefits.enums import OPEN_PROPOSALS, ProposalState, RebaselineReason
from benefits.models import Benefit, PlanOpinion, PlanProposal
from benefits.policies import check_give_opinion, check_not_proposer, check_propose, check_submit
from benefits.queries.proposal_decisions import check_no_live_decision
from benefits.rules.gates import no_starting_value
from benefits.rules.ledger import check_rebaseline
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_reason, check_text
from programme.models import Council, PlanVersion, Programme
from programme.queries.partners import partner_councils


@transaction.atomic
def propose_plan(
    programme: Programme,
    *,
    by: User,
    reason_code: str = "",
    narrative: str = "",
    channel: str = Channel.PAGE,
) -> PlanProposal:
    """A draft of the next plan version: all of the latest one, or of a first the dates typed so far."""
    check_propose(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    _check_none_open(programme)
    latest = PlanVersion.objects.filter(programme=programme).order_by("number").last()
    number = latest.number + 1 if latest else 1
    values = _reasons(number, reason_code, narrative)
    proposal = PlanProposal.objects.create(
        programme=programme, number=number, based_on=latest, created_by=by, updated_by=by, **values
    )
    if latest is not None:
        write_amounts(proposal, amounts_of(latest))
        write_dates(proposal, dates_of(latest))
    else:
        write_dates(proposal, typed_dates(programme))
    trace(proposal, by=by, action="propose_plan", channel=channel, after={"number": number, **values})
    return proposal


@transaction.atomic
def update_plan_proposal(
    proposal: PlanProposal,
    *,
    by: User,
    seen_version: int,
    reason_code: str,
    narrative: str,
    channel: str = Channel.PAGE,
) -> PlanProposal:
    """The draft with another reason and explanation; without a change nothing is written."""
    locked = opened_draft(proposal, by=by, seen_version=seen_version)
    values = _reasons(locked.number, reason_code, narrative)
    if all(getattr(locked, name) == value for name, value in values.items()):
        return locked
    return change(locked, values, by=by, action="update_plan_proposal", channel=channel)


@transaction.atomic
def submit_plan_proposal(
    proposal: PlanProposal, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> PlanProposal:
    """The proposal with its content frozen and hashed; refuses one without its reasons (row 34)."""
    check_submit(by, proposal.programme)
    locked = locked_proposal(proposal)
    check_draft(locked)
    check_seen(locked, seen_version)
    check_rebaseline(locked.number, locked.reason_code, locked.narrative)
    check_next_number(locked.programme, locked.number)
    _check_starting_values(locked)
    values = {
        "state": ProposalState.SUBMITTED,
        "submitted_at": now(),
        "submitted_by": by,
        "content_hash": _checked_hash(locked),
    }
    return change(locked, values, by=by, action="submit_plan_proposal", channel=channel)


def _check_starting_values(proposal: PlanProposal) -> None:
    """Row 46, for each benefit in the plan that has a target of its measure. One query."""
    rows = Benefit.objects.filter(lines__proposalamounts__proposal=proposal)
    aimed = rows.filter(Q(target_value__isnull=False) | Q(trajectory__isnull=False)).distinct()
    found = [(one, no_starting_value(one.starting_value, one.starting_reason)) for one in aimed]
    said = [Refusal(f"{one}: {stop.message}", None, stop.code) for one, stop in found if stop is not None]
    if said:
        raise Refusals(said)


@transaction.atomic
def withdraw_plan_proposal(
    proposal: PlanProposal, *, by: User, seen_version: int, reason: str, channel: str = Channel.PAGE
) -> PlanProposal:
    """The proposal taken back, with the reason; not while councils are asked to approve it."""
    check_submit(by, proposal.programme)
    locked = locked_proposal(proposal)
    if locked.state not in OPEN_PROPOSALS:
        raise Refusal(f"This proposal is {str(locked.get_state_display()).lower()} already")
    check_seen(locked, seen_version)
    check_reason(reason, "Explain why the proposal is withdrawn")
    check_no_live_decision(locked)
    values = {
        "state": ProposalState.WITHDRAWN,
        "ended_reason": check_text(reason, "Reason", 500, "reason"),
    }
    return change(
        locked, values, by=by, action="withdraw_plan_proposal", channel=channel, why=values["ended_reason"]
    )


@transaction.atomic
def give_opinion(
    proposal: PlanProposal,
    council: Council,
    *,
    by: User,
    is_in: bool,
    reason: str = "",
    channel: str = Channel.PAGE,
) -> PlanOpinion:
    """Whether the council's section 151 officer supports the plan; a later opinion takes its place."""
    check_give_opinion(by, council)
    locked = locked_proposal(proposal)
    if council not in partner_councils(locked.programme.partnership_id):
        raise Refusal(f"{council} is not a partner council of this programme", "council")
    if locked.state != ProposalState.SUBMITTED:
        raise Refusal("Say whether you support a plan while it is submitted and not yet decided")
    check_not_proposer(by, locked)
    if not is_in:
        check_reason(reason, "Explain why you do not support it")
    opinion = PlanOpinion.objects.create(
        proposal=locked,
        council=council,
        is_in=is_in,
        reason=check_text(reason, "Reason", 500, "reason"),
        entered_at=now(),
        entered_by=by,
    )
    after = {"council": council.key, "is_in": is_in}
    trace(locked, by=by, action="give_opinion", channel=channel, after=after, why=opinion.reason)
    return opinion


def change(
    proposal: PlanProposal,
    values: dict[str, Any],
    *,
    by: User | None,
    action: str,
    channel: str,
    why: str = "",
) -> PlanProposal:
    """The proposal with `values` and the next version, and its audit event; nobody acts when time does."""
    seen = proposal.version
    before = {name: plain(getattr(proposal, name)) for name in values}
    written = write_next(proposal, values, by=by or proposal.updated_by, seen_version=seen)
    for name, value in written.items():
        setattr(proposal, name, value)
    after = {name: plain(value) for name, value in values.items()} | {"version": proposal.version}
    trace(
        proposal,
        by=by,
        action=action,
        channel=channel,
        before=before | {"version": seen},
        after=after,
        why=why,
    )
    return proposal


def trace(
    proposal: PlanProposal,
    *,
    by: User | None,
    action: str,
    channel: str,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """Append the audit event of a write."""
    scope = proposal.programme.key
    audit.record(
        proposal, by=by, action=action, channel=channel, scope=scope, before=before, after=after, why=why
    )


def plain(value: Any) -> Any:
    """A value as the audit trail holds it."""
    if isinstance(value, User):
        return value.email
    if isinstance(value, PlanVersion):
        return value.number
    return value.isoformat() if hasattr(value, "isoformat") else value


def _check_none_open(programme: Programme) -> None:
    found = PlanProposal.objects.filter(programme=programme, state__in=OPEN_PROPOSALS).first()
    if found is not None:
        raise Refusal(f"Plan version {found.number} is proposed already. Withdraw that proposal first")


def _reasons(number: int, reason_code: str, narrative: str) -> dict[str, str]:
    """The reason and the explanation with clean text; the first plan is its own reason."""
    text = check_text(narrative, "Explanation", field="narrative")
    if number == 1:
        return {"reason_code": RebaselineReason.FIRST_PLAN.value, "narrative": text}
    if reason_code and reason_code not in set(RebaselineReason.values) - {RebaselineReason.FIRST_PLAN}:
        raise Refusal("Choose a reason", "reason_code", "34")
    return {"reason_code": reason_code, "narrative": text}


def _checked_hash(proposal: PlanProposal) -> str:
    """The fingerprint of the content; refuses what no plan can hold, and a plan that changes nothing."""
    dates, amounts = dates_of(proposal), amounts_of(proposal)
    check_plan_contents(proposal.programme, dates, amounts)
    check_dates_in_order(proposal.programme, dates)
    if not dates and not amounts:
        raise Refusal("Enter the amounts or the dates of the plan first")
    found = hash_of(dates, amounts)
    if proposal.based_on is not None and found == proposal.based_on.content_hash:
        raise Refusal(
            f"Nothing differs from plan version {proposal.based_on.number}. Change an amount or a date first"
        )
    return found
