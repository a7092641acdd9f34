"""Forms that claim, answer and reverse an actual amount."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from benefits.enums import Outcome
from benefits.forms.claim_files import HINT, ManyFilesField
from benefits.models import Line
from core.clock import today
from core.forms.fields import LongTextField, PlainTextField, PoundsField
from core.rules.calendar import financial_year, month_name, period_start
from programme.models import Council, Programme

Month = tuple[int, int]


def _to_month(text: str) -> Month:
    fy, number = text.split("-")
    return int(fy), int(number)


def _words(fy: int, number: int) -> str:
    first = period_start(fy, number)
    return f"{month_name(first)} {first.year}"


class MonthField(forms.TypedChoiceField):
    """A month of a financial year; its value is the starting year and the period, 1 for April."""

    is_short = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=_to_month, empty_value=None, **kwargs)
        self.error_messages |= {"required": "Choose the month", "invalid_choice": "Choose the month"}

    def set_years(self, first_fy: int, last_fy: int) -> None:
        """Offer the months of these years, the latest year first."""
        months = [(fy, period) for fy in range(last_fy, first_fy - 1, -1) for period in range(1, 13)]
        self.choices = [
            ("", "Choose a month"),
            *((f"{fy}-{number}", _words(fy, number)) for fy, number in months),
        ]


class ActualForm(forms.Form):
    """What a council claims for one month of one line."""

    line = forms.ModelChoiceField(
        Line.objects.none(),
        label="Line",
        empty_label="Choose a line",
        error_messages={"required": "Choose a line"},
    )
    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    month = MonthField(label="Month")
    amount = PoundsField(label="Amount in pounds")
    explanation = LongTextField(
        label="Explanation",
        help_text="Needed where a saving is negative",
        max_length=500,
        required=False,
    )
    ledger_code = PlainTextField(label="Ledger code", max_length=40, required=False)
    evidence = PlainTextField(
        label="Evidence", help_text="A link or a document reference", max_length=500, required=False
    )
    evidence_files = ManyFilesField(label="Evidence files", help_text=HINT, required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, programme: Programme, councils: Iterable[Council]
    ) -> None:
        """Offer the lines of the programme and the councils that the person enters amounts for."""
        own = [council.pk for council in councils]
        super().__init__(data, files, initial={"council": own[0] if len(own) == 1 else None})
        self.fields["line"].queryset = programme.lines.order_by("order_index", "pk")  # type: ignore[attr-defined]
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        this_fy = financial_year(today())
        self.fields["month"].set_years(programme.base_fy or this_fy - 1, this_fy)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The section 151 officer's answer to one claim."""

    outcome = forms.ChoiceField(
        label="Your answer",
        choices=[(Outcome.VERIFIED, "Verify"), (Outcome.RETURNED, "Return to the council’s finance officer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to verify or to return it"},
    )
    reason = LongTextField(
        label="Reason",
        help_text="Needed to return it, in at least 10 characters",
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, pk: int) -> None:
        super().__init__(data, auto_id=f"claim-{pk}-%s")


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = LongTextField(label="Reason", help_text="In at least 10 characters", max_length=500)
