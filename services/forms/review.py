"""Forms of a service review: start it, change it, take it a step on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from core.forms.fields import LongTextField, TypedDateField
from programme.models import Council, Programme
from programme.queries.people import possible_owners
from services.actions.review import ReviewDetails, details_of
from services.actions.review_steps import StepGiven
from services.enums import ReviewState
from services.forms.review_fields import CouncilField
from services.models import Service, ServiceReview
from services.queries.decision_choices import decisions_to_choose
from services.rules.review import STEPS

OWNER_MESSAGE = "Choose a review owner who has an active account"


class ReviewForm(forms.Form):
    """What a review says of itself."""

    shows_changes = True

    chosen_because = LongTextField(
        label="Chosen because", help_text="Why this service, and why now", required=False
    )
    scope = LongTextField(
        label="Scope",
        help_text="What the review covers at each council, and what it leaves out",
        required=False,
    )
    owner = forms.ModelChoiceField(
        label="Review owner",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet: the programme manager leads it",
        error_messages={"invalid_choice": OWNER_MESSAGE},
    )
    lead_council = CouncilField(label="Lead council", empty_label="Not chosen", required=False)
    is_sensitive = forms.BooleanField(label="Politically sensitive", required=False)
    started_on = TypedDateField(label="Started on", required=False)
    equality_impact_done = forms.BooleanField(label="The equality impact has been assessed", required=False)
    staff_consulted_on = TypedDateField(label="Staff consulted on", required=False)
    recommendation = LongTextField(
        label="Recommendation", help_text="What the review recommends to the councils", required=False
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        programme: Programme,
        councils: Sequence[Council],
        review: ServiceReview | None = None,
    ) -> None:
        """Show the review as it is, or an empty form; `data` is what was sent."""
        details = details_of(review) if review else ReviewDetails()
        initial = {name: getattr(details, name) for name in ReviewDetails.__slots__}
        super().__init__(data, initial={**initial, "seen_version": review.version if review else 0})
        people = possible_owners(programme)
        if details.owner:
            people = User.objects.filter(Q(pk__in=people.values("pk")) | Q(pk=details.owner.pk)).order_by(
                "name"
            )
        owner = self.fields["owner"]
        lead = self.fields["lead_council"]
        if isinstance(owner, forms.ModelChoiceField) and isinstance(lead, CouncilField):
            owner.queryset = people
            extra = [details.lead_council] if details.lead_council else []
            lead.set_councils(dict.fromkeys([*councils, *extra]))

    def details(self) -> ReviewDetails:
        """What the action is to record."""
        return ReviewDetails(**{name: self.cleaned_data[name] for name in ReviewDetails.__slots__})


class ReviewStartForm(ReviewForm):
    """The same, for a new review of one of the services."""

    shows_changes = False

    service = forms.ModelChoiceField(
        label="Service",
        queryset=Service.objects.none(),
        empty_label="Choose a service",
        error_messages={"required": "Choose a service", "invalid_choice": "Choose a service"},
    )
    field_order = ("service",)

    def __init__(self, data: Any = None, *, programme: Programme, councils: Sequence[Council]) -> None:
        """An empty form over the services of `programme`."""
        super().__init__(data, programme=programme, councils=councils)
        service = self.fields["service"]
        if isinstance(service, forms.ModelChoiceField):
            service.queryset = programme.services.all()
        for name in ("equality_impact_done", "staff_consulted_on", "recommendation"):
            del self.fields[name]

    def details(self) -> ReviewDetails:
        """What the action is to record."""
        given = {name: value for name, value in self.cleaned_data.items() if name in ReviewDetails.__slots__}
        return ReviewDetails(**given)


class ReviewStepForm(forms.Form):
    """The next state of a review and what has to be said with it; asks only for what the states need."""

    to = forms.ChoiceField(
        label="What happens now",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens now", "invalid_choice": "Choose what happens now"},
    )
    decision_ref = forms.ChoiceField(
        label="Decision",
        help_text="The decision that was taken, if it was",
        required=False,
        error_messages={"invalid_choice": "Choose the decision that was taken"},
    )
    deferred_until_on = TypedDateField(
        label="Deferred until",
        help_text="If it is deferred and a day is known. For example, 14 12 2026",
        required=False,
    )
    go_live_on = TypedDateField(label="Live since", required=False)
    reason = LongTextField(label="Reason", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, review: ServiceReview) -> None:
        """Offer the states that follow."""
        following = STEPS[ReviewState(review.state)]
        super().__init__(
            data,
            initial={
                "seen_version": review.version,
                "go_live_on": review.go_live_on,
                "decision_ref": review.decision_ref,
                "to": following[0].value if len(following) == 1 else "",
            },
        )
        self._choose("to", [(state.value, str(state.label)) for state in following])
        self._ask_only(following)
        if "decision_ref" in self.fields:
            decisions = decisions_to_choose(review.service.programme)
            self._choose("decision_ref", [("", "None"), *((one.ref, one.label) for one in decisions)])

    def given(self) -> StepGiven:
        """What the action is to record."""
        return StepGiven(
            **{name: self.cleaned_data[name] for name in StepGiven.__slots__ if name in self.fields}
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _ask_only(self, following: Sequence[ReviewState]) -> None:
        needed = {
            "decision_ref": ReviewState.DECIDED_SHARE in following,
            "deferred_until_on": ReviewState.DEFERRED in following,
            "go_live_on": ReviewState.LIVE in following,
        }
        for name, is_needed in needed.items():
            if not is_needed:
                del self.fields[name]
