"""The tables of a proposed plan's page: amounts that change, and what the plan is worth."""

from __future__ import annotations

from django.urls import reverse

from benefits.queries.plan_changes import AmountChange, PlanChanges, Worth
from benefits.rules.plan_change import Outlook, net_in_words, npv_in_words
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from core.rules.money import format_amount
from core.tables import Cell, Heading, NumberTable, Row

NO_PLAN = Cell("[z]")
UNIT = "£ a financial year; [z] there was no plan"


def plan_name(changes: PlanChanges) -> str:
    """What the plan that it would replace is called."""
    return f"Plan version {changes.before.number}" if changes.before else "Plan before"


def amounts_table(changes: PlanChanges) -> NumberTable:
    """Each amount that changes: originally, before, proposed, and the difference in words."""
    texts = ("Line", "Council", "Year", "Original plan", plan_name(changes), "Proposed", "Difference")
    words = {"Line", "Council", "Year", "Difference"}
    return NumberTable(
        id="amounts",
        caption="Amounts that change, by line, council and year",
        unit=UNIT,
        columns=tuple(Heading(text, is_number=text not in words) for text in texts),
        rows=tuple(_amount_row(change) for change in changes.changes),
    )


def worth_table(changes: PlanChanges) -> NumberTable:
    """Net benefit and payback of all councils together and of each."""
    texts = ("Council", "Original plan", plan_name(changes), "Proposed", "Difference")
    return NumberTable(
        id="worth",
        caption="Total net benefit over the appraisal period",
        unit=f"£; [z] there was no plan. {changes.outside}"
        if changes.outside
        else "£; [z] there was no plan",
        columns=tuple(Heading(text, is_number=text not in {"Council", "Difference"}) for text in texts),
        rows=tuple(_worth_row(worth) for worth in changes.worth),
    )


def payback_table(changes: PlanChanges) -> NumberTable:
    """When each plan pays back."""
    texts = ("Council", "Original plan", plan_name(changes), "Proposed")
    return NumberTable(
        id="payback",
        caption="Payback",
        unit="Counted from the first day of the first year; [z] there was no plan",
        columns=tuple(Heading(text, is_number=False) for text in texts),
        rows=tuple(
            Row(
                _who(worth),
                tuple(_payback_cell(one) for one in (worth.original, worth.before, worth.after)),
            )
            for worth in changes.worth
        ),
    )


def npv_table(changes: PlanChanges) -> NumberTable:
    """Net present value of each plan, in the prices and by the rates that its unit line names."""
    texts = ("Council", "Original plan", plan_name(changes), "Proposed", "Difference")
    return NumberTable(
        id="npv",
        caption="Net present value",
        unit=f"£. {changes.npv_basis}; [x] cannot be worked out; [z] there was no plan",
        columns=tuple(Heading(text, is_number=text not in {"Council", "Difference"}) for text in texts),
        rows=tuple(_npv_row(worth) for worth in changes.worth),
    )


def _npv_row(worth: Worth) -> Row:
    plans = (worth.original, worth.before, worth.after)
    words = npv_in_words(worth.before.npv, worth.after.npv) if worth.before else "First plan"
    cells = (NO_PLAN if plan is None else _npv_cell(plan) for plan in plans)
    return Row(_who(worth), (*cells, Cell(words, is_number=False)))


def _npv_cell(plan: Outlook) -> Cell:
    return Cell("[x]" if isinstance(plan.npv, NotAssessable) else format_amount(plan.npv))


def _amount_row(change: AmountChange) -> Row:
    amounts = (change.original_pence, change.before_pence, change.after_pence)
    return Row(
        change.line.title,
        (
            Cell(change.council.name, is_number=False),
            Cell(format_fy(change.fy), is_number=False),
            *(NO_PLAN if pence is None else Cell(format_amount(pence)) for pence in amounts),
            Cell(change.words, is_number=False),
        ),
        url=reverse("benefits:line_detail", args=[change.line.pk]),
        sub=change.line.ref,
    )


def _worth_row(worth: Worth) -> Row:
    plans = (worth.original, worth.before, worth.after)
    words = net_in_words(worth.before.net_pence, worth.after.net_pence) if worth.before else "First plan"
    cells = (NO_PLAN if plan is None else Cell(format_amount(plan.net_pence)) for plan in plans)
    return Row(_who(worth), (*cells, Cell(words, is_number=False)))


def _who(worth: Worth) -> str:
    return worth.council.name if worth.council else "All councils"


def _payback_cell(plan: Outlook | None) -> Cell:
    return Cell("[z]" if plan is None else str(plan.payback), is_number=False)
