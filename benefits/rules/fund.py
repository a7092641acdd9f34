"""What a fund holds and to whom the rest goes back (row 75, INV-28, F-03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import Refusal
from core.rules.apportionment import Weight, apportion
from core.rules.calendar import format_date
from core.rules.money import LIMIT_PENCE, check_negative_explained, format_pounds


def check_contribution(pence: int, explanation: str, balance_pence: int) -> None:
    """Refuse a payment of nothing, one paid back without a reason, and one paid back beyond the balance.

    What is paid back is a council's own too: see `check_own_share`.
    """
    if pence == 0:
        raise Refusal("Enter an amount that is not £0", "amount")
    if abs(pence) > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount", "7")
    check_negative_explained(pence, explanation, "payment")
    if pence < 0:
        check_withdrawal(-pence, balance_pence)


def check_own_share(pence: int, council: str, unspent_pence: int) -> None:
    """Refuse to pay a council back more than its own part of what is not spent: the rest is the others'."""
    if -pence > unspent_pence:
        share = format_pounds(unspent_pence)
        raise Refusal(
            f"{council}’s unspent share is {share}. Payment back must be this or less", "amount", "75"
        )


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


def check_open(closed_on: date | None) -> None:
    """Refuse to pay into a fund that is closed, and to draw from it."""
    if closed_on is not None:
        raise Refusal(f"This fund was closed on {format_date(closed_on)}. Open another")


def check_closing(balance_pence: int, closed_on: date | None) -> None:
    """Refuse to close a fund again that holds nothing; one in which a cost gave money back can be."""
    if closed_on is not None and balance_pence == 0:
        raise Refusal(f"This fund was closed on {format_date(closed_on)} and holds nothing")


def check_closing_day(on: date, last_moved_on: date | None) -> None:
    """Refuse to pay back on a day before the last on which money came in or was drawn."""
    if last_moved_on is not None and on < last_moved_on:
        moved = format_date(last_moved_on)
        raise Refusal(f"Money last moved on {moved}. Date paid back must be that day or later", "closed_on")


def unspent_shares(balance_pence: int, paid_pence: Sequence[int]) -> list[int]:
    """What each council gets back of the balance, by what it paid in and in that order (F-03)."""
    weights = [max(0, paid) for paid in paid_pence]
    if balance_pence == 0 or not any(weights):
        return [0] * len(paid_pence)
    return apportion(balance_pence, weights)


def key_shares(paid_pence: int, weights: Sequence[Weight]) -> list[int] | None:
    """What each council was to pay in of all that was paid, by the fund's key; None without a key."""
    return apportion(paid_pence, weights) if any(weights) else None


def returned_shares(
    balance_pence: int,
    paid_pence: Sequence[int],
    weights: Sequence[Weight],
    back_pence: Sequence[int] = (),
) -> list[int]:
    """What goes back: by the key where every council paid its share by it, else by what each paid (F-03).

    The same key as on the way in; a council that paid less than its share gets no other council's money.
    `back_pence` is what each has had back already: it counts as theirs, so that nobody is paid twice.
    """
    had = list(back_pence) or [0] * len(paid_pence)
    whole = balance_pence + sum(had)
    if balance_pence and is_paid_by_key(paid_pence, weights):
        shares = apportion(whole, weights)
    else:
        shares = unspent_shares(whole, paid_pence)
    left = [max(0, share - back) for share, back in zip(shares, had, strict=True)]
    return left if sum(left) == balance_pence else unspent_shares(balance_pence, left)


def is_paid_by_key(paid_pence: Sequence[int], weights: Sequence[Weight]) -> bool:
    """Whether every council paid in exactly what the fund's key says of the whole."""
    return key_shares(sum(paid_pence), weights) == list(paid_pence)
