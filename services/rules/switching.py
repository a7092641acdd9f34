"""How far benefits may fall, or costs rise, before an option is worth nothing (F-14)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.rules.assessment import NotApplicable
from core.rules.rounding import round_to


@dataclass(frozen=True, slots=True)
class SwitchingValues:
    """Percent with 2 decimals by which all benefits may fall, or all costs rise, for an NPV of 0.

    Negative where the net present value is negative: benefits would have to rise, or costs to fall.
    """

    benefits_fall_percent: Decimal | NotApplicable
    costs_rise_percent: Decimal | NotApplicable


def switching_values(pvb_pence: int, pvc_pence: int) -> SwitchingValues:
    """Net present value over present benefits, and over present costs (F-14)."""
    npv = pvb_pence - pvc_pence
    return SwitchingValues(
        _percent(npv, pvb_pence, "There are no benefits that could fall"),
        _percent(npv, pvc_pence, "There are no costs that could rise"),
    )


def _percent(npv_pence: int, base_pence: int, reason: str) -> Decimal | NotApplicable:
    if base_pence <= 0:
        return NotApplicable(reason)
    return round_to(Fraction(npv_pence * 100, base_pence), 2)
