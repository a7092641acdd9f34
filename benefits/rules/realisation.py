"""How much of a plan has been realised, in percent (F-15, INV-35)."""

from __future__ import annotations

from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.money import format_pounds

NO_TARGET = NotApplicable("No target is set")


def realisation_percent(
    plan_pence: int | None, value_pence: int | None, no_target_pence: int = 0
) -> Fraction | NotApplicable | NotAssessable:
    """Verified actual to date against plan to date, or full-year forecast against plan, exact (F-15).

    Not applicable without a target or with one of £0 or less, where the reason gives the variance in
    pounds; not assessable where no amount is known. `no_target_pence` is the part of the value that has no
    target: it is not counted.
    """
    if plan_pence is None:
        return NO_TARGET
    if value_pence is None:
        return NotAssessable("No amount is recorded")
    counted = value_pence - no_target_pence
    if no_target_pence and not plan_pence and not counted:
        return NO_TARGET
    if plan_pence <= 0:
        return NotApplicable(f"Plan is not above £0. Variance is {format_pounds(counted - plan_pence)}")
    return Fraction(counted * 100, plan_pence)
