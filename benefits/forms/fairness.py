"""Forms of compensation that is paid, and of a fund that is closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms.fields import FinancialYearField, LongTextField, PlainTextField, PoundsField, TypedDateField
from programme.models import Council


class CouncilPaymentForm(forms.Form):
    """What a council paid another."""

    payer = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council that paid",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    fy = FinancialYearField(label="Year for which it was due", empty_label="Choose a year")
    amount = PoundsField(label="Amount paid", noun="payment")
    paid_on = TypedDateField(label="Paid on")
    evidence = PlainTextField(
        label="Evidence", help_text="For example the payment reference", max_length=500, required=False
    )

    def __init__(self, data: Any = None, *, payers: Iterable[Council], fys: Iterable[int]) -> None:
        """Offer these councils and years; the only one is chosen."""
        own, years = [council.pk for council in payers], list(fys)
        first = {"payer": own[0]} if len(own) == 1 else {}
        super().__init__(data, initial=first | ({"fy": years[0]} if len(years) == 1 else {}))
        self.fields["payer"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        self.fields["fy"].set_years(years)  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    """That a payment has come; or, of one that was confirmed, that the council does not have it."""

    received_on = TypedDateField(label="Date received")

    def __init__(self, data: Any = None, *, is_reversal: bool = False) -> None:
        """Ask for the day of the receipt, or of the reversal."""
        super().__init__(data)
        if is_reversal:
            self.fields["received_on"].label = "Date of the reversal"


class PaymentReversalForm(forms.Form):
    """Why a payment is taken back."""

    reason = LongTextField(label="Reason", help_text="In at least 10 characters", max_length=500)


class FundClosingForm(forms.Form):
    """The day on which what is left of a fund goes back."""

    closed_on = TypedDateField(label="Paid back on")
