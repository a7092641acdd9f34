"""Every measure of an option, jointly and for each council (F-06 to F-10, INV-34; rounding of domain.md 4.9).

Present values are rounded by year and council, so the councils' sum may differ from the joint figure by
pennies. Tables of councils print the councils' sum as their total, and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from core.rules.assessment import NotApplicable
from core.rules.rounding import round_half_up
from services.rules.appraisal import AppraisalRow, appraise
from services.rules.discount import DiscountSchedule, discount_factors
from services.rules.irr import irr_percent
from services.rules.option_flows import (
    Flow,
    FlowLine,
    benefits_by_year,
    exit_cost,
    one_off_by_year,
    recurring_by_year,
)
from services.rules.payback import NoPayback, Origin, Payback, payback
from services.rules.returns import roi_percent


@dataclass(frozen=True, slots=True)
class Measures:
    """What a profile of flows is worth. Pence in real prices; `annual_net_pence` is of the last year."""

    benefits_pence: Flow
    recurring_pence: Flow
    one_off_pence: Flow
    rows: tuple[AppraisalRow, ...]
    net_pence: int
    pvb_pence: int
    pvc_pence: int
    npv_pence: int
    bcr: Decimal | NotApplicable
    payback: Payback | NoPayback
    discounted_payback: Payback | NoPayback
    roi_percent: Decimal | NotApplicable
    irr_percent: Decimal | NotApplicable
    equivalent_annual_pence: int
    annual_net_pence: int

    @property
    def net_by_year(self) -> Flow:
        """Benefits less recurring and one-off costs, by year."""
        return tuple(row.benefits_pence - row.costs_pence for row in self.rows)

    @property
    def cumulative_by_year(self) -> Flow:
        """Sum of the net flows up to and with each year."""
        return tuple(accumulate(self.net_by_year))


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over councils, in pence."""

    net_pence: int
    pvb_pence: int
    pvc_pence: int
    npv_pence: int


@dataclass(frozen=True, slots=True)
class OptionResult:
    """Measures of an option jointly and for each council in order, and what leaving would cost each."""

    joint: Measures
    councils: tuple[Measures, ...]
    exit_cost_pence: int
    exit_costs_pence: tuple[int, ...]

    @property
    def council_sum(self) -> Totals:
        """What tables of councils print as their total."""
        return Totals(
            sum(council.net_pence for council in self.councils),
            sum(council.pvb_pence for council in self.councils),
            sum(council.pvc_pence for council in self.councils),
            sum(council.npv_pence for council in self.councils),
        )

    @property
    def rounding_pence(self) -> int:
        """Councils' sum of net present values less the joint one: pennies of rounding."""
        return self.council_sum.npv_pence - self.joint.npv_pence


@dataclass(frozen=True, slots=True)
class Difference:
    """An option less business as usual, in pence: jointly, then for each council in order (INV-34)."""

    net_pence: int
    npv_pence: int
    council_nets_pence: tuple[int, ...]
    council_npvs_pence: tuple[int, ...]


def measure(
    benefits: Sequence[int],
    recurring: Sequence[int],
    one_off: Sequence[int],
    schedule: DiscountSchedule,
    origin: Origin = Origin.PROFILE_START,
) -> Measures:
    """Measures of flows of years 0 to n in real pence (F-06 to F-10); refuses n outside 1 to 60 (row 30)."""
    costs = [running + once for running, once in zip(recurring, one_off, strict=True)]
    appraisal = appraise(benefits, costs, schedule)
    nets = [benefit - cost for benefit, cost in zip(benefits, costs, strict=True)]
    return Measures(
        benefits_pence=tuple(benefits),
        recurring_pence=tuple(recurring),
        one_off_pence=tuple(one_off),
        rows=appraisal.rows,
        net_pence=sum(nets),
        pvb_pence=appraisal.pvb_pence,
        pvc_pence=appraisal.pvc_pence,
        npv_pence=appraisal.npv_pence,
        bcr=appraisal.bcr,
        payback=payback(nets, origin=origin),
        discounted_payback=payback([row.pv_net_pence for row in appraisal.rows], origin=origin),
        roi_percent=roi_percent(sum(benefits) - sum(recurring), sum(one_off)),
        irr_percent=irr_percent(nets),
        equivalent_annual_pence=equivalent_annual(appraisal.npv_pence, len(nets) - 1, schedule),
        annual_net_pence=benefits[-1] - recurring[-1],
    )


def equivalent_annual(npv_pence: int, horizon: int, schedule: DiscountSchedule) -> int:
    """The level amount in each of the years 0 to `horizon` that has this net present value, in pence."""
    return round_half_up(npv_pence / sum(discount_factors(schedule, horizon), Fraction(0)))


def appraise_option(
    lines: Sequence[FlowLine],
    councils: int,
    schedule: DiscountSchedule,
    *,
    length: int = 0,
    origin: Origin = Origin.PROFILE_START,
) -> OptionResult:
    """Measures of an option's lines, jointly and for each of so many councils.

    `length` is the number of years with year 0; it is needed where the option has no line.
    """

    def measured(council: int | None) -> Measures:
        return measure(
            benefits_by_year(lines, council, length=length),
            recurring_by_year(lines, council, length=length),
            one_off_by_year(lines, council, length=length),
            schedule,
            origin,
        )

    return OptionResult(
        measured(None),
        tuple(measured(council) for council in range(councils)),
        exit_cost(lines),
        tuple(exit_cost(lines, council) for council in range(councils)),
    )


def against_bau(option: OptionResult, bau: OptionResult) -> Difference:
    """What an option changes: its net flows and values less those of business as usual (INV-34)."""
    pairs = list(zip(option.councils, bau.councils, strict=True))
    return Difference(
        option.joint.net_pence - bau.joint.net_pence,
        option.joint.npv_pence - bau.joint.npv_pence,
        tuple(mine.net_pence - usual.net_pence for mine, usual in pairs),
        tuple(mine.npv_pence - usual.npv_pence for mine, usual in pairs),
    )
