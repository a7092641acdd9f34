"""What the calculator of last lawful days is asked; it comes in the address, to be kept and sent on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms.fields import TypedDateField
from governance.enums import ApprovalBody
from governance.queries.calculator import Asked
from programme.models import Council

ROUTES = tuple(
    (body.value, str(body.label))
    for body in ApprovalBody
    if body not in {ApprovalBody.NOT_STATED, ApprovalBody.JOINT_COMMITTEE}
)


class CalculatorForm(forms.Form):
    """A meeting date, by which route, and another date to compare it with."""

    on = TypedDateField(
        label="Date of the meeting or decision",
        error_messages={"required": "Enter the date of the meeting, for example 20 1 2027"},
    )
    council = forms.ChoiceField(label="Council", required=False)
    route = forms.ChoiceField(label="Who decides", choices=ROUTES, initial=ApprovalBody.EXECUTIVE)
    other = TypedDateField(label="What if another date?", required=False, help_text="Leave empty if none")
    notice = TypedDateField(
        label="Notice published on",
        required=False,
        help_text="To see the earliest lawful meeting after it",
    )
    key = forms.BooleanField(label="A key decision", required=False)
    private = forms.BooleanField(label="Taken in private", required=False)

    def __init__(
        self, data: Any = None, *, councils: Sequence[Council], initial: Mapping[str, Any] | None = None
    ) -> None:
        """Offer these councils, or all of them together."""
        super().__init__(data, initial=dict(initial or {}))
        self.councils = councils
        choices = [("", "All partner councils"), *((one.key, one.short_name) for one in councils)]
        self.fields["council"].choices = choices  # type: ignore[attr-defined]

    def in_words(self) -> CalculatorForm:
        """The same form, of one that is valid, with its dates written out however they were typed."""
        return CalculatorForm(councils=self.councils, initial=self.cleaned_data)

    def asked(self) -> Asked:
        """What was asked, of a form that is valid."""
        data = self.cleaned_data
        return Asked(
            meeting_on=data["on"],
            approval_body=data["route"],
            is_key=data["key"],
            is_private=data["private"],
            other_on=data["other"],
            notice_on=data["notice"],
            council=data["council"],
        )


def calculator_form(sent: QueryDict, councils: Sequence[Council]) -> CalculatorForm:
    """The form as it was sent; where a link names a council or a route only, with these filled in."""
    if "on" in sent:
        return CalculatorForm(sent, councils=councils)
    return CalculatorForm(councils=councils, initial=sent.dict())
