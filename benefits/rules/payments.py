"""What one council may pay another under an agreed compensation, and what is still due (INV-26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date, format_fy, fy_end
from core.rules.money import LIMIT_PENCE, format_pounds
from core.rules.text import check_reason

REVERSED = "This payment has been reversed already. Record a new payment if one was made"


@dataclass(frozen=True, slots=True)
class YearDue:
    """What a council is to pay in one year, what it has paid of it, and how much of that is confirmed."""

    fy: int
    due_pence: int
    paid_pence: int = 0
    confirmed_pence: int = 0

    @property
    def unconfirmed_pence(self) -> int:
        """Paid as the payer says, and not yet confirmed by the council that was paid."""
        return self.paid_pence - self.confirmed_pence

    @property
    def outstanding_pence(self) -> int:
        """Still to pay; nothing where all that is due is paid, or more."""
        return max(0, self.due_pence - self.paid_pence)

    @property
    def overpaid_pence(self) -> int:
        """Paid beyond what is due now; it makes no other year cheaper."""
        return max(0, self.paid_pence - self.due_pence)

    def is_late(self, as_of: date) -> bool:
        """Whether the year is over and something of it is not paid."""
        return self.outstanding_pence > 0 and fy_end(self.fy) < as_of


def check_payment(pence: int, year: YearDue, payer: str) -> None:
    """Refuse a payment of nothing, in a year in which the payer owes none, and above what is still due."""
    if pence <= 0:
        raise Refusal("Payment must be more than £0", "amount")
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount", "7")
    if year.due_pence <= 0:
        raise Refusal(f"{payer} has nothing to pay for {format_fy(year.fy)}", "fy", "INV-26")
    if pence > year.outstanding_pence:
        due = format_pounds(year.outstanding_pence)
        raise Refusal(
            f"{due} is still due for {format_fy(year.fy)}. Payment must be this or less", "amount", "INV-26"
        )


def check_received_on(received_on: date, paid_on: date) -> None:
    """Refuse a day of receipt before the day of payment."""
    if received_on < paid_on:
        raise Refusal(f"Date received must be on or after {format_date(paid_on)}", "received_on")


def check_reversal(reason: str, *, is_reversal: bool, is_reversed: bool) -> None:
    """Refuse to reverse a reversal, a payment twice, and without a reason of at least 10 characters."""
    if is_reversal:
        raise Refusal("A reversal cannot be reversed. Record a payment instead", "reason")
    if is_reversed:
        raise Refusal(REVERSED, "reason")
    check_reason(reason, "Explain why this payment is reversed")
