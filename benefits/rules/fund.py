"""What a fund holds and to whom the rest goes back (row 75, INV-28, F-03)."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Refusal
from core.rules.apportionment import apportion
from core.rules.money import LIMIT_PENCE, check_negative_explained, format_pounds


def check_contribution(pence: int, explanation: str, balance_pence: int) -> None:
    """Refuse a payment of nothing, one paid back without a reason, and one paid back beyond the balance."""
    if pence == 0:
        raise Refusal("Enter an amount that is not £0", "amount")
    if abs(pence) > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount", "7")
    check_negative_explained(pence, explanation, "payment")
    if pence < 0:
        check_withdrawal(-pence, balance_pence)


def check_withdrawal(pence: int, balance_pence: int) -> None:
    """Refuse to take nothing out of a fund, and more than it holds (row 75)."""
    if pence <= 0:
        raise Refusal("Withdrawal must be more than £0", "amount")
    if pence > balance_pence:
        balance = format_pounds(balance_pence)
        raise Refusal(f"Fund balance is {balance}. Withdrawal must be this or less", "amount", "75")


def check_cost_covered(pence: int, cost_pence: int, drawn_pence: int) -> None:
    """Refuse to draw more for one cost than it was, with what was drawn for it before (INV-28)."""
    if pence + drawn_pence > cost_pence:
        left = format_pounds(cost_pence - drawn_pence)
        raise Refusal(
            f"{left} of this cost is not yet paid. Withdrawal must be this or less", "amount", "INV-28"
        )


def unspent_shares(balance_pence: int, paid_pence: Sequence[int]) -> list[int]:
    """What each council gets back of the balance, by what it paid in and in that order (F-03)."""
    if balance_pence == 0 or not any(paid_pence):
        return [0] * len(paid_pence)
    return apportion(balance_pence, paid_pence)
