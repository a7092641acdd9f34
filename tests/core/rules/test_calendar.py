"""Financial years, dates in words, and working days."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules import calendar

BANK_HOLIDAYS_2026 = [
    date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4),
    date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28),
]  # fmt: skip
BANK_HOLIDAYS_2027 = [
    date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3),
    date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
]  # fmt: skip
ONE_OFF_DAYS = [
    date(2011, 4, 29), date(2012, 6, 4), date(2012, 6, 5), date(2020, 5, 8),
    date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
]  # fmt: skip
MOVED_AWAY_DAYS = [date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)]
any_day = st.dates(date(2005, 1, 1), date(2028, 12, 31))


def of_year(year: int) -> list[date]:
    return sorted(day for day in calendar.bank_holidays() if day.year == year)


def test_financial_year_and_quarter_worked_example():
    assert (calendar.financial_year(date(2027, 3, 31)), calendar.quarter(date(2027, 3, 31))) == (2026, 4)
    assert (calendar.financial_year(date(2027, 4, 1)), calendar.quarter(date(2027, 4, 1))) == (2027, 1)


def test_quarter_changes_every_third_month():
    assert [calendar.quarter(calendar.period_start(2026, number)) for number in range(1, 13)] == [
        1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4,
    ]  # fmt: skip


def test_period_starts_and_ends_follow_the_months():
    assert [(calendar.period_start(2027, n), calendar.period_end(2027, n)) for n in (1, 9, 10, 11, 12)] == [
        (date(2027, 4, 1), date(2027, 4, 30)),
        (date(2027, 12, 1), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2028, 1, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2028, 3, 31)),
    ]


@given(any_day)
def test_a_day_lies_in_its_own_period_and_year(day: date):
    fy = calendar.financial_year(day)
    number = calendar.period(day)
    assert calendar.fy_start(fy) <= day <= calendar.fy_end(fy)
    assert calendar.period_start(fy, number) <= day <= calendar.period_end(fy, number)


def test_days_in_a_financial_year_counts_the_leap_day():
    assert [calendar.days_in_fy(fy) for fy in (2026, 2027, 2028)] == [365, 366, 365]


def test_financial_year_in_words_and_in_files():
    assert (calendar.format_fy(2026), calendar.fy_file_key(2026)) == ("2026 to 2027", "2026-27")
    assert calendar.fy_file_key(1999) == "1999-00"


@pytest.mark.parametrize(
    "text", ["2026 to 2027", "2026-27", "2026/27", "2026/2027", " 2026–27 ", "2026 - 2027"]
)
def test_parse_fy_reads_the_usual_forms(text: str):
    assert calendar.parse_fy(text) == 2026


@pytest.mark.parametrize(
    "text", ["", "2026", "2027 to 2026", "2026 to 2028", "2026-28", "26-27", "next year", "2026-2", "२०२६-२७"]
)
def test_parse_fy_refuses_anything_else_with_row_14(text: str):
    with pytest.raises(Refusal) as refused:
        calendar.parse_fy(text)
    assert refused.value.message == "Select a financial year, for example 2026 to 2027"


@given(st.integers(1000, 9998))
def test_parse_fy_reads_back_what_is_shown(fy: int):
    assert calendar.parse_fy(calendar.format_fy(fy)) == fy
    assert calendar.parse_fy(calendar.fy_file_key(fy)) == fy


def test_dates_and_ranges_in_words():
    assert calendar.format_date(date(2026, 4, 1)) == "1 April 2026"
    assert calendar.format_date_range(date(2026, 4, 1), date(2027, 3, 31)) == "1 April 2026 to 31 March 2027"


def test_times_in_words():
    times = [time(17), time(17, 30), time(10, 42), time(0, 5), time(12), time(0), time(12, 30)]
    assert [calendar.format_time(moment) for moment in times] == [
        "5pm", "5:30pm", "10:42am", "12:05am", "midday", "midnight", "12:30pm",
    ]  # fmt: skip


def test_bank_holidays_of_2026_and_2027_are_those_of_the_brief():
    assert (of_year(2026), of_year(2027)) == (BANK_HOLIDAYS_2026, BANK_HOLIDAYS_2027)


def test_bank_holidays_hold_the_one_off_days_and_not_the_days_they_replaced():
    holidays = calendar.bank_holidays()
    assert [day for day in ONE_OFF_DAYS if day not in holidays] == []
    assert [day for day in MOVED_AWAY_DAYS if day in holidays] == []


def test_bank_holidays_are_weekdays_and_eight_a_year_but_for_extra_days():
    assert all(day.weekday() < 5 for day in calendar.bank_holidays())
    counts = {year: len(of_year(year)) for year in range(2005, 2029)}
    assert {year: count for year, count in counts.items() if count != 8} == {
        2011: 9,
        2012: 9,
        2022: 10,
        2023: 9,
    }


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2005, [date(2005, 1, 3), date(2005, 12, 26), date(2005, 12, 27)]),
        (2006, [date(2006, 1, 2), date(2006, 12, 25), date(2006, 12, 26)]),
        (2010, [date(2010, 1, 1), date(2010, 12, 27), date(2010, 12, 28)]),
        (2015, [date(2015, 1, 1), date(2015, 12, 25), date(2015, 12, 28)]),
        (2028, [date(2028, 1, 3), date(2028, 12, 25), date(2028, 12, 26)]),
    ],
)
def test_bank_holidays_move_to_substitute_days(year: int, days: list[date]):
    assert [day for day in of_year(year) if day.month in {1, 12}] == days


def test_working_days_leave_out_weekends_and_bank_holidays():
    holidays = calendar.bank_holidays()
    days = [
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
        date(2026, 12, 29),
    ]
    assert [calendar.is_working_day(day, holidays) for day in days] == [True, False, False, False, True]


def test_next_working_day_passes_christmas():
    assert calendar.next_working_day(date(2026, 12, 24), calendar.bank_holidays()) == date(2026, 12, 29)


def test_add_working_days_of_zero_is_the_same_day_even_on_a_sunday():
    assert calendar.add_working_days(date(2026, 11, 22), 0, frozenset()) == date(2026, 11, 22)


@given(any_day, st.integers(1, 40))
def test_working_days_added_are_counted_back(day: date, count: int):
    holidays = calendar.bank_holidays()
    later = calendar.add_working_days(day, count, holidays)
    assert calendar.is_working_day(later, holidays)
    assert calendar.working_days_between(day, later, holidays) == count
    assert calendar.working_days_between(later, day, holidays) == -count


@given(any_day, st.integers(1, 40))
def test_adding_then_taking_away_working_days_returns_to_a_working_day(day: date, count: int):
    holidays = calendar.bank_holidays()
    start = calendar.next_working_day(day, holidays)
    there = calendar.add_working_days(start, count, holidays)
    assert calendar.add_working_days(there, -count, holidays) == start
