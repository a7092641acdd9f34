"""How much of a plan has been realised, in percent (F-15, INV-35)."""

from __future__ import annotations

from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.money import format_pounds


def realisation_percent(
    plan_pence: int | None, value_pence: int | None
) -> Fraction | NotApplicable | NotAssessable:
    """Verified actual to date against plan to date, or full-year forecast against plan, exact (F-15).

    Not applicable without a target or with one of £0 or less, where the reason gives the variance in
    pounds; not assessable where no amount is known.
    """
    if plan_pence is None:
        return NotApplicable("No target is set")
    if value_pence is None:
        return NotAssessable("No amount is recorded")
    if plan_pence <= 0:
        return NotApplicable(f"Plan is not above £0. Variance is {format_pounds(value_pence - plan_pence)}")
    return Fraction(value_pence * 100, plan_pence)
