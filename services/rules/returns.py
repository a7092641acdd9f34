"""Returns in words that councillors use: ROI, years of savings to leave, pounds a household, whole life
(F-10, F-32, F-33, row 50)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.assessment import NotApplicable
from core.rules.money import format_prose
from core.rules.rounding import round_half_up, round_to


def roi_percent(net_before_investment_pence: int, investment_pence: int) -> Decimal | NotApplicable:
    """Return on investment in percent with 1 decimal, undiscounted (F-10).

    Net benefit over the years before the investment, less the investment, over the investment. Always
    print it with the number of years.
    """
    if investment_pence <= 0:
        return NotApplicable("There is no investment to compare the return with")
    gain = net_before_investment_pence - investment_pence
    return round_to(Fraction(gain * 100, investment_pence), 1)


def exit_ratio(exit_cost_pence: int, annual_net_saving_pence: int) -> Fraction | NotApplicable:
    """Years of savings that going back to own arrangements would cost, exact (F-32)."""
    if annual_net_saving_pence <= 0:
        return NotApplicable("There is no annual net saving to compare the exit cost with")
    return Fraction(exit_cost_pence, annual_net_saving_pence)


def per_household(annual_net_saving_pence: int, tax_base: Decimal) -> int | NotApplicable:
    """Pence a Band D equivalent household that an annual net saving is equivalent to (F-33).

    Say "equivalent to": it reduces nobody's council tax by itself.
    """
    if tax_base <= 0:
        return NotApplicable("The tax base is not above 0")
    return round_half_up(annual_net_saving_pence / Fraction(tax_base))


def check_whole_life(whole_life_pence: int, annual_pence: int, years: int, reason: str = "") -> None:
    """Warn of a whole-life saving that is not annual saving times term, until a reason is given (row 50)."""
    product = annual_pence * years
    if whole_life_pence != product and not reason.strip():
        expected = f"{format_prose(annual_pence)} x {years} is {format_prose(product)}"
        raise Refusal(
            f"Whole-life saving is {format_prose(whole_life_pence)} but {expected}. Check both",
            field="whole_life_pence",
            code="50",
        )
