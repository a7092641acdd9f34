"""Times of day as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from core.clock import LONDON
from core.errors import Refusal

TIME_MESSAGE = "Enter a real time, for example 6:30pm"
_NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}
_TYPED = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?([ap]m)?")


def parse_time(text: str) -> time:
    """6pm, 6:30pm, 18:30, 18.30, midday; refuses anything else, and a bare hour without am or pm."""
    typed = text.strip().lower()
    if typed in _NAMED:
        return _NAMED[typed]
    match = _TYPED.fullmatch(typed)
    if match is None or not (match[2] or match[3]):
        raise Refusal(TIME_MESSAGE)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        raise Refusal(TIME_MESSAGE)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Refusal(TIME_MESSAGE)
    return time(hour, minute)


def london_moment(day: date, at: time) -> datetime:
    """The moment of a day and a time on a clock in London."""
    return datetime.combine(day, at, LONDON)
