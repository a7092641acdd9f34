"""Financial years, words for dates, and England's working days (F-01, domain.md section 0)."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path

from core.errors import Refusal

BANK_HOLIDAY_FILE = Path(__file__).parent.parent / "reference" / "bank_holidays_england.csv"

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_FY_TEXT = re.compile(r"([0-9]{4}) *(?:to|-|–|/) *([0-9]{4}|[0-9]{2})")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def financial_year(day: date) -> int:
    """Starting calendar year of the financial year that holds `day` (F-01)."""
    return day.year if day.month >= 4 else day.year - 1


def quarter(day: date) -> int:
    """Quarter of the financial year, 1 to 4; April to June is 1 (F-01)."""
    return (period(day) - 1) // 3 + 1


def period(day: date) -> int:
    """Month of the financial year, 1 to 12; April is 1 (F-01)."""
    return (day.month - 4) % 12 + 1


def fy_start(fy: int) -> date:
    """1 April of the financial year that starts in `fy`."""
    return date(fy, 4, 1)


def fy_end(fy: int) -> date:
    """31 March at the end of the financial year that starts in `fy`."""
    return date(fy + 1, 3, 31)


def days_in_fy(fy: int) -> int:
    """365, or 366 where the financial year holds a 29 February."""
    return (fy_end(fy) - fy_start(fy)).days + 1


def period_start(fy: int, number: int) -> date:
    """First day of period `number` (1 is April) of a financial year."""
    return date(fy, number + 3, 1) if number <= 9 else date(fy + 1, number - 9, 1)


def period_end(fy: int, number: int) -> date:
    """Last day of period `number` (1 is April) of a financial year."""
    return fy_end(fy) if number == 12 else period_start(fy, number + 1) - _ONE_DAY


def month_number(fy: int, number: int | None = None) -> int:
    """Months from year 0 to the end of a month of a financial year (1 is April), or of the whole year."""
    return fy * 12 + (number or 12)


def format_fy(fy: int) -> str:
    """2026 to 2027, for people."""
    return f"{fy} to {fy + 1}"


def fy_file_key(fy: int) -> str:
    """2026-27, for files and addresses."""
    return f"{fy}-{(fy + 1) % 100:02d}"


def parse_fy(text: str) -> int:
    """Starting year of a financial year written 2026 to 2027, 2026-27 or 2026/27; refuses as row 14."""
    match = _FY_TEXT.fullmatch(text.strip())
    if match:
        start, end = int(match[1]), int(match[2])
        if end == (start + 1 if len(match[2]) == 4 else (start + 1) % 100):
            return start
    raise Refusal("Select a financial year, for example 2026 to 2027", code="14")


def format_date(day: date) -> str:
    """1 April 2026."""
    return f"{day.day} {month_name(day)} {day.year}"


def month_name(day: date) -> str:
    """April, in English whatever the machine's locale."""
    return MONTH_NAMES[day.month - 1]


def format_date_range(first: date, last: date) -> str:
    """1 April 2026 to 31 March 2027."""
    return f"{format_date(first)} to {format_date(last)}"


def format_time(moment: time | datetime) -> str:
    """5pm, 5:30pm, midday or midnight, of the clock as given."""
    if moment.minute == 0 and moment.hour in {0, 12}:
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays of the dated reference file."""
    with BANK_HOLIDAY_FILE.open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file))


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether `day` is neither a Saturday, a Sunday nor one of the `holidays`."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1, holidays)


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The day `count` working days after `day`, or before it where `count` is negative.

    `day` itself is never counted and need not be a working day; a `count` of 0 gives `day`.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """Working days after `start` up to and including `end`; negative where `end` is before `start`."""
    # Lists ask for the same few days again and again.
    return _working_days(start, end, frozenset(holidays))


@lru_cache(maxsize=10_000)
def _working_days(start: date, end: date, holidays: frozenset[date]) -> int:
    if end < start:
        return -_working_days(end, start, holidays)
    days = (start + timedelta(days=index) for index in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
