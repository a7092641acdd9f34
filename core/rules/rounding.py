"""Rounding, once, half away from zero (domain.md section 0)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction
MINUS = "−"


def round_half_up(value: Exact) -> int:
    """Nearest whole number; a half goes away from zero."""
    exact = Fraction(value)
    return round_ratio(exact.numerator, exact.denominator)


def round_ratio(numerator: int, denominator: int) -> int:
    """Nearest whole number to a ratio with a denominator above 0; a half goes away from zero.

    The same as `round_half_up` of the fraction, without making one: for amounts in long tables.
    """
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def round_to(value: Exact, places: int) -> Decimal:
    """`value` with exactly `places` decimals; a half goes away from zero."""
    return Decimal(round_half_up(Fraction(value) * 10**places)).scaleb(-places)


def format_percent(value: Exact, places: int = 1) -> str:
    """96.9% of a `value` already in percent, with a true minus sign."""
    return format_number(value, places) + "%"


def format_number(value: Exact, places: int) -> str:
    """1,234.5 with commas in threes and a true minus sign."""
    rounded = round_to(value, places)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,}"


def format_points(value: Exact) -> str:
    """+2.4 or −26.0, of a difference in percentage points; 0.0 has no sign."""
    text = format_number(value, 1)
    return text if text.startswith(MINUS) or text == "0.0" else f"+{text}"
