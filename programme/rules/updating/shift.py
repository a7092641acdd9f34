"""Move a date by so many days (a change of many forecasts at once)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from core.errors import Refusal
from core.rules.calendar import add_working_days
from core.rules.dates import ImpreciseDate
from programme.enums import DayUnit

MOST_DAYS = 1_000


def check_days(days: int) -> None:
    """Refuse a number of days that moves nothing, or further than dates of one programme lie apart."""
    if days == 0 or abs(days) > MOST_DAYS:
        raise Refusal(f"Enter a number of days from 1 to {MOST_DAYS:,}, or with a minus to go back", "days")


def shifted(day: ImpreciseDate | None, days: int, unit: str, holidays: Collection[date]) -> ImpreciseDate:
    """The date so many working or calendar days later, or earlier where `days` is negative.

    Refuses a milestone without a date, and one whose date is known to a month, a season or a year only.
    """
    if day is None:
        raise Refusal("It has no date to move. Give it a forecast date first", "forecast_on")
    if not day.is_exact:
        raise Refusal(f"Its date is known only as {day}. Give it a day first", "forecast_on")
    if unit == DayUnit.WORKING:
        return ImpreciseDate.day(add_working_days(day.first_on, days, holidays))
    return ImpreciseDate.day(day.first_on + timedelta(days=days))
