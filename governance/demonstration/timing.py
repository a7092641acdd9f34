"""Dates of the demonstration, moved from the day it is written for to the day it is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from core.rules.calendar import (
    add_working_days,
    bank_holidays,
    financial_year,
    is_working_day,
    month_name,
    next_working_day,
    period,
    period_end,
)

ANCHOR = date(2026, 11, 24)  # the Tuesday on which the joint steering group meets
ANCHOR_FY = 2026
FIRST_SAVING_PERIOD = 4  # ICT saves from July
RETURN_DAY = 10  # of the month after; a council's return is in by then
DAYS_TO_VERIFY = 5  # working days
CLEAR_DAYS = 5  # working days between an agenda and its meeting
_WEEK = timedelta(weeks=1)
_SATURDAY = 5
_DAYS_IN_YEAR = 365.2425

Month = tuple[int, int]  # financial year, period


@dataclass(frozen=True)
class Timing:
    """How far dates move for a demonstration on `as_of`.

    Meetings, notices and milestones move by whole weeks, so that weekdays stay: the story then happens on
    the last Tuesday up to `as_of`. The ledgers, the plans and what starts with them move by whole financial
    years, so that the figures stay.
    """

    as_of: date
    holidays: Collection[date] = field(default_factory=bank_holidays, repr=False)

    @cached_property
    def weeks(self) -> timedelta:
        """What a meeting or a milestone moves by."""
        return (self.as_of - ANCHOR) // _WEEK * _WEEK

    @cached_property
    def story_day(self) -> date:
        """The Tuesday of the steering group's meeting: `as_of` or one of the six days before it."""
        return ANCHOR + self.weeks

    @property
    def meeting_day(self) -> date:
        """When the steering group meets with decisions before it: `as_of`, or one of the days after it."""
        if self.story_day == self.as_of:
            return self.story_day
        return self._on_working_day(self.story_day + _WEEK)

    def agenda_day(self, meeting: date) -> date:
        """When the agenda of a meeting was published, five clear working days before."""
        return add_working_days(meeting, -(CLEAR_DAYS + 1), self.holidays)

    @cached_property
    def last_month(self) -> Month:
        """The last month whose returns were due, and answered by the section 151 officers, before `as_of`."""
        fy, number = financial_year(self.as_of), period(self.as_of)
        while self.verified_on((fy, number)) >= self.as_of:
            fy, number = (fy, number - 1) if number > 1 else (fy - 1, 12)
        return fy, number

    @cached_property
    def base_fy(self) -> int:
        """The programme's first year: the one in which a saving has been returned for the last month."""
        fy, number = self.last_month
        return fy if number >= FIRST_SAVING_PERIOD else fy - 1

    @property
    def years(self) -> int:
        """Whole years that ledgers and plans move by."""
        return self.base_fy - ANCHOR_FY

    def months(self) -> list[Month]:
        """The months from April of the base year to the last one returned."""
        fy, number = self.last_month
        last = 12 * (fy - self.base_fy) + number
        return [(self.base_fy + index // 12, index % 12 + 1) for index in range(last)]

    def returned_on(self, month: Month) -> date:
        """When the councils claim their amounts of a month."""
        day = (period_end(*month) + timedelta(days=1)).replace(day=RETURN_DAY)
        return (
            self._on_working_day(day) if day.weekday() < _SATURDAY else next_working_day(day, self.holidays)
        )

    def verified_on(self, month: Month) -> date:
        """When the section 151 officers answer."""
        return add_working_days(self.returned_on(month), DAYS_TO_VERIFY, self.holidays)

    def day(self, day: date) -> date:
        """A day still to come, moved by weeks; on a bank holiday it moves on to the next working day."""
        return self._on_working_day(day + self.weeks)

    def past(self, day: date) -> date:
        """Something that has happened, moved by weeks; never later than the meeting."""
        moved = self.day(day)
        return moved if moved <= self.story_day else self.notice(day)

    def notice(self, day: date) -> date:
        """A day by which something must be out; on a bank holiday it moves back to the last working day."""
        moved = day + self.weeks
        if moved in self.holidays:
            return add_working_days(moved, -1, self.holidays)
        return moved

    def early(self, day: date) -> date:
        """A day of the time when the plans were agreed, moved by years to the nearest same weekday."""
        weeks = round(self.years * _DAYS_IN_YEAR / 7)
        return self._on_working_day(day + weeks * _WEEK)

    def calendar(self, day: date) -> date:
        """The same day and month of another year: go-live, start of savings, end of a year."""
        return day.replace(year=day.year + self.years)

    def before_go_live(self, day: date, weeks: int) -> date:
        """A day still to come, moved by weeks but kept at least `weeks` before the planned go-live."""
        latest = self.go_live_planned - timedelta(weeks=weeks)
        return min(self.day(day), self._on_working_day(latest))

    @property
    def go_live_planned(self) -> date:
        """When revenues and benefits go live in the current plan."""
        return self.calendar(date(2027, 10, 1))

    @property
    def go_live_forecast(self) -> date:
        """When they are expected to."""
        return self.calendar(date(2027, 10, 19))

    def _on_working_day(self, day: date) -> date:
        is_holiday = day.weekday() < _SATURDAY and not is_working_day(day, self.holidays)
        return next_working_day(day, self.holidays) if is_holiday else day


def day_and_month(day: date) -> str:
    """5 November, where the year is plain."""
    return f"{day.day} {month_name(day)}"
