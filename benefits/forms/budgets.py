"""Forms of budgets, of what was taken out of them, and of funds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from benefits.models import ActualAmount, BudgetLine, Line
from core.clock import today
from core.forms.fields import (
    FinancialYearField,
    LongTextField,
    PlainTextField,
    PoundsField,
    TypedDateField,
)
from core.rules.calendar import financial_year, format_fy, month_name, period_start
from core.rules.money import format_pounds
from programme.models import Council, Programme
from services.enums import LineKind
from services.models import CostPool


class BudgetLineField(forms.ModelChoiceField):
    """A choice of budget lines in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Ashmere, 2026 to 2027, 4312 Salaries, £80,000."""
        budget = format_pounds(obj.budget_pence).removesuffix(".00")
        return f"{obj.council}, {format_fy(obj.fy)}, {obj}, {budget}"


class CostField(forms.ModelChoiceField):
    """A choice of actual one-off costs in words."""

    def label_from_instance(self, obj: Any) -> str:
        """Legal advice, Ashmere, October 2026, £5,000.00."""
        first = period_start(obj.fy, obj.period)
        month = f"{month_name(first)} {first.year}"
        return f"{obj.line.title}, {obj.council}, {month}, {format_pounds(obj.amount_pence)}"


class BudgetForm(forms.Form):
    """The budget of one ledger code in one year; council, code and year stay once they are recorded."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    ledger_code = PlainTextField(label="Ledger code", max_length=40)
    fy = FinancialYearField(label="Financial year", empty_label="Choose a year")
    name = PlainTextField(label="Name of the budget", max_length=200)
    budget = PoundsField(label="Budget before savings", noun="budget")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Iterable[Council] = (),
        budget_line: BudgetLine | None = None,
        first_fy: int | None = None,
    ) -> None:
        """An empty form for these councils, or the one over `budget_line` as it is."""
        own = [council.pk for council in councils]
        initial: dict[str, Any] = {"council": own[0] if len(own) == 1 else None}
        if budget_line is not None:
            initial = {"name": budget_line.name, "budget": budget_line.budget_pence}
            initial["seen_version"] = budget_line.version
        super().__init__(data, initial=initial)
        if budget_line is not None:
            for name in ("council", "ledger_code", "fy"):
                self.fields.pop(name)
            return
        this_fy = financial_year(today())
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        self.fields["fy"].set_years(range(first_fy or this_fy - 1, this_fy + 6))  # type: ignore[attr-defined]


class ReductionForm(forms.Form):
    """What was taken out of a budget for a saving."""

    line = forms.ModelChoiceField(
        Line.objects.none(),
        label="Saving",
        empty_label="Choose a line of saving",
        error_messages={"required": "Choose a line of cashable saving"},
    )
    ledger_code = BudgetLineField(
        BudgetLine.objects.none(),
        label="Budget code and year",
        empty_label="Choose a budget",
        error_messages={"required": "Record the budget code and amount that was reduced"},
    )
    amount = PoundsField(label="Amount taken out", noun="reduction")
    not_same_reason = LongTextField(
        label="If another programme claims this code and year: why it is not the same saving",
        help_text="In at least 10 characters",
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, programme: Programme, councils: Iterable[Council]) -> None:
        """Offer the programme's lines of cashable saving, and the budgets of these councils."""
        super().__init__(data)
        lines = programme.lines.filter(kind=LineKind.CASHABLE_SAVING).order_by("order_index", "pk")
        budgets = BudgetLine.objects.filter(council__in=[council.pk for council in councils])
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        self.fields["ledger_code"].queryset = budgets.select_related("council")  # type: ignore[attr-defined]


class FundForm(forms.Form):
    """A fund that is opened."""

    name = PlainTextField(label="Name of the fund", max_length=200)
    pool = forms.ModelChoiceField(
        CostPool.objects.none(),
        label="What each council pays in",
        help_text="The key of a pool says it. What is not spent goes back by the same key",
        empty_label="No key: as each council decides",
        required=False,
    )

    def __init__(self, data: Any = None, *, programme: Programme) -> None:
        """Offer the pools of the programme."""
        super().__init__(data)
        self.fields["pool"].queryset = programme.cost_pools.order_by("order_index", "ref")  # type: ignore[attr-defined]


class ContributionForm(forms.Form):
    """What a council paid in, or got back."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    amount = PoundsField(label="Amount paid in", noun="payment", help_text="Negative if it was paid back")
    paid_on = TypedDateField(label="Paid on")
    explanation = LongTextField(
        label="Explanation", help_text="Needed where it was paid back", max_length=500, required=False
    )

    def __init__(self, data: Any = None, *, councils: Iterable[Council]) -> None:
        """Offer these councils."""
        own = [council.pk for council in councils]
        super().__init__(data, initial={"council": own[0] if len(own) == 1 else None})
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class DrawdownForm(forms.Form):
    """What a fund paid of one cost."""

    actual = CostField(
        ActualAmount.objects.none(),
        label="One-off cost",
        empty_label="Choose a cost",
        error_messages={"required": "Choose an actual one-off cost of this programme"},
    )
    amount = PoundsField(label="Amount to withdraw", noun="withdrawal")
    drawn_on = TypedDateField(label="Withdrawn on")

    def __init__(self, data: Any = None, *, costs: Iterable[ActualAmount]) -> None:
        """Offer these costs."""
        super().__init__(data)
        keys = [cost.pk for cost in costs]
        rows = ActualAmount.objects.filter(pk__in=keys).select_related("line", "council")
        self.fields["actual"].queryset = rows  # type: ignore[attr-defined]
