"""Ask for an explanation where an amount is far from the plan in effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from benefits.actions.amounts import Amount
from benefits.queries.commentary_limits import limits_of
from benefits.queries.standing import current_plans, standing_actuals
from benefits.rules.commentary import AgainstPlan, Limits, check_commentary
from benefits.rules.entry import Span, month_span
from core.rules.calendar import format_fy
from programme.models import Programme


def check_actual_explained(amount: Amount, *, as_of: date) -> None:
    """Refuse a claim that takes its month far from plan without an explanation. Four queries at most.

    Nothing is asked where the line has no plan for the council.
    """
    place = amount.line.pk, amount.council.pk
    planned = current_plans(amount.line.programme, as_of, [amount.council]).get(place)
    if planned is None or amount.period is None:
        return
    span = month_span(amount.fy, amount.period)
    held = standing_actuals(amount.line.programme, [amount.council]).get(place)
    total = amount.pence + ((held.pence(span) if held else None) or 0)
    limits = limits_of(amount.line.programme)
    figure = compared(amount, span, total, planned.pence(span) or 0, limits)
    check_commentary(figure, amount.explanation, "explanation")


def check_forecast_explained(
    programme: Programme, amounts: Iterable[Amount], commentary: str, *, as_of: date
) -> None:
    """Refuse a forecast of any year far from plan without commentary. Three queries.

    Nothing is asked of a line that has no plan for the council.
    """
    planned, limits = current_plans(programme, as_of), limits_of(programme)
    totals: dict[tuple[int, int, int], int] = defaultdict(int)
    names: dict[tuple[int, int, int], Amount] = {}
    for amount in amounts:
        key = amount.line.pk, amount.council.pk, amount.fy
        totals[key] += amount.pence
        names[key] = amount
    for (line, council, fy), pence in totals.items():
        if (line, council) in planned:
            span = Span(fy, 1, 12)
            plan = planned[line, council].pence(span) or 0
            check_commentary(compared(names[line, council, fy], span, pence, plan, limits), commentary)


def compared(amount: Amount, span: Span, pence: int, planned_pence: int, limits: Limits) -> AgainstPlan:
    """The figure of a line, council and time, named, beside its plan."""
    when = format_fy(span.fy) if span.is_year else str(span)
    return AgainstPlan(f"{amount.line.title}, {amount.council}, {when}", pence, planned_pence, limits)
