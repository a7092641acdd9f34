"""When a figure is so far from the current plan that it must be explained (F-16).

The limits are the product's own: more than a tenth of what was planned, and more than £1,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.errors import Refusal
from core.rules.money import format_pounds

LIMIT_PERCENT = 10
LIMIT_PENCE = 1_000_00
SHORTEST = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside what was planned for it; `what` names it: "Lower cost of ICT, Brockvale, 2026 …"."""

    what: str
    pence: int
    planned_pence: int


def passes_limit(pence: int, planned_pence: int) -> bool:
    """Whether a figure is further from its plan than both limits, either way; exact."""
    gap = abs(pence - planned_pence)
    return gap > LIMIT_PENCE and gap > Fraction(abs(planned_pence) * LIMIT_PERCENT, 100)


def check_commentary(compared: Compared, text: str, field: str = "commentary") -> None:
    """Refuse a figure far from its plan that nobody explains in at least 10 characters."""
    if len(text.strip()) >= SHORTEST or not passes_limit(compared.pence, compared.planned_pence):
        return
    gap = compared.pence - compared.planned_pence
    side = "above" if gap > 0 else "below"
    raise Refusal(
        f"{compared.what} is {format_pounds(abs(gap))} {side} plan. Explain why, in at least "
        f"{SHORTEST} characters",
        field,
        "commentary",
    )
