"""The steps that people take with a decision as a whole: who may, when, by which form and action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from governance.actions.conditions import add_condition, takes_conditions
from governance.actions.decisions import (
    announce_decision,
    confirm_legal_basis,
    implement_decision,
    record_recommendation,
    send_to_councils,
    table_decision,
    withdraw_decision,
)
from governance.actions.requirements import require_council
from governance.actions.resolutions import record_resolution
from governance.actions.ways_on import proceed_without, put_new_version, start_dispute
from governance.enums import BodyType, DecisionState, Step
from governance.forms import decisions as forms
from governance.models import Decision
from governance.policies import (
    Powers,
    can_clerk,
    can_confirm_basis,
    can_draft,
    can_lead,
    can_record_resolution,
    check_clerk,
    check_confirm_basis,
    check_draft,
    check_lead,
    check_record_resolution,
)
from governance.rules.machine import IS_TERMINAL, steps_from

Action = Callable[..., Any]
_NOT_SENT = (
    DecisionState.DRAFT,
    DecisionState.NOTICE_OPEN,
    DecisionState.TABLED,
    DecisionState.RECOMMENDED,
)


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One step: its words, its form, who may take it, and while the decision is where."""

    label: str
    saved: str
    form: type[forms.StepForm]
    action: Action
    can: Callable[[Powers], bool]
    check: Callable[[Powers, Decision], None]
    is_open: Callable[[Decision], bool]
    lead: str = ""
    shows_text: bool = False

    def run(self, decision: Decision, by: User, data: Mapping[str, Any]) -> Any:
        """Take the step with what was sent."""
        return self.action(decision, by=by, **data)


def _of(check: Callable[[Powers], None]) -> Callable[[Powers, Decision], None]:
    return lambda powers, decision: check(powers)


def _while(step: Step) -> Callable[[Decision], bool]:
    return lambda decision: step in steps_from(decision.state)


def _is_committee(decision: Decision) -> bool:
    body = decision.body
    is_committee = body is not None and body.type == BodyType.JOINT_COMMITTEE
    return is_committee and Step.RESOLVE in steps_from(decision.state)


_DRAFT = (can_draft, _of(check_draft))
_CLERK = (can_clerk, _of(check_clerk))
_LEAD = (can_lead, _of(check_lead))
_NOTHING_BEFORE = "Nothing takes effect for any council until every council has approved the same text."

DECISION_STEPS: Mapping[str, DecisionStep] = {
    "council": DecisionStep(
        "Add a council that must decide", "The council is added", forms.RequireForm, require_council, *_DRAFT,
        lambda decision: decision.state in _NOT_SENT,
    ),
    "announce": DecisionStep(
        "Put it in the forward plan", "It is in the forward plan", forms.PlainStepForm, announce_decision,
        *_CLERK, _while(Step.PUBLISH_NOTICE),
        "It is shown in the public forward plan. Each council still gives its own notice where it must.",
    ),
    "agenda": DecisionStep(
        "Put it on an agenda", "It is on the agenda", forms.TableForm, table_decision, *_DRAFT,
        _while(Step.TABLE), "From now on its words stay as they are.",
    ),
    "recommend": DecisionStep(
        "Record the recommendation", "The recommendation is recorded", forms.RecommendForm,
        record_recommendation, *_CLERK, _while(Step.RECOMMEND),
        "A recommendation is not a decision. Each council decides for itself.", shows_text=True,
    ),
    "resolve": DecisionStep(
        "Record the resolution", "The resolution is recorded", forms.ResolveForm, record_resolution,
        can_record_resolution, check_record_resolution, _is_committee,
        "Each council that it binds can call it in, by its own rules.", shows_text=True,
    ),
    "send": DecisionStep(
        "Send it to each council", "Each council is asked to decide", forms.PlainStepForm, send_to_councils,
        *_CLERK, _while(Step.SEND), _NOTHING_BEFORE,
    ),
    "new-version": DecisionStep(
        "Put a new version", "The new version is a draft", forms.NewVersionForm, put_new_version, *_DRAFT,
        _while(Step.NEW_VERSION), "Every council starts again. What each decided before stays readable.",
    ),
    "without": DecisionStep(
        "Go ahead without a council", "The others go ahead", forms.WithoutForm, proceed_without, *_LEAD,
        _while(Step.PROCEED_WITHOUT), "Only if it can be split, and the case was run again without them.",
    ),
    "dispute": DecisionStep(
        "Start the dispute steps", "The dispute steps have begun", forms.DisputeForm, start_dispute, *_LEAD,
        _while(Step.DISPUTE), "The steps are those of the agreement.",
    ),
    "implement": DecisionStep(
        "Record that it is implemented", "It is implemented", forms.ImplementForm, implement_decision, *_LEAD,
        lambda decision: decision.state in {DecisionState.EFFECTIVE, DecisionState.CALLIN},
    ),
    "condition": DecisionStep(
        "Add a condition", "The condition is added", forms.ConditionForm, add_condition, *_DRAFT,
        takes_conditions,
        "It takes effect only once every condition is met.",
    ),
    "legal-basis": DecisionStep(
        "Confirm the legal basis", "The legal basis is confirmed", forms.PlainStepForm, confirm_legal_basis,
        can_confirm_basis, _of(check_confirm_basis),
        lambda decision: decision.state not in IS_TERMINAL and decision.legal_basis_confirmed_by_id is None,
    ),
    "withdraw": DecisionStep(
        "Withdraw it", "It is withdrawn", forms.WhyForm, withdraw_decision, *_DRAFT, _while(Step.WITHDRAW),
        "What councils decided stays readable.",
    ),
}  # fmt: skip
