"""Clear days, working days of notice, and call-in (F-29, F-30, F-31).

These dates are prompts: a council's own constitution says how days are counted, and its monitoring
officer decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

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


def call_in_period(
    published_on: date, working_days: int, cut_off: time, holidays: Collection[date]
) -> CallInPeriod:
    """Call-in closes at `cut_off` on the nth working day after publication (F-30).

    The decision takes effect on the next calendar day, working day or not.
    """
    closes_on = add_working_days(published_on, working_days, holidays)
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
