"""Dates known only roughly, and dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.dates import (
    ImpreciseDate,
    check_end_after_start,
    check_not_future,
    check_within,
    parse_date,
)

NOT_REAL = "Enter a real date, for example 30 4 2027"


@pytest.mark.parametrize(
    ("value", "first_on", "last_on", "precision", "text"),
    [
        (
            ImpreciseDate.day(date(2009, 1, 31)),
            date(2009, 1, 31),
            date(2009, 1, 31),
            "day",
            "31 January 2009",
        ),
        (ImpreciseDate.month(2011, 4), date(2011, 4, 1), date(2011, 4, 30), "month", "April 2011"),
        (ImpreciseDate.month(2028, 2), date(2028, 2, 1), date(2028, 2, 29), "month", "February 2028"),
        (ImpreciseDate.month(2028, 12), date(2028, 12, 1), date(2028, 12, 31), "month", "December 2028"),
        (ImpreciseDate.season(2011, "spring"), date(2011, 3, 1), date(2011, 5, 31), "season", "spring 2011"),
        (ImpreciseDate.season(2008, "autumn"), date(2008, 9, 1), date(2008, 11, 30), "season", "autumn 2008"),
        (ImpreciseDate.season(2027, "winter"), date(2027, 12, 1), date(2028, 2, 29), "season", "winter 2027"),
        (
            ImpreciseDate.quarter(2016, 4),
            date(2017, 1, 1),
            date(2017, 3, 31),
            "quarter",
            "January to March 2017",
        ),
        (
            ImpreciseDate.quarter(2016, 3),
            date(2016, 10, 1),
            date(2016, 12, 31),
            "quarter",
            "October to December 2016",
        ),
        (ImpreciseDate.year(2012), date(2012, 1, 1), date(2012, 12, 31), "year", "2012"),
        (
            ImpreciseDate.financial_year(2011),
            date(2011, 4, 1),
            date(2012, 3, 31),
            "financial_year",
            "2011 to 2012",
        ),
        (
            ImpreciseDate.approx(date(2017, 1, 1), date(2017, 3, 31), "early 2017"),
            date(2017, 1, 1),
            date(2017, 3, 31),
            "approx",
            "early 2017",
        ),
    ],
)
def test_imprecise_date_spans_what_it_says(
    value: ImpreciseDate, first_on: date, last_on: date, precision: str, text: str
):
    assert value == ImpreciseDate(first_on, last_on, precision, text)
    assert str(value) == text


def test_a_month_is_overdue_only_after_its_last_day():
    go_live = ImpreciseDate.month(2011, 4)
    days = [date(2011, 4, 15), date(2011, 4, 30), date(2011, 5, 1)]
    assert [go_live.overdue(day) for day in days] == [False, False, True]


def test_an_imprecise_date_without_words_shows_its_days():
    assert str(ImpreciseDate(date(2017, 1, 1), date(2017, 3, 31), "approx")) == (
        "1 January 2017 to 31 March 2017"
    )
    assert str(ImpreciseDate(date(2017, 1, 1), date(2017, 1, 1), "day")) == "1 January 2017"


def test_is_exact_only_for_one_day():
    assert [ImpreciseDate.day(date(2017, 1, 1)).is_exact, ImpreciseDate.year(2017).is_exact] == [True, False]


@pytest.mark.parametrize(
    ("last_on", "precision", "field", "message"),
    [
        (date(2016, 12, 31), "month", "last_on", "Last day must be on or after 1 January 2017"),
        (date(2017, 1, 2), "day", "last_on", "Last day must be 1 January 2017"),
        (
            date(2017, 1, 31),
            "decade",
            "precision",
            "Precision must be one of day, month, season, quarter, year, financial_year, approx",
        ),
    ],
)
def test_imprecise_date_refuses_what_cannot_be(last_on: date, precision: str, field: str, message: str):
    with pytest.raises(Refusal) as refused:
        ImpreciseDate(date(2017, 1, 1), last_on, precision)
    assert (refused.value.field, refused.value.message) == (field, message)


@pytest.mark.parametrize(
    "text",
    [
        "14 12 2026",
        "14/12/2026",
        "14-12-2026",
        "14.12.2026",
        "14 December 2026",
        "14 december, 2026",
        "14 Dec 2026",
        " 14 DEC 2026 ",
        "2026-12-14",
    ],
)
def test_parse_date_reads_the_usual_orders(text: str):
    assert parse_date(text) == date(2026, 12, 14)


@pytest.mark.parametrize(
    "text",
    ["", "31 April 2027", "31/4/2027", "2027-04-31", "29 2 2027", "soon", "30 Smarch 2027", "14 J 2026",
     "14 Ju 2026", "0 1 2027", "1 13 2027", "1 1 0000", "2027", "12 2027", "1 2 3 2027", "1st May 2027"],
)  # fmt: skip
def test_parse_date_refuses_what_is_no_date_with_row_9(text: str):
    with pytest.raises(Refusal) as refused:
        parse_date(text)
    assert (refused.value.code, refused.value.message) == ("9", NOT_REAL)


@pytest.mark.parametrize(
    "text", ["14 12 26", "14/12/26", "14 December 26", "26-12-14", "14 12 02026", "1 1 1"]
)
def test_parse_date_refuses_a_year_without_four_numbers_with_row_10(text: str):
    with pytest.raises(Refusal) as refused:
        parse_date(text)
    assert (refused.value.code, refused.value.message) == ("10", "Year must include 4 numbers")


@given(st.dates(date(1000, 1, 1)))
def test_parse_date_reads_back_what_is_shown(day: date):
    assert [parse_date(format_date(day)), parse_date(day.isoformat())] == [day, day]


def code_of(text: str) -> str:
    """Code of the refusal of `text`, or nothing where it is a date."""
    try:
        parse_date(text)
    except Refusal as refusal:
        return refusal.code
    return ""


@given(st.text("0123456789 /-.,abcdefgjmnoprstuvy²٣", max_size=15))
def test_any_text_is_a_date_or_one_of_two_refusals(text: str):
    assert code_of(text) in {"", "9", "10"}


def test_actual_date_may_be_today_but_not_tomorrow():
    assert check_not_future(date(2026, 11, 24), date(2026, 11, 24)) is None
    with pytest.raises(Refusal) as refused:
        check_not_future(date(2026, 11, 25), date(2026, 11, 24))
    assert refused.value.message == "Actual date must be today or in the past"


def test_end_must_come_after_start():
    assert check_end_after_start(date(2026, 4, 1), date(2026, 4, 2)) is None
    with pytest.raises(Refusal) as refused:
        check_end_after_start(date(2026, 4, 1), date(2026, 4, 1))
    assert refused.value.message == "End date must be after 1 April 2026"


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2031, 4, 1)])
def test_date_must_lie_in_the_programme(day: date):
    with pytest.raises(Refusal) as refused:
        check_within(day, date(2026, 4, 1), date(2031, 3, 31))
    assert refused.value.message == "Date must be between 1 April 2026 and 31 March 2031"


def test_first_and_last_day_of_the_programme_pass():
    assert check_within(date(2026, 4, 1), date(2026, 4, 1), date(2031, 3, 31)) is None
    assert check_within(date(2031, 3, 31), date(2026, 4, 1), date(2031, 3, 31)) is None
