"""Payback from two stated figures: a one-off cost and a level net saving a year (F-08)."""

from __future__ import annotations

from fractions import Fraction

from core.rules.assessment import NotAssessable
from services.rules.payback import NoPayback, Payback


def stated_payback(
    one_off_pence: int | None, annual_net_pence: int | None
) -> Payback | NoPayback | NotAssessable:
    """One-off cost over annual net saving; the saving must be net of recurring costs."""
    if one_off_pence is None:
        return NotAssessable("One-off cost is not stated")
    if annual_net_pence is None:
        return NotAssessable("Annual net saving is not stated")
    if one_off_pence <= 0:
        return Payback(Fraction(0))
    if annual_net_pence <= 0:
        return NoPayback()
    return Payback(Fraction(one_off_pence, annual_net_pence))
