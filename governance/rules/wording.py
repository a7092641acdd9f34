"""Dates and councils as the decision pages name them."""

from __future__ import annotations

from datetime import date, timedelta

from core.rules.calendar import format_date, month_name
from core.rules.words import mid_sentence
from governance.enums import ApprovalBody

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def day_month(day: date, beside: date | None) -> str:
    """23 October beside a date of the same year, else 23 October 2026."""
    if beside is not None and beside.year == day.year:
        return f"{day.day} {month_name(day)}"
    return format_date(day)


def by_day(day: date, as_of: date) -> str:
    """By 8 December 2026, by tomorrow, 25 November, or by today, 24 November."""
    if day == as_of:
        return f"by today, {day_month(day, day)}"
    if day == as_of + timedelta(days=1):
        return f"by tomorrow, {day_month(day, day)}"
    return f"by {format_date(day)}"


def long_date(day: date) -> str:
    """Saturday 28 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {format_date(day)}"


def number_word(number: int) -> str:
    """Three, or 11 from eleven on."""
    return _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else str(number)


def every_council(count: int) -> str:
    """Both councils, all three councils; "the council" where there is one."""
    if count == 1:
        return "the council"
    return "both councils" if count == 2 else f"all {number_word(count)} councils"


def sentence(text: str) -> str:
    """The same words with a capital at the start."""
    return text[:1].upper() + text[1:]


def the_body(name: str) -> str:
    """The joint steering group, the East Kent Committee: a name in the middle of a sentence."""
    is_common = name[1:].islower()
    return f"the {mid_sentence(name) if is_common else name}"


def possessive(name: str) -> str:
    """Brockvale’s, South Hams’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def body_name(approval_body: str) -> str:
    """Cabinet, full council; nothing where it is not stated."""
    return "" if approval_body == ApprovalBody.NOT_STATED else str(ApprovalBody(approval_body).label)


def with_body(council: str, approval_body: str) -> str:
    """Ashmere cabinet; the council alone where the body is not stated."""
    return f"{council} {body_name(approval_body).lower()}".strip()
