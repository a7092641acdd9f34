"""When a deputy of a section 151 officer stands in, and what naming one refuses (INV-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date

Days = tuple[date, date]


def check_deputy_days(from_on: date, to_on: date, taken: Iterable[Days], *, as_of: date) -> None:
    """Refuse days that are past, that end before they start, or that this deputy is named for already."""
    if from_on < as_of:
        raise Refusal("First day must be today or later", "from_on")
    if to_on < from_on:
        raise Refusal(f"Last day must be on or after {format_date(from_on)}", "to_on", "12")
    for first, last in taken:
        if from_on <= last and first <= to_on:
            days = f"{format_date(first)} to {format_date(last)}"
            raise Refusal(f"They are named from {days} already. End that first", "from_on")
