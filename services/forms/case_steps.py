"""Forms of a business case as a whole: a step with its comment, and a council's statement."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField
from services.enums import CaseStep, Position
from services.models import BusinessCase, CaseStatement
from services.rules.case_states import TRANSITIONS

_HINTS = {
    CaseStep.RETURN: "Say what to change. The author reads it, and it stays in the history",
    CaseStep.WITHDRAW: "Say why it is withdrawn. It stays in the history",
}


class CaseStepForm(forms.Form):
    """A comment, and the version of the case that the person saw."""

    comment = LongTextField(label="Comment", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: BusinessCase, step: CaseStep) -> None:
        super().__init__(data, initial={"seen_version": case.version})
        if step not in TRANSITIONS or step == CaseStep.NEW_VERSION:
            del self.fields["comment"]
            return
        hint = "Optional. It stays in the history"
        self.fields["comment"].help_text = _HINTS.get(step, hint)


class StatementForm(forms.Form):
    """What one council's section 151 officer says, and why."""

    position = forms.ChoiceField(
        label="Position",
        choices=Position.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say of this business case"},
    )
    text = LongTextField(
        label="Statement",
        help_text="Printed word for word with the case. Give any conditions, or why you do not support it",
        error_messages={"required": "Enter the statement"},
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, case: BusinessCase, statement: CaseStatement | None = None
    ) -> None:
        made = {"position": statement.position, "text": statement.text} if statement else {}
        super().__init__(data, initial={**made, "seen_version": case.version})
