"""The registry of what calendar feeds hold. A higher floor adds its own source when its app is ready."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from core.exports.ical import CalendarEvent

# Events of these programmes from the first to the last day, both included; the number of queries is fixed.
# Only open words go into an event: a title is always open.
CalendarSource = Callable[[Collection[int], date, date], Iterable[CalendarEvent]]

_SOURCES: list[CalendarSource] = []


def register_calendar(source: CalendarSource) -> None:
    """Let a floor put its days into the feeds; `source` takes keys of programmes and two days."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def calendar_events(programmes: Collection[int], first_on: date, last_on: date) -> list[CalendarEvent]:
    """What every source holds, in the order of their registration."""
    return [event for source in _SOURCES for event in source(programmes, first_on, last_on)]
