"""The one reader of the clock. Rules never read it: they take `as_of`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """The date in London at an aware `moment`."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The moment at which `day` ends in London."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON)
