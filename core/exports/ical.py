"""Calendar files that calendar programs subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse

from core.exports.responses import saved_as

if TYPE_CHECKING:
    from icalendar import Component

ICAL_TYPE = "text/calendar; charset=utf-8"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar: a whole day where `starts` is a date, else a moment.

    `key` is the same each time the feed is read, so that a moved event moves and is not doubled.
    """

    key: str
    title: str
    starts: date | datetime
    note: str = ""
    place: str = ""
    url: str = ""
    is_cancelled: bool = False
    council_id: int | None = None


def calendar_bytes(name: str, events: Iterable[CalendarEvent], *, made_at: datetime) -> bytes:
    """The calendar as bytes. The library is loaded only here, when a feed is asked for."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Concordat//Decisions and meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(event, made_at))
    return bytes(calendar.to_ical())


def calendar_response(content: bytes, file_name: str) -> HttpResponse:
    """A calendar as an answer that nobody in between may keep; `file_name` comes without its ending."""
    headers = saved_as(f"{file_name}.ics") | {"Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=ICAL_TYPE, headers=headers)


def _entry(event: CalendarEvent, made_at: datetime) -> Component:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{event.key}@concordat")
    entry.add("dtstamp", made_at)
    entry.add("summary", event.title)
    entry.add("dtstart", event.starts)
    if not isinstance(event.starts, datetime):
        entry.add("dtend", event.starts + _ONE_DAY)
        entry.add("transp", "TRANSPARENT")
    for name, value in (("description", event.note), ("location", event.place), ("url", event.url)):
        if value:
            entry.add(name, value)
    if event.is_cancelled:
        entry.add("status", "CANCELLED")
    return entry
