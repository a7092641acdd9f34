"""What may be recorded of a service and of a council's part in it (rows 5, 7, 12 to 14; INV-38)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.errors import Refusal
from core.rules.assessment import Withheld
from core.rules.dates import check_end_after_start, check_within
from core.rules.money import LIMIT_PENCE
from core.rules.suppression import SMALL_COUNT
from services.enums import MeasureKind

FIRST_FY, LAST_FY = 1974, 2100
FIRST_DAY, LAST_DAY = date(FIRST_FY, 4, 1), date(LAST_FY, 3, 31)
MOST_POSTS = Decimal("99999.99")
MOST_UNITS = Decimal("99999999999.999")


def check_fy(fy: int) -> None:
    """Refuse what is no financial year that a service can have figures of (row 14)."""
    if not FIRST_FY <= fy <= LAST_FY:
        raise Refusal("Select a financial year, for example 2026 to 2027", "fy", "14")


def check_cost(pence: int) -> None:
    """Refuse a cost below nothing or above the limit (rows 5 and 7)."""
    if pence < 0:
        raise Refusal("Cost must be £0 or more", "amount_pence", "5")
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount_pence", "7")


def check_contract(break_on: date | None, end_on: date | None) -> None:
    """Refuse days that no contract has, and an end before the day of the break (rows 12 and 13)."""
    for day, field in ((break_on, "contract_break_on"), (end_on, "contract_end_on")):
        if day is not None:
            _check_day(day, field)
    if break_on and end_on:
        try:
            check_end_after_start(break_on, end_on)
        except Refusal as said:
            raise Refusal(said.message, "contract_end_on", said.code) from None


def _check_day(day: date, field: str) -> None:
    try:
        check_within(day, FIRST_DAY, LAST_DAY)
    except Refusal as said:
        raise Refusal(said.message, field, said.code) from None


def check_fte(fte: Decimal) -> None:
    """Refuse fewer than no posts, and more than any council has."""
    if not 0 <= fte <= MOST_POSTS:
        raise Refusal(f"Full-time equivalents must be between 0 and {MOST_POSTS:,}", "fte")


def check_shared_percent(percent: Decimal) -> None:
    """Refuse a part that is not from 0 to 100 per cent."""
    if not 0 <= percent <= 100:
        raise Refusal("Percentage must be between 0 and 100", "shared_percent")


def check_value(kind: str, value: Decimal) -> None:
    """Refuse a volume of work below nothing, and what is too large to hold."""
    if kind == MeasureKind.VOLUME and value < 0:
        raise Refusal("A volume of work must be 0 or more", "value")
    if abs(value) > MOST_UNITS:
        raise Refusal(f"Value must be {MOST_UNITS:,} or less", "value")


def fte_to_show(fte: Decimal | None) -> Decimal | Withheld | None:
    """The posts as anyone may see them: fewer than 5 could identify people (INV-38)."""
    if fte is not None and 0 < fte < SMALL_COUNT:
        return Withheld("Fewer than 5 posts")
    return fte
