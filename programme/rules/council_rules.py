"""A council's own dated rules about decisions: what may be recorded, and how they read (domain.md 2.1)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

from core.errors import Refusal
from core.rules.calendar import format_date, format_time
from core.rules.money import format_pounds
from core.rules.words import count_of
from programme.enums import DayUnit

MOST_CALLIN_DAYS = 60
MOST_PUBLICATION_DAYS = 60
MOST_MEMBERS = 200


def check_from(from_on: date, as_of: date, known: Collection[date]) -> None:
    """Refuse a first day that is taken, or one before `as_of` where older rules have been used.

    The very first setting of a council may begin in the past: nothing was worked out without it.
    """
    if from_on in known:
        raise Refusal(f"Other rules apply from {format_date(from_on)} already. Choose another day", "from_on")
    if known and from_on < as_of:
        raise Refusal(
            "First day must be today or later: decisions of the past keep the rules they were taken under",
            "from_on",
        )


def check_numbers(
    callin_days: int, callin_min_members: int | None, publication_days: int, key_threshold_pence: int | None
) -> None:
    """Refuse days and numbers that cannot be; the number of signatories has no default."""
    if not 1 <= callin_days <= MOST_CALLIN_DAYS:
        raise Refusal(f"Call-in must last from 1 to {MOST_CALLIN_DAYS} days", "callin_days")
    if callin_min_members is None:
        raise Refusal("Enter how many councillors must sign a call-in", "callin_min_members")
    if not 1 <= callin_min_members <= MOST_MEMBERS:
        raise Refusal(f"The number of councillors must be from 1 to {MOST_MEMBERS}", "callin_min_members")
    if not 0 <= publication_days <= MOST_PUBLICATION_DAYS:
        raise Refusal(f"Days to publication must be from 0 to {MOST_PUBLICATION_DAYS}", "publication_days")
    if key_threshold_pence is not None and key_threshold_pence < 0:
        raise Refusal("The sum must be £0 or more", "key_threshold_pence")


def check_withdrawn(from_on: date, as_of: date) -> None:
    """Refuse to take back rules that have begun."""
    if from_on <= as_of:
        raise Refusal(
            f"These rules apply since {format_date(from_on)}. Record new ones from a later day", "from_on"
        )


def check_closure(day_on: date, as_of: date, known: Collection[date]) -> None:
    """Refuse a closure in the past, which would move days that have been counted, and one that is there."""
    if day_on < as_of:
        raise Refusal("Day must be today or later", "day_on")
    if day_on in known:
        raise Refusal(f"{format_date(day_on)} is recorded already", "day_on")


def check_reopened(day_on: date, as_of: date) -> None:
    """Refuse to take back a closure that has been."""
    if day_on <= as_of:
        raise Refusal(f"{format_date(day_on)} has been counted as closed and stays", "day_on")


def call_in_words(days: int, unit: str, cut_off: time) -> str:
    """5 working days, until 5pm on the last."""
    counted = str(DayUnit(unit).label)
    number = f"{days} {counted}" if days != 1 else f"1 {counted[:-1]}"
    return f"{number}, until {format_time(cut_off)} on the last"


def signatories_words(members: int | None) -> str:
    """3 councillors; Not recorded."""
    return "Not recorded" if members is None else count_of(members, "councillor")


def threshold_words(pence: int | None) -> str:
    """£100,000.00; No sum recorded."""
    return "No sum recorded" if pence is None else format_pounds(pence)
