"""The headline: net cash saving that is verified, in its three parts (INV-17, INV-18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.enums import LineKind


@dataclass(frozen=True, slots=True)
class ActualLine:
    """An actual amount as the headline sees it. `is_counted_elsewhere`: another total already holds it."""

    kind: str
    pence: int
    is_verified: bool
    is_budgeted: bool = False
    is_counted_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """The three verified parts, and beside them what is never added to the net.

    `banked_cashable_pence` is how much of the verified cashable savings is out of a budget.
    """

    verified_cashable_pence: int
    verified_budgeted_income_pence: int
    verified_recurring_costs_pence: int
    claimed_only_pence: int
    non_cashable_pence: int
    cost_avoidance_pence: int
    unbudgeted_income_pence: int
    banked_cashable_pence: int = 0

    @property
    def net_cash_saving_pence(self) -> int:
        """Verified cashable savings plus verified budgeted income less verified recurring costs."""
        return (
            self.verified_cashable_pence
            + self.verified_budgeted_income_pence
            - self.verified_recurring_costs_pence
        )


def headline(lines: Iterable[ActualLine], *, banked_cashable_pence: int = 0) -> Headline:
    """Headline of claimed and verified lines.

    `claimed_only_pence` is the same net of what is claimed and not verified. Non-cashable, avoided and
    unbudgeted amounts are gross, verified or not.
    """
    counted = [line for line in lines if not line.is_counted_elsewhere]
    verified = [line for line in counted if line.is_verified]
    claimed = [line for line in counted if not line.is_verified]
    return Headline(
        verified_cashable_pence=_total(verified, _is_cashable),
        verified_budgeted_income_pence=_total(verified, _is_budgeted_income),
        verified_recurring_costs_pence=_total(verified, _is_recurring_cost),
        claimed_only_pence=_total(claimed, _is_cashable)
        + _total(claimed, _is_budgeted_income)
        - _total(claimed, _is_recurring_cost),
        non_cashable_pence=_total(counted, lambda line: line.kind == LineKind.NON_CASHABLE),
        cost_avoidance_pence=_total(counted, lambda line: line.kind == LineKind.COST_AVOIDANCE),
        unbudgeted_income_pence=_total(
            counted, lambda line: line.kind == LineKind.INCOME and not line.is_budgeted
        ),
        banked_cashable_pence=banked_cashable_pence,
    )


def _is_cashable(line: ActualLine) -> bool:
    return line.kind == LineKind.CASHABLE_SAVING


def _is_budgeted_income(line: ActualLine) -> bool:
    return line.kind == LineKind.INCOME and line.is_budgeted


def _is_recurring_cost(line: ActualLine) -> bool:
    return line.kind == LineKind.RECURRING_COST


def _total(lines: Sequence[ActualLine], belongs: Callable[[ActualLine], bool]) -> int:
    return sum(line.pence for line in lines if belongs(line))
