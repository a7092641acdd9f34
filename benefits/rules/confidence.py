"""Forecasts weighed by how sure they are (F-18)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from core.rules.rounding import round_half_up
from services.enums import Confidence

# The product's defaults, not a published scale.
FACTORS = {
    Confidence.HIGH: Fraction(1),
    Confidence.MEDIUM: Fraction(3, 4),
    Confidence.LOW: Fraction(1, 2),
}


def confidence_weighted(amounts: Iterable[tuple[str, int]]) -> int:
    """Sum of (confidence, pence), each times its factor: 1, 0.75 or 0.5 (F-18).

    Show it beside the plain sum, never instead.
    """
    return round_half_up(
        sum((pence * FACTORS[Confidence(confidence)] for confidence, pence in amounts), Fraction(0))
    )
