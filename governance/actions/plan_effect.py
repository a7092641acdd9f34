"""What a decision makes of the proposed plan that it approves (INV-05, INV-14)."""

from __future__ import annotations

from datetime import date

from benefits.actions.plan_approval import approve_plan_proposal, refuse_plan_proposal, why_not_approved
from benefits.models import PlanProposal
from benefits.queries.plan_changes import councils_planned
from core.rules.words import listed
from governance.actions.writing import Act, change
from governance.models import Decision


def plan_stops(decision: Decision) -> str:
    """Why the proposed plan cannot be approved, in words; empty where it can."""
    proposal = decision.plan_proposal
    if proposal is None or proposal.plan_version_id is not None:
        return ""
    return why_not_approved(proposal) or _not_asked(decision, proposal)


def make_plan_version(decision: Decision, act: Act) -> None:
    """The plan version that the proposal becomes, from the decision's own day of effect; made once."""
    proposal = decision.plan_proposal
    if proposal is None or decision.plan_version_id is not None or decision.effective_on is None:
        return
    version = approve_plan_proposal(
        proposal,
        by=act.by,
        decision_ref=decision.ref,
        approved_on=_approved_on(decision, decision.effective_on),
        effective_on=decision.effective_on,
        channel=act.channel,
    )
    made = {"plan_version": version}
    change(decision, made, act, action="make_plan_version", programme=decision.programme, why=decision.ref)


def refuse_plan(decision: Decision, act: Act) -> None:
    """The decision has ended, and the proposed plan with it."""
    proposal = decision.plan_proposal
    if proposal is not None:
        why = f"Decision {decision.ref}: {str(decision.get_state_display()).lower()}"
        refuse_plan_proposal(proposal, by=act.by, decision_ref=decision.ref, why=why, channel=act.channel)


def _not_asked(decision: Decision, proposal: PlanProposal) -> str:
    """Which councils the plan binds although nobody asks them, in words; empty where all are asked."""
    asked = set(decision.council_decisions.values_list("council", flat=True))
    names = [str(council) for council in councils_planned(proposal) if council.pk not in asked]
    if not names:
        return ""
    has, is_are, it = ("has", "is", "it") if len(names) == 1 else ("have", "are", "them")
    named = f"{listed(names)} {has} amounts in plan version {proposal.number}"
    return f"{named} but {is_are} not asked to approve it. Add {it} to the councils that must decide"


def _approved_on(decision: Decision, effective_on: date) -> date:
    """The day on which the last council that is waited for approved; one query."""
    rows = decision.council_decisions.filter(is_left_out=False, decided_last_on__isnull=False)
    days = rows.values_list("decided_last_on", flat=True)
    return max((day for day in days if day is not None), default=effective_on)
