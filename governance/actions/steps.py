"""Take a decision from state to state; nothing else assigns one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.rules.calendar import bank_holidays
from governance.actions import effect
from governance.actions.writing import Act, change
from governance.enums import DecisionState, Step
from governance.models import Decision, DecisionText, DecisionTransition
from governance.queries.facts import facts_of
from governance.rules.facts import Day, Proposal
from governance.rules.machine import next_state
from governance.rules.settle import due_step, effective_on
from governance.rules.text_hash import text_hash

# A decision never takes more steps by itself than its states are many.
MOST_STEPS = len(DecisionState)


def take_step(
    decision: Decision,
    step: Step,
    act: Act,
    *,
    action: str,
    values: Mapping[str, Any] | None = None,
    why: str = "",
    by_itself: bool = False,
) -> Decision:
    """The decision after a step, which leaves a transition for ever; refuses one its state does not allow.

    The decision must be locked. What it approves is called with the steps that matter to it.
    """
    before = decision.state
    state = next_state(before, step)
    DecisionTransition.objects.create(
        decision=decision,
        text_number=decision.text_number,
        step=step,
        from_state=before,
        to_state=state,
        at=act.at,
        by=None if by_itself else act.by,
        why=why,
    )
    columns, said = {**(values or {}), "state": state.value}, {"step": step.value}
    change(
        decision,
        columns,
        act,
        action=action,
        programme=decision.programme,
        why=why,
        note=said,
    )
    _follow(decision, step, act)
    return decision


def keep_text(decision: Decision, act: Act, *, why: str = "") -> DecisionText:
    """The text that is put, kept for ever under its number; once."""
    values = {
        "text": decision.text,
        "text_hash": text_hash(decision.text),
        "why": why,
        "entered_at": act.at,
        "entered_by": act.person,
    }
    kept, _ = DecisionText.objects.get_or_create(
        decision=decision, number=decision.text_number, defaults=values
    )
    return kept


def settle(decision: Decision, act: Act) -> Decision:
    """The decision after all that happens by itself at the moment of the act (INV-06, INV-07).

    Doing it again, or later, changes nothing more: what is due follows from what is recorded.
    """
    for _ in range(MOST_STEPS):
        proposal = facts_of(decision)
        step = due_step(proposal, act.at, bank_holidays())
        if step is None or _is_held(decision, step):
            break
        values = _values(step, proposal, act)
        take_step(decision, step, act, action=f"{step.value}_by_itself", values=values, by_itself=True)
    return decision


def _is_held(decision: Decision, step: Step) -> bool:
    """Whether what the decision approves cannot be approved yet."""
    return step == Step.TAKE_EFFECT and bool(effect.what_stops(decision))


def _values(step: Step, proposal: Proposal, act: Act) -> dict[str, Any]:
    """The day of effect is that of the rule, however late this runs."""
    if step != Step.TAKE_EFFECT:
        return {}
    return {"effective_on": effective_on(proposal, Day(act.day, bank_holidays()))}


def _follow(decision: Decision, step: Step, act: Act) -> None:
    """Call what hangs on the step, in the same transaction."""
    if step in {Step.RECOMMEND, Step.RESOLVE}:
        effect.on_recommended(decision, act)
    elif step == Step.TAKE_EFFECT:
        effect.on_effect(decision, act)
    elif step in {Step.WITHDRAW, Step.LAPSE}:
        effect.on_end(decision, act)
