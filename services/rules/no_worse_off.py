"""Whether any council is worse off, in cash and in present value (F-21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.enums import TestBasis


@dataclass(frozen=True, slots=True)
class CouncilPosition:
    """A council's own net position over the horizon before and after compensation, in pence."""

    council: str
    net_pence: int
    compensation_pence: int

    @property
    def after_pence(self) -> int:
        """Net position with what it receives, or less what it pays."""
        return self.net_pence + self.compensation_pence

    @property
    def is_passed(self) -> bool:
        """Whether the council is not worse off."""
        return self.after_pence >= 0

    @property
    def shortfall_pence(self) -> int:
        """What it lacks to be no worse off; 0 where it is not."""
        return max(0, -self.after_pence)


@dataclass(frozen=True, slots=True)
class NoWorseOff:
    """The test on both bases; the agreement says which one binds."""

    cash: tuple[CouncilPosition, ...]
    npv: tuple[CouncilPosition, ...]

    def on(self, basis: str) -> tuple[CouncilPosition, ...]:
        """Positions on one basis."""
        return self.npv if TestBasis(basis) == TestBasis.NPV else self.cash


def council_positions(
    nets_pence: Mapping[str, int], compensation_pence: Mapping[str, int] | None = None
) -> tuple[CouncilPosition, ...]:
    """Each council's position on one basis (F-21).

    `nets_pence`: allocated benefits less allocated and own costs. Compensation is positive for what a
    council receives and negative for what it pays.
    """
    payments = compensation_pence or {}
    return tuple(
        CouncilPosition(council, net, payments.get(council, 0)) for council, net in nets_pence.items()
    )


def no_worse_off(
    cash_pence: Mapping[str, int],
    npv_pence: Mapping[str, int],
    *,
    compensation_cash_pence: Mapping[str, int] | None = None,
    compensation_npv_pence: Mapping[str, int] | None = None,
) -> NoWorseOff:
    """The test in cash and in net present value, council by council in the order given (F-21)."""
    return NoWorseOff(
        council_positions(cash_pence, compensation_cash_pence),
        council_positions(npv_pence, compensation_npv_pence),
    )
