"""Forms of a recommendation of a gate review: what it says, how it is settled, its opening again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms.fields import LongTextField, TypedDateField
from programme.actions.assurance.recommendations import (
    TEXT_LIMIT,
    RecommendationTerms,
    recommendation_terms,
)
from programme.actions.raid import NOT_AN_OWNER
from programme.enums import GateRecommendationState, GateUrgency
from programme.forms.raid import RiskReopenForm
from programme.models import GateRecommendation


class RecommendationForm(forms.Form):
    """What is recommended, how urgently, to whom and by when."""

    text = LongTextField(
        label="Recommendation",
        max_length=TEXT_LIMIT,
        error_messages={"required": "Enter the recommendation"},
        help_text="The owner reads it in a reminder by email",
    )
    urgency = forms.ChoiceField(
        label="Urgency",
        choices=[("", "Choose how urgent it is"), *GateUrgency.choices],
        error_messages={"required": "Choose how urgent it is"},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Owner",
        empty_label="Choose an owner",
        error_messages={"required": NOT_AN_OWNER, "invalid_choice": NOT_AN_OWNER},
    )
    due_on = TypedDateField(label="To be done by")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, owners: QuerySet[User], recommendation: GateRecommendation | None = None
    ) -> None:
        """A new recommendation, or one as it is; its present owner can stay."""
        initial: dict[str, Any] = {}
        stays = User.objects.none()
        if recommendation:
            terms = recommendation_terms(recommendation)
            initial = {"text": terms.text, "urgency": terms.urgency, "owner": terms.owner}
            initial |= {"due_on": terms.due_on, "seen_version": recommendation.version}
            if recommendation.owner_id:
                stays = User.objects.filter(pk=recommendation.owner_id)
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = (owners | stays).distinct()  # type: ignore[attr-defined]

    def to_terms(self) -> RecommendationTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return RecommendationTerms(data["text"], data["urgency"], data["owner"], data["due_on"])


class SettleForm(forms.Form):
    """Whether a recommendation is done or rejected, and in what words."""

    state = forms.ChoiceField(
        label="What became of it", error_messages={"required": "Choose whether it is done or rejected"}
    )
    settled_because = LongTextField(
        label="How it was done, or why it is rejected",
        help_text="At least 10 characters",
        max_length=TEXT_LIMIT,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, recommendation: GateRecommendation, can_reject: bool) -> None:
        """Offer to reject it only to who may."""
        super().__init__(data, initial={"seen_version": recommendation.version})
        ends = [GateRecommendationState.DONE]
        ends += [GateRecommendationState.REJECTED] if can_reject else []
        choices = [("", "Choose one"), *((one.value, one.label) for one in ends)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class ReopenForm(RiskReopenForm):
    """Why a recommendation is opened again."""
