"""Budgets and what is claimed from them (rows 39 to 42; INV-19 to INV-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.errors import Refusal
from core.rules.calendar import format_fy
from core.rules.money import LIMIT_PENCE, format_pounds
from core.rules.text import is_reason
from core.rules.words import listed

ANOTHER_PROGRAMME = "another programme"
WHOLE = 100


def check_budget_amount(pence: int) -> None:
    """Refuse a budget below £0 or too large (rows 5 and 7)."""
    if pence < 0:
        raise Refusal("Budget must be £0 or more", "budget", "5")
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "budget", "7")


def check_reduction_amount(pence: int) -> None:
    """Refuse a reduction of nothing, of less than nothing, or too large (row 7)."""
    if pence <= 0:
        raise Refusal("Reduction must be more than £0", "amount", "5")
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount", "7")


def check_within_budget(code: str, budget_pence: int, claimed_pence: Iterable[int]) -> None:
    """Refuse what is claimed from a code in a year when it sums to more than its budget (row 40, INV-20)."""
    if sum(claimed_pence) > budget_pence:
        budget = format_pounds(budget_pence).removesuffix(".00")
        raise Refusal(f"Savings claimed against code {code} exceed its budget of {budget}", "amount", "40")


def check_attribution(percents: Mapping[str, int]) -> None:
    """Refuse benefits that together claim more than the whole of one saving (row 41, INV-19).

    `percents` are the parts, 0 to 100, that each benefit claims of one code, council and year, without
    those counted in another.
    """
    total = sum(percents.values())
    if total > WHOLE:
        message = f"These benefits claim {total}% of the same saving. Reduce one or link them"
        raise Refusal(message, "attribution_percent", "41")


def check_claimed_once(programmes: Sequence[str], not_same_reason: str) -> None:
    """Refuse a code and year that others claim, until someone says why it is another saving (row 42).

    `programmes` are their names as this person may read them; ANOTHER_PROGRAMME for one they may not.
    """
    if not programmes or is_reason(not_same_reason):
        return
    claimed = f"This code and year are already claimed by {listed(list(dict.fromkeys(programmes)))}"
    raise Refusal(f"{claimed}. Confirm it is not the same saving", "not_same_reason", "42")


def check_reduction_recorded(*, is_cashable: bool, pence: int, has_reduction: bool) -> None:
    """Refuse to verify a cashable saving for which no budget was reduced (row 39, INV-21)."""
    if is_cashable and pence > 0 and not has_reduction:
        raise Refusal("Record the budget code and amount that was reduced", code="39")


def unknown_code(code: str, council: str, fy: int) -> Refusal:
    """The refusal of a code that has no budget in that year."""
    message = f"Record {council}’s budget of code {code} for {format_fy(fy)} first"
    return Refusal(message, "ledger_code", "40")
