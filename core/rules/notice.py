"""Clear days, working days of notice, and call-in (F-29, F-30, F-31).

These dates are prompts: a council's own constitution says how days are counted, and its monitoring
officer decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import LONDON
from core.rules.calendar import add_working_days, format_date, format_time

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CallInPeriod:
    """When a council's call-in closes and when the decision may then take effect (F-30)."""

    closes_on: date
    cut_off: time
    effective_on: date

    def closes_in_words(self) -> str:
        """5pm on 29 December 2026."""
        return f"{format_time(self.cut_off)} on {format_date(self.closes_on)}"

    @property
    def closes_at(self) -> datetime:
        """The last moment of the period: the cut-off by the clock on the wall, summer and winter alike."""
        return datetime.combine(self.closes_on, self.cut_off, LONDON)

    def accepts(self, moment: datetime) -> bool:
        """Whether a call-in raised at `moment` is in time; the very stroke of the cut-off is."""
        return moment <= self.closes_at


def earliest_after_clear_days(published_on: date, clear_days: int) -> date:
    """First day that leaves `clear_days` whole calendar days after publication (F-29)."""
    return published_on + timedelta(days=clear_days + 1)


def publish_by_clear_days(meeting_on: date, clear_days: int) -> date:
    """Last day to publish so that `clear_days` whole calendar days lie before the meeting (F-29)."""
    return meeting_on - timedelta(days=clear_days + 1)


def earliest_after_clear_working_days(
    published_on: date, clear_days: int, holidays: Collection[date]
) -> date:
    """First working day that leaves `clear_days` whole working days after publication (F-29)."""
    return add_working_days(published_on, clear_days + 1, holidays)


def publish_by_clear_working_days(meeting_on: date, clear_days: int, holidays: Collection[date]) -> date:
    """Last working day to publish so that `clear_days` whole working days lie before the meeting (F-29)."""
    return add_working_days(meeting_on, -(clear_days + 1), holidays)


def earliest_after_notice(
    published_on: date, clear_days: int, *, is_working: bool, holidays: Collection[date]
) -> date:
    """First day that leaves the clear days after publication, in the days that a council counts (F-29)."""
    if is_working:
        return earliest_after_clear_working_days(published_on, clear_days, holidays)
    return earliest_after_clear_days(published_on, clear_days)


def publish_by_notice(
    meeting_on: date, clear_days: int, *, is_working: bool, holidays: Collection[date]
) -> date:
    """Last day to publish for a meeting, in the days that a council counts (F-29)."""
    if is_working:
        return publish_by_clear_working_days(meeting_on, clear_days, holidays)
    return publish_by_clear_days(meeting_on, clear_days)


def call_in_period(
    published_on: date, days: int, cut_off: time, holidays: Collection[date], *, is_working: bool = True
) -> CallInPeriod:
    """Call-in closes at `cut_off` on the nth day after publication, a working day by default (F-30).

    The decision takes effect on the next calendar day, working day or not.
    """
    if is_working:
        closes_on = add_working_days(published_on, days, holidays)
    else:
        closes_on = published_on + timedelta(days=days)
    return CallInPeriod(closes_on, cut_off, closes_on + _ONE_DAY)


def programme_effective_on(
    council_dates: Iterable[date | None],
    *,
    not_before: date | None = None,
    condition_dates: Iterable[date | None] = (),
) -> date | None:
    """The latest of the councils' own effective dates, `not_before` and the condition dates (F-31, INV-07).

    None while any council or any condition has no date yet, or where no council has to decide.
    """
    councils = list(council_dates)
    awaited = [*councils, *condition_dates]
    dates = [day for day in awaited if day is not None]
    if not councils or len(dates) < len(awaited):
        return None
    return max([*dates, not_before] if not_before else dates)
