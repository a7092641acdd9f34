"""How far a measure has come from its starting value to its target (F-19)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable


def measure_progress_percent(
    starting: Decimal | None, target: Decimal | None, actual: Decimal | None
) -> Fraction | NotApplicable | NotAssessable:
    """Exact percent of the way, whether higher or lower is better; over 100 is past the target (F-19).

    Not applicable without a target; not assessable without a starting or a latest value.
    """
    if target is None:
        return NotApplicable("No target is set")
    if starting is None:
        return NotAssessable("No starting value is recorded")
    if actual is None:
        return NotAssessable("No value has been measured since the start")
    if target == starting:
        return NotApplicable("The target is the starting value")
    return Fraction(actual - starting) * 100 / Fraction(target - starting)
