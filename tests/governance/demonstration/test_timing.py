"""How dates of the demonstration move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import bank_holidays, is_working_day
from governance.demonstration.timing import ANCHOR, Timing, day_and_month

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))


def test_nothing_moves_on_the_day_of_the_story() -> None:
    timing = Timing(ANCHOR)
    days = [ANCHOR + timedelta(days=offset) for offset in range(-150, 150)]
    working = [day for day in days if day not in bank_holidays()]
    assert [timing.day(day) for day in working] == working
    assert timing.story_day == ANCHOR
    assert timing.base_fy == 2026
    assert timing.last_month == (2026, 7)
    assert timing.months() == [(2026, number) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("as_of", "story_day"),
    [
        (date(2026, 11, 21), date(2026, 11, 17)),
        (date(2026, 11, 30), date(2026, 11, 24)),
        (date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_story_happens_on_the_last_tuesday(as_of: date, story_day: date) -> None:
    assert Timing(as_of).story_day == story_day


def test_holiday_moves_a_day_on_and_a_notice_back() -> None:
    timing = Timing(date(2026, 12, 25))  # the story is on 22 December, four weeks on
    assert timing.day(date(2026, 11, 30)) == date(2026, 12, 29)  # 28 December is a bank holiday
    assert timing.notice(date(2026, 11, 30)) == date(2026, 12, 24)
    assert timing.day(date(2026, 11, 28)) == date(2026, 12, 26)  # a Saturday stays one


def test_past_event_on_a_holiday_is_never_after_the_meeting() -> None:
    timing = Timing(date(2026, 12, 29))  # the story's Friday is Christmas Day, its Monday a bank holiday
    assert timing.past(date(2026, 11, 20)) == date(2026, 12, 29)
    timing = Timing(date(2028, 12, 26))  # Boxing Day is the meeting
    assert timing.past(ANCHOR) == date(2028, 12, 22)


@pytest.mark.parametrize(
    ("as_of", "base_fy", "last_month"),
    [
        (date(2026, 8, 17), 2025, (2026, 3)),  # July is verified on this day, so not yet
        (date(2026, 8, 18), 2026, (2026, 4)),
        (date(2027, 5, 20), 2026, (2027, 1)),
        (date(2027, 8, 16), 2026, (2027, 3)),
        (date(2027, 11, 24), 2027, (2027, 7)),
    ],
)
def test_base_year_is_that_of_the_first_saving(
    as_of: date, base_fy: int, last_month: tuple[int, int]
) -> None:
    timing = Timing(as_of)
    assert (timing.base_fy, timing.last_month) == (base_fy, last_month)


@given(DAYS)
def test_returns_are_in_and_answered_before_the_day(as_of: date) -> None:
    timing = Timing(as_of)
    returned, verified = timing.returned_on(timing.last_month), timing.verified_on(timing.last_month)
    assert returned < verified < as_of
    assert is_working_day(returned, timing.holidays)
    assert len(timing.months()) >= 4


@given(DAYS, st.dates(date(2026, 6, 1), ANCHOR))
def test_past_stays_past_and_weekdays_stay(as_of: date, day: date) -> None:
    timing = Timing(as_of)
    moved = timing.past(day)
    assert moved <= timing.story_day <= as_of
    assert as_of - timing.story_day < timedelta(weeks=1)
    if day + timing.weeks not in timing.holidays:
        assert moved.weekday() == day.weekday()


def test_day_and_month_has_no_year() -> None:
    assert day_and_month(date(2026, 11, 5)) == "5 November"


@given(DAYS)
def test_group_meets_on_a_day_to_come_with_its_agenda_out(as_of: date) -> None:
    timing = Timing(as_of)
    assert timing.agenda_day(timing.meeting_day) <= as_of <= timing.meeting_day
    assert timing.meeting_day - as_of < timedelta(days=12)
