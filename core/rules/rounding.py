"""Rounding, once, half away from zero (domain.md section 0)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction
MINUS = "−"


def round_half_up(value: Exact) -> int:
    """Nearest whole number; a half goes away from zero."""
    exact = Fraction(value)
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


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
