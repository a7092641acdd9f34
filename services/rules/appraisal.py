"""Net present value and benefit-cost ratio (F-06, F-07, INV-33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.rules.assessment import NotApplicable
from core.rules.rounding import round_ratio, round_to
from services.rules.discount import DiscountSchedule, check_horizon, discount_factors


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One year: its flows in real pence, and their present values rounded to the penny."""

    index: int
    benefits_pence: int
    costs_pence: int
    pv_benefits_pence: int
    pv_costs_pence: int

    @property
    def pv_net_pence(self) -> int:
        """Present value of the year's benefits less its costs."""
        return self.pv_benefits_pence - self.pv_costs_pence


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Present values of one option, year by year; the totals are sums of the printed rows (F-06)."""

    rows: tuple[AppraisalRow, ...]

    @property
    def pvb_pence(self) -> int:
        """Present value of benefits, net of dis-benefits."""
        return sum(row.pv_benefits_pence for row in self.rows)

    @property
    def pvc_pence(self) -> int:
        """Present value of costs to the councils."""
        return sum(row.pv_costs_pence for row in self.rows)

    @property
    def npv_pence(self) -> int:
        """Net present value."""
        return self.pvb_pence - self.pvc_pence

    @property
    def bcr(self) -> Decimal | NotApplicable:
        """Benefit-cost ratio of the option (F-07)."""
        return benefit_cost_ratio(self.pvb_pence, self.pvc_pence)


def benefit_cost_ratio(pvb_pence: int, pvc_pence: int) -> Decimal | NotApplicable:
    """Present benefits, net of dis-benefits, over present public costs, with 2 decimals (F-07).

    Not applicable without costs. It never decides whether an option passes.
    """
    if pvc_pence == 0:
        return NotApplicable("There are no costs to compare the benefits with")
    return round_to(Fraction(pvb_pence, pvc_pence), 2)


def appraise(
    benefits_pence: Sequence[int], costs_pence: Sequence[int], schedule: DiscountSchedule
) -> Appraisal:
    """Discount real benefits (net of dis-benefits) and costs of years 0 to n (F-06).

    Both have n + 1 values. Refuses a horizon n outside 1 to 60 years (row 30).
    """
    if len(benefits_pence) != len(costs_pence):
        raise ValueError("benefits and costs need the same number of years")
    horizon = len(benefits_pence) - 1
    check_horizon(horizon)
    factors = discount_factors(schedule, horizon)
    years = zip(benefits_pence, costs_pence, factors, strict=True)
    return Appraisal(
        tuple(
            AppraisalRow(index, benefit, cost, _present(benefit, factor), _present(cost, factor))
            for index, (benefit, cost, factor) in enumerate(years)
        )
    )


def _present(pence: int, factor: Fraction) -> int:
    return round_ratio(pence * factor.numerator, factor.denominator)
