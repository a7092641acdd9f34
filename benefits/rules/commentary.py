"""When a figure is so far from the current plan that it must be explained (F-16).

The limits are the product's own unless a programme sets others: more than a tenth of what was planned, and
more than £1,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.errors import Refusal, Refusals
from core.rules.money import LIMIT_PENCE as MOST_PENCE
from core.rules.money import format_pounds, format_prose
from core.rules.text import check_reason

LIMIT_PERCENT, WHOLE = 10, 100
LIMIT_PENCE = 1_000_00


@dataclass(frozen=True, slots=True)
class Limits:
    """How far from plan a figure may be unexplained: up to either limit."""

    percent: int = LIMIT_PERCENT
    pence: int = LIMIT_PENCE

    @property
    def words(self) -> str:
        """More than 10% and more than £1,000 from plan."""
        return f"more than {self.percent}% and more than {format_prose(self.pence)} from plan"


PRODUCT_LIMITS = Limits()


def check_limits(limits: Limits) -> None:
    """Refuse a percentage outside 0 to 100, and pounds below 0 or over £10 billion (rows 5 and 7)."""
    said = []
    if not 0 <= limits.percent <= WHOLE:
        said.append(Refusal("Enter a whole percentage from 0 to 100", "percent"))
    if limits.pence < 0:
        said.append(Refusal("Amount must be £0 or more", "pence", "5"))
    if limits.pence > MOST_PENCE:
        said.append(Refusal("Amount must be £10,000,000,000 or less", "pence", "7"))
    if said:
        raise Refusals(said)


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """A figure beside what was planned for it; `what` names it: "Lower cost of ICT, Brockvale, 2026 …"."""

    what: str
    pence: int
    planned_pence: int
    limits: Limits = PRODUCT_LIMITS


def passes_limit(pence: int, planned_pence: int, limits: Limits = PRODUCT_LIMITS) -> bool:
    """Whether a figure is further from its plan than both limits, either way; exact."""
    gap = abs(pence - planned_pence)
    return gap > limits.pence and gap > Fraction(abs(planned_pence) * limits.percent, WHOLE)


def check_commentary(compared: AgainstPlan, text: str, field: str = "commentary") -> None:
    """Refuse a figure far from its plan that nobody explains in at least 10 characters."""
    if not passes_limit(compared.pence, compared.planned_pence, compared.limits):
        return
    gap = compared.pence - compared.planned_pence
    side = "above" if gap > 0 else "below"
    asks = f"{compared.what} is {format_pounds(abs(gap))} {side} plan. Explain why"
    check_reason(text, asks, field, "commentary")
