"""What an agreement may say, and the days that follow from its period of notice (domain.md 2.2)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.words import count_of, listed

MOST_MONTHS = 1_200
MOST_STEP_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Notice:
    """When a council must give notice, or has given it.

    `give_by_on` is the last day to give notice so that it has run out when the agreement ends; `leaves_on`
    is when notice given on `as_of` runs out. Each is None where it does not follow from what is stated.
    """

    months: int | None = None
    give_by_on: date | None = None
    leaves_on: date | None = None


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later, or earlier; the last of the month where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def notice_of(months: int | None, ends_on: date | None, as_of: date) -> Notice:
    """The days that follow from `months` of notice; none where the period is not stated."""
    if months is None:
        return Notice()
    give_by_on = add_months(ends_on, -months) if ends_on else None
    return Notice(months, give_by_on, add_months(as_of, months))


def next_day(days: Sequence[date | None], as_of: date) -> date | None:
    """The first of the days that is not past, or None."""
    return min((day for day in days if day and day >= as_of), default=None)


def notice_words(months: int | None) -> str:
    """12 months; None; Not stated."""
    if months is None:
        return "Not stated"
    return count_of(months, "month") if months else "None needed"


def unsigned_words(unsigned: Sequence[str], parties: int) -> str:
    """All 3 councils have signed; Not signed by Carrick; No party is recorded."""
    if not parties:
        return "No party is recorded"
    if unsigned:
        return f"Not signed by {listed(unsigned)}"
    return f"All {count_of(parties, 'council')} have signed" if parties > 1 else "Signed"


def check_period(in_force_on: date | None, ends_on: date | None) -> None:
    """Refuse an end on or before the beginning (row 12)."""
    if in_force_on and ends_on and ends_on <= in_force_on:
        raise Refusal(f"End date must be after {format_date(in_force_on)}", "ends_on", "12")


def check_months(months: int | None) -> None:
    """Refuse a period of notice that is no number of months."""
    if months is not None and not 0 <= months <= MOST_MONTHS:
        raise Refusal("Notice must be a whole number of months, 0 or more", "notice_months")


def check_step(number: int, text: str, days: int | None) -> None:
    """Refuse a dispute step without words or without its days; `number` counts from 1."""
    if not text:
        raise Refusal(f"Enter what happens in step {number}", "dispute_steps")
    if days is None or not 0 <= days <= MOST_STEP_DAYS:
        raise Refusal(f"Enter the days of step {number} as a whole number, 0 or more", "dispute_steps")
