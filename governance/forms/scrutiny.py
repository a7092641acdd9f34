"""Forms of scrutiny: a recommendation, an executive's response, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.clock import today
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from governance.actions.scrutiny import Recommended, Response
from governance.enums import ResponseState
from governance.models import Body, CallIn, ScrutinyResponse
from governance.rules.scrutiny import ANSWERS
from programme.forms.partnership import CouncilsField
from programme.models import Council


class RecommendationForm(forms.Form):
    """What scrutiny recommends, to whom."""

    text = LongTextField(label="Recommendation", error_messages={"required": "Enter the recommendation"})
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Made by", required=False, empty_label="Another body"
    )
    body_text = PlainTextField(label="Name of another body", max_length=200, required=False)
    made_on = TypedDateField(label="Made on")
    call_in = forms.ModelChoiceField(
        CallIn.objects.none(), label="After the call-in", required=False, empty_label="Not after a call-in"
    )
    councils = CouncilsField(
        Council.objects.none(),
        label="Executives that are to respond",
        help_text="None ticked: all partner councils, or after a call-in the council whose decision it was",
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: QuerySet[Body],
        call_ins: QuerySet[CallIn],
        councils: Sequence[Council],
        chosen: str = "",
    ) -> None:
        """Offer these bodies, call-ins and councils; `chosen` is the key of the call-in it comes from."""
        super().__init__(data, initial={"call_in": chosen, "made_on": today()})
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["call_in"].queryset = call_ins  # type: ignore[attr-defined]
        keys = [council.pk for council in councils]
        self.fields["councils"].queryset = Council.objects.filter(pk__in=keys)  # type: ignore[attr-defined]

    def recommended(self) -> Recommended:
        """What was sent, once it is valid."""
        names = ("text", "made_on", "body", "body_text", "call_in")
        return Recommended(
            **{name: self.cleaned_data[name] for name in names},
            councils=tuple(self.cleaned_data["councils"]),
        )


class ResponseForm(forms.Form):
    """An executive's answer."""

    state = forms.ChoiceField(
        label="Answer",
        choices=[("", "Choose an answer"), *((one.value, one.label) for one in ANSWERS)],
        error_messages={"required": "Choose whether the recommendation is accepted"},
    )
    text = LongTextField(label="Response", error_messages={"required": "Enter the response"})
    responded_on = TypedDateField(label="Day of the response")
    action = PlainTextField(
        label="What will be done", help_text="Where it is accepted", max_length=500, required=False
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who does it", required=False, empty_label="Choose a person"
    )
    action_due_on = TypedDateField(label="By when", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    NAMES = ("text", "responded_on", "action", "owner", "action_due_on")

    def __init__(self, data: Any = None, *, response: ScrutinyResponse, owners: QuerySet[User]) -> None:
        """Show the answer as it is."""
        initial = {name: getattr(response, name) for name in self.NAMES}
        initial["responded_on"] = response.responded_on or today()
        state = "" if response.state == ResponseState.AWAITED else response.state
        super().__init__(data, initial={**initial, "state": state, "seen_version": response.version})
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.suggested = () if response.responded_on else ("responded_on",)

    def answer(self) -> Response:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return Response(state=ResponseState(data["state"]), **{name: data[name] for name in self.NAMES})


class DoneForm(forms.Form):
    """The day on which what was agreed was done."""

    done_on = TypedDateField(label="Done on")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    suggested = ("done_on",)

    def __init__(self, data: Any = None, *, response: ScrutinyResponse) -> None:
        super().__init__(data, initial={"seen_version": response.version, "done_on": today()})
