"""Lines of an option as flows by year, jointly and for each council (F-02, INV-01, INV-22)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.errors import Refusal
from core.rules.apportionment import Weight
from services.enums import CostType, LineKind
from services.rules.net import BENEFIT_KINDS

Flow = tuple[int, ...]

_NO_BIAS = Fraction(0)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line of benefit or cost, of 0 or more pence, in years 0 to n, with each council's share.

    `shares_pence` has one tuple a council in the order of the programme; in each year they sum to the line's
    amount. `weights` are those of the key of a joint line; where a joint line has none, its shares stand
    for them. `staff_count` is that of an exempt line too: what hides one person hides an exempt figure.
    A line that is not joint holds amounts that councils entered for themselves. `low_percent` and
    `high_percent` are of the amount (100: as likely), `bias` is the share that optimism bias would add.
    """

    ref: str
    kind: LineKind
    cost_type: str
    amounts_pence: Flow
    shares_pence: tuple[Flow, ...]
    low_percent: int = 100
    high_percent: int = 100
    bias: Fraction = _NO_BIAS
    staff_count: int | None = None
    is_joint: bool = True
    weights: tuple[Weight, ...] = ()

    @property
    def is_benefit(self) -> bool:
        """Whether the line adds to benefits: a saving, avoided cost, income or grant."""
        return self.kind in BENEFIT_KINDS

    @property
    def is_exit(self) -> bool:
        """Whether it is what a return to own arrangements would cost: contingent, never in the flows."""
        return self.cost_type == CostType.EXIT

    def flow(self, council: int | None = None) -> Flow:
        """Its amounts by year, or those of the council at that place in the order."""
        return self.amounts_pence if council is None else self.shares_pence[council]


def check_range(low_percent: int, high_percent: int) -> None:
    """Refuse a likely range that does not hold the amount itself, which is 100 percent."""
    if not 0 <= low_percent <= 100 <= high_percent:
        raise Refusal("The lowest must be 100% or less and the highest 100% or more", field="low_percent")


def benefits_by_year(lines: Iterable[FlowLine], council: int | None = None, *, length: int = 0) -> Flow:
    """Savings, avoided costs, income and grants less dis-benefits, by year, in pence (F-02, F-07).

    A grant is income of the councils, so it counts here and leaves the costs as they are.
    """
    lines = list(lines)
    gains = _sum(lines, BENEFIT_KINDS, council, length)
    losses = _sum(lines, {LineKind.DISBENEFIT}, council, length)
    return tuple(gain - loss for gain, loss in zip(gains, losses, strict=True))


def recurring_by_year(lines: Iterable[FlowLine], council: int | None = None, *, length: int = 0) -> Flow:
    """Recurring costs by year, in pence (F-02)."""
    return _sum(list(lines), {LineKind.RECURRING_COST}, council, length)


def one_off_by_year(lines: Iterable[FlowLine], council: int | None = None, *, length: int = 0) -> Flow:
    """One-off costs by year, in pence, without exit costs (F-02)."""
    return _sum(list(lines), {LineKind.ONE_OFF_COST}, council, length)


def costs_by_year(lines: Iterable[FlowLine], council: int | None = None, *, length: int = 0) -> Flow:
    """Recurring and one-off costs by year, in pence, without exit costs (F-02)."""
    return _sum(list(lines), {LineKind.RECURRING_COST, LineKind.ONE_OFF_COST}, council, length)


def net_by_year(lines: Iterable[FlowLine], council: int | None = None, *, length: int = 0) -> Flow:
    """Benefits less costs by year, in pence; positive is good for the council (F-02)."""
    lines = list(lines)
    benefits = benefits_by_year(lines, council, length=length)
    costs = costs_by_year(lines, council, length=length)
    return tuple(benefit - cost for benefit, cost in zip(benefits, costs, strict=True))


def exit_cost(lines: Iterable[FlowLine], council: int | None = None) -> int:
    """What going back to own arrangements would cost, in pence: the sum of the exit lines (F-32)."""
    return sum(sum(line.flow(council)) for line in lines if line.is_exit)


def _sum(lines: Sequence[FlowLine], kinds: Collection[str], council: int | None, length: int) -> Flow:
    """Sum by year of the lines of these kinds; `length` is the number of years where there is no line."""
    flows = [line.flow(council) for line in lines if line.kind in kinds and not line.is_exit]
    years = length or (len(lines[0].amounts_pence) if lines else 0)
    return tuple(map(sum, zip(*flows, strict=True))) if flows else (0,) * years
