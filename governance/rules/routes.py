"""By which route one council decides, and what that route asks of it (INV-12)."""

from __future__ import annotations

from datetime import date

from governance.enums import ApprovalBody
from governance.rules.facts import Answer, OwnRules, Proposal
from governance.rules.wording import body_name
from programme.enums import CallInScope, DayUnit

_EXECUTIVE = (ApprovalBody.EXECUTIVE, ApprovalBody.EXECUTIVE_MEMBER, ApprovalBody.OFFICER)
_MEETS = (
    ApprovalBody.FULL_COUNCIL,
    ApprovalBody.EXECUTIVE,
    ApprovalBody.COMMITTEE,
    ApprovalBody.JOINT_COMMITTEE,
)


def is_executive(approval_body: str) -> bool:
    """Whether the decision is the executive's: the cabinet, one of its members, or an officer for it."""
    return approval_body in _EXECUTIVE


def is_executive_of(answer: Answer) -> bool:
    """Whether this council decides as an executive, by what is recorded or else by who decides."""
    if not answer.has_executive or answer.approval_body == ApprovalBody.FULL_COUNCIL:
        return False
    if answer.is_executive is not None:
        return answer.is_executive
    return is_executive(answer.approval_body) or answer.approval_body == ApprovalBody.JOINT_COMMITTEE


def is_key_for(answer: Answer, proposal: Proposal) -> bool:
    """Whether it is a key decision for this council."""
    return proposal.is_key if answer.is_key is None else answer.is_key


def is_taken_at_meeting(answer: Answer) -> bool:
    """Whether a meeting takes the decision, which then has an agenda."""
    return answer.approval_body in _MEETS


def needs_notice(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council must give 28 clear days' notice: a key decision of its executive."""
    return is_key_for(answer, proposal) and is_executive_of(answer)


def why_not_callable(answer: Answer, proposal: Proposal, rules: OwnRules | None) -> str:
    """Why the council's decision cannot be called in, in a sentence; nothing where it can be."""
    if not is_executive_of(answer):
        return f"{_whose(answer)} decisions cannot be called in"
    if answer.is_exempt_from_callin:
        return f"This decision is exempt from call-in. {answer.callin_exempt_reason}".strip()
    if is_key_for(answer, proposal):
        return ""
    if answer.approval_body == ApprovalBody.OFFICER and answer.is_executive is None:
        return "Officer decisions that are not key cannot be called in"
    if rules is not None and rules.call_in_scope == CallInScope.KEY_ONLY:
        return f"Only key decisions of {answer.council} can be called in"
    return ""


def unit_is_working(unit: str) -> bool:
    """Whether a council counts working days."""
    return unit == DayUnit.WORKING


def notice_is_working(answer: Answer, on: date) -> bool:
    """Whether the council counts its 28 days in working days; calendar days where it says nothing."""
    rules = answer.rules_on(on)
    return rules is not None and unit_is_working(rules.notice_unit)


def agenda_is_working(answer: Answer, on: date) -> bool:
    """Whether the council counts its 5 days in working days; they are the stricter, and the default."""
    rules = answer.rules_on(on)
    return rules is None or unit_is_working(rules.agenda_unit)


def _whose(answer: Answer) -> str:
    if not answer.has_executive and answer.approval_body != ApprovalBody.FULL_COUNCIL:
        return "Committee"
    return body_name(answer.approval_body) or "Council"
