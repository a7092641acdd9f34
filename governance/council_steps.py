"""The steps that people take for one council's decision: who may, when, by which form and action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from governance.actions.call_ins import raise_call_in
from governance.actions.conditions import add_condition, takes_conditions
from governance.actions.council_decisions import (
    TAKES_ANSWERS,
    Outcome,
    publish_council_decision,
    record_council_decision,
)
from governance.actions.requirements import (
    Route,
    UrgencyRoute,
    publish_notice,
    record_representations,
    record_urgency,
    release_council,
    set_meeting,
    set_route,
)
from governance.enums import CouncilDecisionState, DecisionState
from governance.forms import council_decisions as forms
from governance.forms.decisions import PlainStepForm, StepForm
from governance.models import CouncilDecision
from governance.policies import (
    Powers,
    can_draft,
    can_meet_condition,
    can_raise_call_in,
    can_record_for,
    can_schedule,
    can_set_route,
    can_state_receipt,
    check_draft,
    check_meet_condition,
    check_raise_call_in,
    check_record_for,
    check_schedule,
    check_set_route,
)
from governance.rules.checks import CALLABLE
from governance.rules.machine import IS_TERMINAL

Run = Callable[[CouncilDecision, User, dict[str, Any]], Any]
_TO_DECIDE = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)
_NOT_SENT = (
    DecisionState.DRAFT,
    DecisionState.NOTICE_OPEN,
    DecisionState.TABLED,
    DecisionState.RECOMMENDED,
)


@dataclass(frozen=True, slots=True)
class CouncilStep:
    """One step: its words, its form, who may take it, and while the council stands where."""

    label: str
    saved: str
    form: type[StepForm]
    run: Run
    can: Callable[[Powers, CouncilDecision], bool]
    check: Callable[[Powers, CouncilDecision], None]
    is_open: Callable[[CouncilDecision], bool]
    lead: str = ""
    shows_text: bool = False
    clerks_form: type[StepForm] | None = None

    def form_of(self, powers: Powers, asked: CouncilDecision) -> type[StepForm]:
        """The form for this person: the council's democratic services say when a call-in was received."""
        return self.clerks_form if self.clerks_form and can_state_receipt(powers, asked) else self.form


def is_undecided(asked: CouncilDecision) -> bool:
    """Whether the council has still to decide on the present text."""
    if asked.decision.state in IS_TERMINAL:
        return False
    is_older = asked.text_number is not None and asked.text_number < asked.decision.text_number
    return asked.state in _TO_DECIDE or is_older


def can_be_recorded(asked: CouncilDecision) -> bool:
    """Whether what it decides can be recorded now."""
    return is_undecided(asked) and asked.decision.state in TAKES_ANSWERS


def can_be_published(asked: CouncilDecision) -> bool:
    """Whether it has decided, and not yet published."""
    return not is_undecided(asked) and asked.published_on is None and asked.text_number is not None


def is_callable(asked: CouncilDecision) -> bool:
    """Whether it has approved what is not yet in effect; its own rules say until when."""
    is_before = asked.decision.state in CALLABLE
    return is_before and asked.state == CouncilDecisionState.APPROVED and not is_undecided(asked)


def takes_its_condition(asked: CouncilDecision) -> bool:
    """Whether it can set a condition: with or before its decision, while the others wait for it."""
    if asked.council is None or asked.is_left_out or not takes_conditions(asked.decision):
        return False
    return asked.state != CouncilDecisionState.APPROVED or is_undecided(asked)


def _call_in(asked: CouncilDecision, by: User, data: dict[str, Any]) -> Any:
    sent = {name: value for name, value in data.items() if name not in {"received_on", "received_at"}}
    return raise_call_in(asked, by=by, **sent | {"signatories": data["signatories"].splitlines()})


def _condition(asked: CouncilDecision, by: User, data: dict[str, Any]) -> Any:
    return add_condition(asked.decision, by=by, council=asked.council, **data)


def _with(action: Callable[..., Any], shape: Callable[..., Any]) -> Run:
    """An action that takes what was sent as one value."""

    def run(asked: CouncilDecision, by: User, data: dict[str, Any]) -> Any:
        seen = data.pop("seen_version")
        return action(asked, shape(**data), by=by, seen_version=seen)

    return run


def _plain(action: Callable[..., Any]) -> Run:
    return lambda asked, by, data: action(asked, by=by, **data)


_RECORDS = (can_record_for, check_record_for)
_ROUTES = (can_set_route, check_set_route)

COUNCIL_STEPS: Mapping[str, CouncilStep] = {
    "route": CouncilStep(
        "Set how it decides", "The route is set", forms.RouteForm, _with(set_route, Route), *_ROUTES,
        is_undecided, "Notices, call-in and clocks follow from the route.",
    ),
    "meeting": CouncilStep(
        "Set when it decides", "The date is set", forms.MeetingForm, _plain(set_meeting), can_schedule,
        check_schedule, is_undecided,
    ),
    "notice": CouncilStep(
        "Record a published notice", "The notice is recorded", forms.NoticeForm, _plain(publish_notice),
        *_RECORDS, is_undecided,
    ),
    "urgency": CouncilStep(
        "Record urgency", "The urgency is recorded", forms.UrgencyForm, _with(record_urgency, UrgencyRoute),
        *_ROUTES, is_undecided,
    ),
    "representations": CouncilStep(
        "Record representations", "The representations are recorded", forms.RepresentationsForm,
        _plain(record_representations), *_RECORDS,
        lambda asked: asked.is_private and is_undecided(asked),
    ),
    "record": CouncilStep(
        "Record what it decided", "The decision is recorded", forms.OutcomeForm,
        _with(record_council_decision, Outcome), *_RECORDS, can_be_recorded,
        "Other words count as a refusal of this version, and as a proposal for the next.", shows_text=True,
    ),
    "publish": CouncilStep(
        "Record its publication", "The publication is recorded", forms.PublishedForm,
        _plain(publish_council_decision), *_RECORDS, can_be_published, "Its call-in runs from that day.",
    ),
    "call-in": CouncilStep(
        "Call it in", "It is called in", forms.CallInForm, _call_in, can_raise_call_in, check_raise_call_in,
        is_callable, "Nothing can be implemented until scrutiny has answered.",
        clerks_form=forms.ReceivedCallInForm,
    ),
    "condition": CouncilStep(
        "Add a condition", "The condition is added", forms.CouncilConditionForm, _condition,
        lambda powers, asked: can_meet_condition(powers, asked.council),
        lambda powers, asked: check_meet_condition(powers, asked.council),
        takes_its_condition,
        "The decision takes effect only once every condition is met. You say when this one is.",
    ),
    "release": CouncilStep(
        "Take the council out", "The council is taken out", PlainStepForm, _plain(release_council),
        lambda powers, asked: can_draft(powers), lambda powers, asked: check_draft(powers),
        lambda asked: asked.decision.state in _NOT_SENT and not asked.text_number,
    ),
}  # fmt: skip
