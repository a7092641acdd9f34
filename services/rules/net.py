"""Net benefit and budget impact: the kind of a line fixes its sign (F-02, INV-22)."""

from __future__ import annotations

from collections.abc import Iterable

from services.enums import LineKind

BENEFIT_KINDS = frozenset(
    {
        LineKind.CASHABLE_SAVING,
        LineKind.NON_CASHABLE,
        LineKind.COST_AVOIDANCE,
        LineKind.INCOME,
        LineKind.GRANT,
    }
)
COST_KINDS = frozenset({LineKind.DISBENEFIT, LineKind.ONE_OFF_COST, LineKind.RECURRING_COST})
CASH_KINDS = frozenset(
    {
        LineKind.CASHABLE_SAVING,
        LineKind.INCOME,
        LineKind.GRANT,
        LineKind.ONE_OFF_COST,
        LineKind.RECURRING_COST,
    }
)


def signed_pence(kind: str, pence: int) -> int:
    """`pence` of a line as it counts in the net: plus for a benefit, minus for a cost or a dis-benefit."""
    return -pence if LineKind(kind) in COST_KINDS else pence


def net_benefit(lines: Iterable[tuple[str, int]]) -> int:
    """Sum of (kind, pence) lines; positive is good for the council (F-02)."""
    return sum(signed_pence(kind, pence) for kind, pence in lines)


def budget_impact(lines: Iterable[tuple[str, int]]) -> int:
    """The council-finance view of the cash lines: a saving is negative (F-02).

    Non-cashable savings, avoided costs and dis-benefits move no budget and are left out.
    """
    return -net_benefit((kind, pence) for kind, pence in lines if LineKind(kind) in CASH_KINDS)
