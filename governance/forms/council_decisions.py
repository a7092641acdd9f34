"""Forms of what one council does about a decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from core.clock import LONDON, now
from core.forms.fields import LongTextField, PlainTextField, TypedDateField, TypedTimeField
from core.rules.times import london_moment
from governance.actions.requirements import Notice
from governance.enums import ApprovalBody, CallInOutcome, CouncilDecisionState, Urgency
from governance.forms.decisions import TEXT_LIMIT, ConditionForm, StepForm
from governance.models import CouncilDecision

_AS_FOLLOWS = [("", "As it follows from who decides"), ("yes", "Yes"), ("no", "No")]
_OUTCOMES = [
    ("", "Choose what it decided"),
    (CouncilDecisionState.APPROVED.value, "Approved these exact words"),
    (CouncilDecisionState.APPROVED_AMENDED.value, "Approved other words"),
    (CouncilDecisionState.REJECTED.value, "Rejected it"),
    (CouncilDecisionState.DEFERRED.value, "Put it off"),
    (CouncilDecisionState.WITHDRAWN.value, "Took it off its agenda"),
]
_NOTICES = [
    (Notice.KEY.value, "Key decision"),
    (Notice.PRIVATE.value, "Private meeting, first notice"),
    (Notice.PRIVATE_SECOND.value, "Private meeting, second notice"),
]


class MeetingForm(StepForm):
    """When the council decides."""

    next_meeting_on = TypedDateField(label="Decides on", required=False)

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """The date there is."""
        return {"next_meeting_on": row.next_meeting_on}


class RouteForm(StepForm):
    """How the council decides, set by its monitoring officer."""

    approval_body = forms.ChoiceField(label="Who decides", choices=ApprovalBody)
    is_executive = forms.ChoiceField(label="An executive decision", choices=_AS_FOLLOWS, required=False)
    is_key = forms.ChoiceField(label="A key decision for this council", choices=_AS_FOLLOWS, required=False)
    is_private = forms.BooleanField(label="To be taken in private", required=False)
    private_reason = LongTextField(label="Why in private", required=False)
    is_exempt_from_callin = forms.BooleanField(label="Not open to call-in", required=False)
    callin_exempt_reason = LongTextField(label="Why it is not open to call-in", required=False)
    callin_exempt_agreed_by = PlainTextField(label="Who agreed", max_length=200, required=False)

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """The route there is."""
        names = [name for name in self.base_fields if name != "seen_version"]
        known = {name: getattr(row, name) for name in names}
        return known | {name: _WORDS[known[name]] for name in ("is_executive", "is_key")}

    def clean_is_executive(self) -> bool | None:
        """Yes, no, or as it follows."""
        return _ANSWERS[self.cleaned_data["is_executive"]]

    def clean_is_key(self) -> bool | None:
        """Yes, no, or as it follows."""
        return _ANSWERS[self.cleaned_data["is_key"]]


class UrgencyForm(StepForm):
    """The steps of an urgent decision that were taken."""

    urgency = forms.ChoiceField(label="Notice", choices=Urgency)
    reason = LongTextField(label="Why 28 days’ notice is impracticable", required=False)
    scrutiny_chair_told_on = TypedDateField(label="Scrutiny chair told on", required=False)
    notice_on = TypedDateField(label="Urgency notice published on", required=False)
    agreed_by = PlainTextField(
        label="Who agreed that it is urgent and cannot reasonably be deferred", max_length=200, required=False
    )
    agreed_on = TypedDateField(label="Agreed on", required=False)

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """The steps there are."""
        return {
            "urgency": row.urgency,
            "reason": row.urgency_reason,
            "scrutiny_chair_told_on": row.scrutiny_chair_told_on,
            "notice_on": row.urgency_notice_on,
            "agreed_by": row.urgency_agreed_by,
            "agreed_on": row.urgency_agreed_on,
        }


class NoticeForm(StepForm):
    """A notice that was published."""

    notice = forms.ChoiceField(label="Which notice", choices=_NOTICES)
    published_on = TypedDateField(label="Published on")


class RepresentationsForm(StepForm):
    """What was said against a private meeting."""

    text = LongTextField(label="Representations and the answer to them", required=False)

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """What is recorded."""
        return {"text": row.representations}


class OutcomeForm(StepForm):
    """What the council decided, as its record says."""

    state = forms.ChoiceField(
        label="What it decided",
        choices=_OUTCOMES,
        error_messages={"required": "Choose what the council decided"},
    )
    decided_on = TypedDateField(label="Decided on")
    reasons = LongTextField(label="Reasons for the decision", required=False)
    alternatives_rejected = LongTextField(
        label="Options rejected", help_text="Or “none considered”", required=False
    )
    conflicts_of_interest = LongTextField(label="Conflicts of interest declared", required=False)
    dispensations = LongTextField(label="Dispensations", required=False)
    text = LongTextField(
        label="The words that it approved",
        help_text="Leave empty where it approved the words that were put",
        max_length=TEXT_LIMIT,
        required=False,
    )
    next_meeting_on = TypedDateField(label="If it put it off: decides again on", required=False)
    record_url = forms.URLField(
        assume_scheme="https", label="Address of the council’s own record", required=False, max_length=500
    )

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """The day that was set for it."""
        return {"decided_on": row.next_meeting_on}


class PublishedForm(StepForm):
    """When the council published what it decided."""

    published_on = TypedDateField(label="Published on")
    record_url = forms.URLField(
        assume_scheme="https", label="Address of the council’s own record", required=False, max_length=500
    )


class CallInForm(StepForm):
    """A call-in that is received now."""

    signatories = LongTextField(
        label="Councillors who signed", help_text="One name on each line", required=False
    )
    grounds = LongTextField(label="Grounds", required=False)
    scrutiny_meets_on = TypedDateField(label="Scrutiny hears it on", required=False)


class ReceivedCallInForm(CallInForm):
    """A call-in as the council received it, said by its democratic services."""

    field_order = ("signatories", "grounds", "received_on", "received_at", "scrutiny_meets_on")
    received_on = TypedDateField(label="Received on")
    received_at = TypedTimeField(
        label="At what time", help_text="By the clock on the wall. For example, 4:59pm"
    )

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """Now."""
        moment = now().astimezone(LONDON)
        return {"received_on": moment.date(), "received_at": moment.time()}

    def clean(self) -> None:
        """When it was received; None stands for now, where the present minute was left as it was."""
        received_on, received_at = self.cleaned_data.get("received_on"), self.cleaned_data.get("received_at")
        if received_on is None or received_at is None:
            return
        given, present = london_moment(received_on, received_at), now()
        is_now = given <= present < given + timedelta(minutes=1)
        self.cleaned_data["moment"] = None if is_now else given


class CouncilConditionForm(ConditionForm):
    """What a council wants met first; it is added to the decision, so it is that which must not be stale."""

    def initial_of(self, row: CouncilDecision) -> dict[str, Any]:
        """The version of the decision."""
        return {"seen_version": row.decision.version}


class SettleForm(StepForm):
    """What scrutiny did with a call-in."""

    outcome = forms.ChoiceField(
        label="What scrutiny did",
        choices=[("", "Choose what it did"), *CallInOutcome.choices],
        error_messages={"required": "Choose what scrutiny did"},
    )
    scrutiny_met_on = TypedDateField(label="Scrutiny met on")
    outcome_text = LongTextField(label="What it said", required=False)
    next_meeting_on = TypedDateField(label="If referred back: the council decides again on", required=False)


_ANSWERS: dict[str, bool | None] = {"": None, "yes": True, "no": False}
_WORDS: dict[bool | None, str] = {value: word for word, value in _ANSWERS.items()}
