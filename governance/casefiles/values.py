"""What the values of a case file mean: days, dates, moments, financial years, pounds and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from core.clock import LONDON
from core.errors import Refusal
from core.rules.calendar import parse_fy
from core.rules.dates import ImpreciseDate, parse_date
from core.rules.money import LIMIT_PENCE, parse_pounds

_NOON = time(12)
_DECIMALS_OF_POUNDS = 2


def to_day(value: str) -> date:
    """The day written as 2026-04-01; refuses one that the calendar lacks (row 9)."""
    return parse_date(value)


def to_date(value: str | Mapping[str, Any]) -> ImpreciseDate:
    """A day, or a date known by its first and last day; refuses days that do not exist or are reversed."""
    if isinstance(value, str):
        return ImpreciseDate.day(to_day(value))
    return ImpreciseDate(
        to_day(value["from"]), to_day(value["to"]), value["precision"], (value.get("text") or "").strip()
    )


def to_moment(value: str) -> datetime:
    """A moment in UTC; a day alone means noon, and a time without zone is London's."""
    to_day(value[:10])
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Refusal("Enter a real time, for example 2026-04-01T16:30:00Z") from None
    if "T" not in value:
        moment = datetime.combine(moment.date(), _NOON)
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def to_fy(value: str) -> int:
    """First calendar year of a financial year written as 2026-27; refuses as row 14."""
    return parse_fy(value)


def to_pence(value: int | Decimal | str) -> int:
    """Whole pence of an amount in pounds; never rounds (rows 1 to 4, 7 and 8)."""
    if isinstance(value, str):
        return parse_pounds(value, noun="amount", brackets_negative=True)
    if isinstance(value, Decimal) and _decimals(value) > _DECIMALS_OF_POUNDS:
        raise Refusal("Amount must be in pounds and pence, with no more than 2 decimal places", code="3")
    pence = int(value * 100)
    if abs(pence) > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", code="7")
    return pence


def to_number(value: int | Decimal, decimals: int) -> Decimal:
    """An exact number with at most `decimals` decimals."""
    number = Decimal(value)
    if _decimals(number) > decimals:
        raise Refusal(f"Enter a number with at most {decimals} decimals")
    return number


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
