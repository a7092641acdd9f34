"""What a decision calls when the joint body recommends it, when it takes effect, and when it ends.

Each thing that a decision can approve has one handler, so that nothing becomes current in another way
(INV-14).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import Refusal
from governance.actions.plan_effect import make_plan_version, plan_stops, refuse_plan
from governance.actions.writing import Act, change
from governance.enums import DecisionState
from governance.models import Decision
from governance.rules.wording import sentence
from programme.enums import AgreementKind
from services.actions.case_decision import follow_decision, why_not_approved
from services.enums import CaseState

What = Callable[[Decision, Act], None]


def _nothing(decision: Decision, act: Act) -> None:
    """A handler's part that has nothing to do."""


def _no_reason(decision: Decision) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one kind of thing that a decision approves.

    `stops` says in words why the thing cannot be approved, or nothing: it is asked before the decision is put
    and again before it takes effect. The others are called inside the transaction of the step.
    """

    name: str
    takes_effect: What
    stops: Callable[[Decision], str] = _no_reason
    is_recommended: What = _nothing
    ends: What = _nothing


_CONSULT = "Confirm that affected officers have been consulted"


def _case_stops(decision: Decision) -> str:
    return why_not_approved(decision.business_case) if decision.business_case else ""


def _case(state: CaseState) -> What:
    """The business case of a decision, taken to `state`."""

    def follow(decision: Decision, act: Act) -> None:
        case = decision.business_case
        if case is not None:
            follow_decision(case, state, by=act.by, decision_ref=decision.ref, channel=act.channel)

    return follow


def _agree_key(decision: Decision, act: Act) -> None:
    """The key names the decision that agreed it (row 23)."""
    key = decision.apportionment_key
    if key is not None and key.decision_ref != decision.ref:
        named = {"decision_ref": decision.ref}
        change(key, named, act, action="agree_key", programme=decision.programme, why=decision.ref)


def _agree_compensation(decision: Decision, act: Act) -> None:
    """The arrangement names the decision that agreed it: from now on it counts as agreed."""
    paid = decision.compensation
    if paid is not None and paid.decision_ref != decision.ref:
        named = {"decision_ref": decision.ref}
        change(paid, named, act, action="agree_compensation", programme=decision.programme, why=decision.ref)


def _agreement_stops(decision: Decision) -> str:
    """Row 79: a section 113 agreement needs its officers consulted first."""
    agreement = decision.agreement
    if agreement is None or agreement.kind != AgreementKind.S113 or agreement.officers_consulted:
        return ""
    return _CONSULT


def _bring_into_force(decision: Decision, act: Act) -> None:
    """The agreement is in force from the day of effect, unless it was before."""
    agreement = decision.agreement
    if agreement is None or agreement.in_force_on is not None:
        return
    values = {"in_force_on": decision.effective_on, "decision_ref": decision.ref}
    change(agreement, values, act, action="bring_into_force", programme=decision.programme, why=decision.ref)


_EFFECTS = (
    Effect(
        "business case",
        stops=_case_stops,
        is_recommended=_case(CaseState.RECOMMENDED),
        takes_effect=_case(CaseState.APPROVED),
        ends=_case(CaseState.REJECTED),
    ),
    Effect("plan", stops=plan_stops, takes_effect=make_plan_version, ends=refuse_plan),
    Effect("apportionment key", takes_effect=_agree_key),
    Effect("compensation", takes_effect=_agree_compensation),
    Effect("agreement", stops=_agreement_stops, takes_effect=_bring_into_force),
)


def what_stops(decision: Decision) -> list[str]:
    """Why what the decision approves cannot be approved now; empty where nothing stops it."""
    return [reason for effect in _EFFECTS if (reason := effect.stops(decision))]


def in_force(decision: Decision) -> list[str]:
    """What a decision in effect has brought into force, by name; empty before that."""
    if decision.state != DecisionState.EFFECTIVE:
        return []
    approved = (
        decision.plan_version,
        decision.business_case,
        decision.apportionment_key,
        decision.compensation,
        decision.agreement,
    )
    return [sentence(str(one)) for one in approved if one is not None]


def check_nothing_stops(decision: Decision) -> None:
    """Refuse to put a decision that could not take effect (row 79 and others)."""
    for reason in what_stops(decision):
        raise Refusal(reason, code="79" if reason == _CONSULT else "2.8")


def on_recommended(decision: Decision, act: Act) -> None:
    """The joint body recommends what the decision approves."""
    for effect in _EFFECTS:
        effect.is_recommended(decision, act)


def on_effect(decision: Decision, act: Act) -> None:
    """The decision takes effect, from its `effective_on`."""
    for effect in _EFFECTS:
        effect.takes_effect(decision, act)


def on_end(decision: Decision, act: Act) -> None:
    """The decision was withdrawn or lapsed."""
    for effect in _EFFECTS:
        effect.ends(decision, act)
