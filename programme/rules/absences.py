"""When somebody may be recorded as away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date

MOST_DAYS_AWAY = 366


def check_absence(
    from_on: date,
    to_on: date,
    as_of: date,
    others: Iterable[tuple[date, date]] = (),
    *,
    whose: str = "You are",
) -> None:
    """Refuse an absence that ends before it begins or is over, is too long, or meets another of `others`.

    `whose` says of whom it is, with its verb.
    """
    if to_on < from_on:
        raise Refusal("The last day away must be on or after the first", "to_on")
    if to_on < as_of:
        raise Refusal("Enter a last day that has not gone by", "to_on")
    if (to_on - from_on).days >= MOST_DAYS_AWAY:
        raise Refusal("Enter at most a year. For longer, give the work to another owner", "to_on")
    for first, last in others:
        if from_on <= last and first <= to_on:
            raise Refusal(
                f"{whose} already away from {format_date(first)} to {format_date(last)}. End that first",
                "from_on",
            )
