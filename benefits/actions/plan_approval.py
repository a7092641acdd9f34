"""What councils' decisions make of a proposed plan; called by the floor that holds decisions."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.actions.plan import check_next_number, check_plan_contents, hash_of, record_plan_version
from benefits.actions.plan_content import amounts_of, dates_of, locked_proposal
from benefits.actions.plan_proposal import change
from benefits.enums import ProposalState, RebaselineReason
from benefits.models import PlanProposal
from benefits.policies import check_propose
from benefits.queries.proposal_decisions import decisions_of_proposals, what_it_waits_for
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.calendar import format_date
from programme.models import PlanVersion


def why_not_approved(proposal: PlanProposal) -> str:
    """Why councils cannot approve this plan, in words; empty where they can, or have."""
    if proposal.state == ProposalState.APPROVED:
        return ""
    if proposal.state == ProposalState.DRAFT:
        return f"Submit plan version {proposal.number} before councils are asked to approve it"
    if proposal.state != ProposalState.SUBMITTED:
        state = str(proposal.get_state_display()).lower()
        return f"The proposed plan version {proposal.number} is {state}, so councils cannot approve it"
    try:
        check_next_number(proposal.programme, proposal.number)
        check_plan_contents(proposal.programme, dates_of(proposal), amounts_of(proposal))
    except (Refusal, Refusals) as said:
        return str(said)
    return ""


@transaction.atomic
def approve_plan_proposal(
    proposal: PlanProposal,
    *,
    by: User | None,
    decision_ref: str,
    approved_on: date,
    effective_on: date,
    channel: str = Channel.TASK,
) -> PlanVersion:
    """The plan version that the decision makes of the proposal, from the day it takes effect (INV-14).

    Called only when that decision takes effect; run twice, it gives the version made before. Nobody acts
    (None) when time alone does.
    """
    locked = locked_proposal(proposal)
    if locked.plan_version is not None:
        return locked.plan_version
    reason = why_not_approved(locked)
    if reason or locked.submitted_by is None:
        raise Refusal(reason, code="INV-05")
    dates, amounts = dates_of(locked), amounts_of(locked)
    if hash_of(dates, amounts) != locked.content_hash:
        raise Refusal(
            "This plan is not the one that was submitted. Withdraw it and start again", code="INV-02"
        )
    is_first = locked.reason_code == RebaselineReason.FIRST_PLAN
    version = record_plan_version(
        locked.programme,
        by=by,
        entered_by=locked.submitted_by,
        number=locked.number,
        approved_on=approved_on,
        effective_on=effective_on,
        reason="" if is_first else locked.reason_code,
        narrative=locked.narrative,
        dates=dates,
        amounts=amounts,
        channel=Channel(channel),
    )
    values = {"state": ProposalState.APPROVED, "plan_version": version, "decision_ref": decision_ref}
    change(locked, values, by=by, action="approve_plan_proposal", channel=channel, why=decision_ref)
    return version


@transaction.atomic
def refuse_plan_proposal(
    proposal: PlanProposal,
    *,
    by: User | None,
    decision_ref: str,
    why: str,
    channel: str = Channel.TASK,
) -> PlanProposal:
    """The proposal as refused by a decision that ended; one that is settled already stays as it is."""
    locked = locked_proposal(proposal)
    if locked.state != ProposalState.SUBMITTED:
        return locked
    values = {"state": ProposalState.REFUSED, "decision_ref": decision_ref, "ended_reason": why[:500]}
    return change(locked, values, by=by, action="refuse_plan_proposal", channel=channel, why=decision_ref)


def make_plan_current(proposal: PlanProposal, *, by: User) -> None:
    """Refuse it, always: a plan takes effect when its decision does, and in no other way (row 36)."""
    check_propose(by, proposal.programme)
    version = proposal.plan_version
    if version is not None:
        raise Refusal(f"This plan is in effect from {format_date(version.effective_on)} already", code="36")
    if proposal.state == ProposalState.DRAFT:
        raise Refusal(
            "Submit this plan first. It takes effect when a decision of every council does", code="36"
        )
    if proposal.state != ProposalState.SUBMITTED:
        raise Refusal(why_not_approved(proposal), code="36")
    raise Refusal(what_it_waits_for(decisions_of_proposals([proposal])[proposal.pk]), code="36")
