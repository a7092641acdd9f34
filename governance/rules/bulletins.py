"""The month a bulletin is about, the order of its items, and what people may add to it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from core.errors import Refusal
from core.rules.calendar import format_date, month_name
from core.rules.dates import parse_date
from core.rules.text import check_text
from programme.rules.programme import FIRST_YEAR

NOTE_LIMIT = 2_000
LAST_PLACE = 999
ENTER_MONTH = "Enter a month with its year, for example 10 2026"
NOT_OVER = "{} is not over until {}. Choose a month that has ended"
TOO_EARLY = "The programme has bulletins from {} on. Choose that month or a later one"
_ONE_DAY = timedelta(days=1)
_ISO_MONTH = re.compile(r"[0-9]{4}-[0-9]{1,2}")


class _Item(Protocol):
    @property
    def key(self) -> str: ...


ItemT = TypeVar("ItemT", bound=_Item)


def month_words(month_on: date) -> str:
    """October 2026."""
    return f"{month_name(month_on)} {month_on.year}"


def next_month(month_on: date) -> date:
    """The first day of the month after."""
    return (month_on.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - _ONE_DAY).replace(day=1)


def month_end(month_on: date) -> date:
    """The last day of the month."""
    return month_on.replace(day=monthrange(month_on.year, month_on.month)[1])


def parse_month(text: str) -> date:
    """The first day of the month typed as 10 2026, October 2026 or 2026-10."""
    body = text.strip()
    typed = f"{body}-1" if _ISO_MONTH.fullmatch(body) else f"1 {body}"
    try:
        return parse_date(typed)
    except Refusal:
        raise Refusal(ENTER_MONTH, "month_on") from None


def first_month(base_fy: int | None, recorded_on: date) -> date:
    """January of the year in which a programme starts, or of the month before it was recorded if earlier."""
    recorded = month_before(recorded_on).year
    return date(max(FIRST_YEAR, min(recorded, base_fy or recorded)), 1, 1)


def check_month(month_on: date, as_of: date, earliest: date) -> date:
    """The first day of the month; refuses one before `earliest`, still running or to come on `as_of`."""
    first = month_on.replace(day=1)
    if first < earliest:
        raise Refusal(TOO_EARLY.format(month_words(earliest)), "month_on")
    if month_end(first) >= as_of:
        raise Refusal(NOT_OVER.format(month_words(first), format_date(month_end(first))), "month_on")
    return first


def arranged(items: Sequence[ItemT], places: Mapping[str, int], left_out: Collection[str]) -> list[ItemT]:
    """The items without those left out: those with a place by it, then the others as they come."""
    kept = [one for one in items if one.key not in left_out]
    return sorted(kept, key=lambda one: places.get(one.key, LAST_PLACE + 1))


def check_places(places: Mapping[str, int | None]) -> dict[str, int]:
    """The places that are given, each from 1 to 999."""
    for key, place in places.items():
        if place is not None and not 1 <= place <= LAST_PLACE:
            raise Refusal(f"Place must be a whole number from 1 to {LAST_PLACE}", f"place-{key}")
    return {key: place for key, place in places.items() if place is not None}


def check_notes(notes: Mapping[str, str]) -> dict[str, str]:
    """The notes that say something, none of them too long."""
    checked = {key: check_text(text, "Paragraph", NOTE_LIMIT, f"note-{key}") for key, text in notes.items()}
    return {key: text for key, text in checked.items() if text}
