"""The day that a preview of reminders is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from core.rules.calendar import bank_holidays, is_working_day, next_working_day

MOST_DAYS_AHEAD = 366


def day_asked(text: str, first: date) -> date:
    """The working day in the text, from the day of the next run on and within a year; else that day."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return first
    if not first <= asked <= first + timedelta(days=MOST_DAYS_AHEAD):
        return first
    holidays = bank_holidays()
    return asked if is_working_day(asked, holidays) else next_working_day(asked, holidays)
