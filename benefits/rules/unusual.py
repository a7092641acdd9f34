"""What a section 151 officer should look at twice before verifying a claim.

The limits are the product's own: those of commentary for the plan, and half as much again, or half as much
less, as the month before where that is more than £1,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from benefits.rules.commentary import LIMIT_PENCE, PRODUCT_LIMITS, Limits, passes_limit
from core.rules.money import format_prose

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Look:
    """A claim beside its plan and the month before, in pence; None where there is none.

    `month_pence` is all that stands for its month, of `amounts` entries.
    """

    pence: int
    month_pence: int
    amounts: int = 1
    planned_pence: int | None = None
    before_pence: int | None = None
    limits: Limits = PRODUCT_LIMITS

    @property
    def flags(self) -> tuple[str, ...]:
        """Why it is unusual, in words; empty where it is not."""
        found = [
            "It is negative" if self.pence < 0 else "",
            f"One of {self.amounts} amounts for this month" if self.amounts > 1 else "",
            self._against_plan(),
            self._against_month_before(),
        ]
        return tuple(words for words in found if words)

    def _against_plan(self) -> str:
        if self.planned_pence is None or not passes_limit(self.month_pence, self.planned_pence, self.limits):
            return ""
        gap = self.month_pence - self.planned_pence
        return f"{format_prose(abs(gap))} {'above' if gap > 0 else 'below'} plan"

    def _against_month_before(self) -> str:
        if self.before_pence is None:
            return ""
        gap = self.month_pence - self.before_pence
        if abs(gap) <= LIMIT_PENCE or abs(gap) <= abs(self.before_pence) * _HALF:
            return ""
        return f"{format_prose(abs(gap))} {'more' if gap > 0 else 'less'} than the month before"
