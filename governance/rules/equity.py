"""What the equity panel says in one sentence."""

from __future__ import annotations

from fractions import Fraction

from core.rules.rounding import format_number
from core.rules.words import count_of

NOTHING = "No share can be worked out yet, so nothing can be compared."
ALL_NEAR = "Every share that can be worked out is within 5 points of the share it is compared with."

EXPLAINED, NOT_EXPLAINED = "Explained", "Not explained yet"
BEFORE_IT_CHANGED = "Explained before the figure changed"


def widest_sentence(council: str, measured: str, points: Fraction, other_share: str) -> str:
    """Carrick’s share of the net saving is 22.4 points below its share by agreed keys."""
    side = "above" if points > 0 else "below"
    return (
        f"{council}’s share of {measured.lower()} is {format_number(abs(points), 1)} points {side} "
        f"its {other_share}."
    )


def explained_sentence(differences: int, unexplained: int) -> str:
    """3 differences are over 5 points; 1 is not explained yet."""
    said = f"{count_of(differences, 'difference')} {'is' if differences == 1 else 'are'} over 5 points"
    if not unexplained:
        return f"{said}, each with an explanation."
    return f"{said}; {unexplained} {'is' if unexplained == 1 else 'are'} not explained yet."
