"""Months that a council has closed, and the exceptions to that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benefits.rules.entry import month_span
from core.errors import Refusal
from core.rules.calendar import format_date, period_end
from core.rules.text import check_reason


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who may still enter amounts of a closed month, and the last day on which they may."""

    person: int
    until_on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed month of a council, since when, and who may still enter amounts of it."""

    council: str
    fy: int
    period: int
    closed_on: date
    exemptions: tuple[Exemption, ...] = ()

    def is_open_to(self, person: int, day: date) -> bool:
        """Whether an exception lets the person enter amounts on that day."""
        return any(one.person == person and day <= one.until_on for one in self.exemptions)


def check_open_to(closed: Closed | None, *, person: int, day: date) -> None:
    """Refuse an entry for a closed month, but of those whom an exception names."""
    if closed is None or closed.is_open_to(person, day):
        return
    month, since = month_span(closed.fy, closed.period), format_date(closed.closed_on)
    raise Refusal(
        f"{closed.council} closed {month} on {since}. Enter it in a later month, or ask its section 151 "
        "officer for an exception",
        "period",
        "closed",
    )


def check_close(fy: int, period: int, *, as_of: date, is_closed: bool) -> None:
    """Refuse to close a month that is not over (row 11) or that is closed already."""
    if period_end(fy, period) >= as_of:
        raise Refusal(f"{month_span(fy, period)} is not over. Close it after its last day", "month", "11")
    if is_closed:
        raise Refusal(f"{month_span(fy, period)} is closed already", "month")


def check_exception(until_on: date, reason: str, *, as_of: date) -> None:
    """Refuse an exception that has ended before it begins, or that nobody explains."""
    if until_on < as_of:
        raise Refusal("The last day of an exception must be today or later", "until_on")
    check_reason(reason, "Explain why an exception is made")
