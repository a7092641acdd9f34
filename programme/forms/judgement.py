"""Forms of the senior responsible owner's judgements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from core.forms.conflict import SeenForm
from core.forms.fields import LongTextField, TypedDateField
from programme.actions.judgement import Judged
from programme.enums import JudgementSubject
from programme.models import Judgement
from programme.rules.delivery_confidence import THREE_POINTS
from programme.rules.judgement import MOST_DAYS, scale_of


class JudgementForm(forms.Form):
    """The point of the scale, the reason and the last day; over a judgement, to renew it."""

    point = forms.ChoiceField(
        label="Judgement",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one", "invalid_choice": "Choose one"},
    )
    reason = LongTextField(label="Reason", help_text="It is shown wherever the judgement is")
    until_on = TypedDateField(
        label="Last day",
        help_text="Within three months. After it what is worked out stands alone, unless you renew it",
    )

    def __init__(self, data: Any = None, *, subject: str, is_five: bool, today: date) -> None:
        """Offer the points of the subject's scale."""
        super().__init__(data, initial={"until_on": today + timedelta(days=MOST_DAYS)})
        shows_meaning = subject == JudgementSubject.CONFIDENCE
        self.fields["point"].choices = [  # type: ignore[attr-defined]
            (one.point.value, f"{one.point}. {one.meaning}" if shows_meaning else one.point.value)
            for one in scale_of(subject, is_five=is_five)
        ]

    def to_judged(self) -> Judged:
        """What was typed."""
        data = self.cleaned_data
        return Judged(data["point"], data["reason"], data["until_on"])


class JudgementRenewForm(JudgementForm):
    """The same over the judgement that it replaces."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    # A new last day stands for no column of the judgement that is replaced.
    suggested = ("until_on",)

    def __init__(self, data: Any = None, *, judgement: Judgement, is_five: bool, today: date) -> None:
        """Start from what was judged."""
        has_five = judgement.point not in {one.point.value for one in THREE_POINTS}
        super().__init__(data, subject=judgement.subject, is_five=is_five or has_five, today=today)
        over = {"point": judgement.point, "reason": judgement.reason, "seen_version": judgement.version}
        self.initial.update(over)


class JudgementEndForm(SeenForm):
    """Why a judgement ends."""

    why = LongTextField(label="Why it ends")
