"""Dates that may be known only to a month, a season or a year, and dates as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from core.enums import DatePrecision
from core.errors import Refusal
from core.rules.calendar import MONTH_NAMES, format_date, format_fy, fy_end, fy_start, month_name

_ONE_DAY = timedelta(days=1)
# Asked once: every milestone of a long list makes three dates.
_PRECISIONS, _EXACT = frozenset(DatePrecision.values), DatePrecision.DAY.value
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_TYPED = re.compile(r"([0-9]{1,2})[ ./-]+([0-9]{1,2}|[a-z]+)[ .,/-]+([0-9]+)", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A date with its first and last possible day, how exactly it is known, and its source's words.

    Refuses an unknown precision, a last day before the first, and a day that is more than one day.
    """

    first_on: date
    last_on: date
    precision: str
    text: str = ""

    def __post_init__(self) -> None:
        if self.precision not in _PRECISIONS:
            raise Refusal(f"Precision must be one of {', '.join(DatePrecision.values)}", field="precision")
        if self.last_on < self.first_on:
            raise Refusal(f"Last day must be on or after {format_date(self.first_on)}", field="last_on")
        if self.precision == _EXACT and self.first_on != self.last_on:
            raise Refusal(f"Last day must be {format_date(self.first_on)}", field="last_on")

    def __str__(self) -> str:
        return self.text or self._words()

    @classmethod
    def day(cls, day: date) -> Self:
        """One exact day."""
        return cls(day, day, DatePrecision.DAY.value, format_date(day))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A calendar month, for example April 2011."""
        first = date(year, month, 1)
        return cls(first, _months_end(first, 1), DatePrecision.MONTH.value, f"{month_name(first)} {year}")

    @classmethod
    def season(cls, year: int, name: str) -> Self:
        """Spring March to May, summer, autumn, or winter from December of `year` to February."""
        first = date(year, _SEASON_STARTS[name], 1)
        return cls(first, _months_end(first, 3), DatePrecision.SEASON.value, f"{name} {year}")

    @classmethod
    def quarter(cls, fy: int, number: int) -> Self:
        """Quarter 1 to 4 of a financial year; quarter 1 is April to June."""
        first = date(fy, 3 * number + 1, 1) if number < 4 else date(fy + 1, 1, 1)
        last = _months_end(first, 3)
        return cls(
            first, last, DatePrecision.QUARTER.value, f"{month_name(first)} to {month_name(last)} {last.year}"
        )

    @classmethod
    def year(cls, year: int) -> Self:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR.value, str(year))

    @classmethod
    def financial_year(cls, fy: int) -> Self:
        """The financial year that starts in `fy`."""
        return cls(fy_start(fy), fy_end(fy), DatePrecision.FINANCIAL_YEAR.value, format_fy(fy))

    @classmethod
    def approx(cls, first_on: date, last_on: date, text: str) -> Self:
        """A stretch of days that a source describes, for example "early 2017"."""
        return cls(first_on, last_on, DatePrecision.APPROX.value, text)

    @property
    def is_exact(self) -> bool:
        """Whether one day is known."""
        return self.first_on == self.last_on

    def overdue(self, as_of: date) -> bool:
        """Whether the last possible day is before `as_of`."""
        return self.last_on < as_of

    def _words(self) -> str:
        if self.is_exact:
            return format_date(self.first_on)
        return f"{format_date(self.first_on)} to {format_date(self.last_on)}"


def parse_date(text: str) -> date:
    """The day typed as 14 12 2026, 14/12/2026, 14 December 2026 or 2026-12-14; refuses as rows 9 and 10."""
    body = text.strip()
    iso = _ISO.fullmatch(body)
    typed = _TYPED.fullmatch(body)
    if iso:
        return _real_date(int(iso[1]), int(iso[2]), int(iso[3]))
    if typed is None:
        raise _not_real()
    if len(typed[3]) != 4:
        raise Refusal("Year must include 4 numbers", code="10")
    return _real_date(int(typed[3]), _month_number(typed[2]), int(typed[1]))


def check_not_future(day: date, as_of: date, noun: str = "Actual date") -> None:
    """Refuse a `day` after `as_of` (row 11, INV-29)."""
    if day > as_of:
        raise Refusal(f"{noun} must be today or in the past", code="11")


def check_end_after_start(start: date, end: date) -> None:
    """Refuse an `end` that is not after `start` (row 12)."""
    if end <= start:
        raise Refusal(f"End date must be after {format_date(start)}", code="12")


def check_within(day: date, first: date, last: date) -> None:
    """Refuse a `day` outside `first` to `last`, both included (row 13)."""
    if not first <= day <= last:
        raise Refusal(f"Date must be between {format_date(first)} and {format_date(last)}", code="13")


def _months_end(first: date, count: int) -> date:
    """Last day of the `count` months that start at `first`, the first of a month."""
    years, month_index = divmod(first.month - 1 + count, 12)
    return date(first.year + years, month_index + 1, 1) - _ONE_DAY


def _month_number(text: str) -> int:
    """Number of a month given as a number or as at least three letters of its name; 0 for none."""
    if text.isdigit():
        return int(text)
    word = text.lower() if len(text) >= 3 else "?"
    matches = [index for index, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(word)]
    return matches[0] if matches else 0


def _real_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _not_real() from None


def _not_real() -> Refusal:
    return Refusal("Enter a real date, for example 30 4 2027", code="9")
