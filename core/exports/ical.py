"""Calendar files that calendar programs subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import HttpResponse

from core.exports.responses import saved_as

if TYPE_CHECKING:
    from icalendar import Component

ICAL_TYPE = "text/calendar; charset=utf-8"
READ_AGAIN_AFTER = timedelta(hours=4)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar: a whole day where `starts` is a date, else a moment.

    `key` is the same each time the feed is read, so that a moved event moves and is not doubled. `version`
    rises with each change, where that is known, and `changed_at` is when the last one was made. It belongs to
    `council_id` alone, or to `council_ids`, or with neither to all partners. One with an `owner_id` stands
    among the days of that person alone, with 0 among nobody's.
    """

    key: str
    title: str
    starts: date | datetime
    note: str = ""
    place: str = ""
    url: str = ""
    is_cancelled: bool = False
    council_id: int | None = None
    council_ids: tuple[int, ...] = ()
    owner_id: int | None = None
    version: int = 0
    changed_at: datetime | None = None

    @property
    def belongs_to(self) -> frozenset[int | None]:
        """The councils whose day it is; None among them where it is everybody's."""
        return frozenset(self.council_ids or (self.council_id,))


def calendar_mark(name: str, events: Iterable[CalendarEvent]) -> str:
    """The same for the same events in the same words, whenever they are read: the tag of a feed (ETag)."""
    return sha256("\n".join([name, *map(repr, events)]).encode()).hexdigest()[:32]


def calendar_bytes(name: str, events: Iterable[CalendarEvent], *, made_at: datetime) -> bytes:
    """The calendar as bytes. The library is loaded only here, when a feed is asked for."""
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", "-//Concordat//Decisions, meetings and milestones//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN_AFTER))
    for event in events:
        calendar.add_component(_entry(event, made_at))
    return bytes(calendar.to_ical())


def calendar_response(content: bytes, file_name: str) -> HttpResponse:
    """A calendar as an answer that nobody in between may keep, and its reader asks for anew each time.

    `file_name` comes without its ending.
    """
    headers = saved_as(f"{file_name}.ics") | {"Cache-Control": "private, no-cache"}
    return HttpResponse(content, content_type=ICAL_TYPE, headers=headers)


def _entry(event: CalendarEvent, made_at: datetime) -> Component:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{event.key}@concordat")
    entry.add("dtstamp", event.changed_at or made_at)
    if event.changed_at:
        entry.add("last-modified", event.changed_at)
    if event.version:
        entry.add("sequence", event.version)
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
