"""Notice periods and what an agreement may say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from programme.rules.agreements import (
    Notice,
    add_months,
    check_months,
    check_period,
    check_step,
    next_day,
    notice_of,
    notice_words,
    unsigned_words,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 3, 31), -12, date(2026, 3, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_notice_given_by_the_last_day_has_run_out_when_the_agreement_ends(ends_on: date, months: int) -> None:
    give_by_on = notice_of(months, ends_on, TODAY).give_by_on
    assert give_by_on is not None
    assert add_months(give_by_on, months) <= ends_on


@pytest.mark.parametrize(
    ("months", "ends_on", "expected"),
    [
        (None, date(2028, 3, 31), Notice()),
        (12, None, Notice(12, None, date(2027, 11, 24))),
        (12, date(2028, 3, 31), Notice(12, date(2027, 3, 31), date(2027, 11, 24))),
        (0, date(2028, 3, 31), Notice(0, date(2028, 3, 31), TODAY)),
    ],
)
def test_notice(months: int | None, ends_on: date | None, expected: Notice) -> None:
    assert notice_of(months, ends_on, TODAY) == expected


def test_next_day_is_the_first_that_is_not_past() -> None:
    days = [date(2026, 11, 23), None, date(2027, 1, 1), TODAY]
    assert (next_day(days, TODAY), next_day([None, date(2026, 1, 1)], TODAY)) == (TODAY, None)


def test_words() -> None:
    assert [notice_words(months) for months in (None, 0, 1, 12)] == [
        "Not stated",
        "None needed",
        "1 month",
        "12 months",
    ]
    assert unsigned_words([], 0) == "No party is recorded"
    assert unsigned_words([], 3) == "All 3 councils have signed"
    assert unsigned_words(["Brockvale", "Carrick"], 3) == "Not signed by Brockvale and Carrick"


def test_refusals() -> None:
    for call, said in (
        (
            lambda: check_period(date(2026, 4, 1), date(2026, 4, 1)),
            ("End date must be after 1 April 2026", "ends_on"),
        ),
        (lambda: check_months(-1), ("Notice must be a whole number of months, 0 or more", "notice_months")),
        (lambda: check_step(2, "", 5), ("Enter what happens in step 2", "dispute_steps")),
        (
            lambda: check_step(2, "Talk", None),
            ("Enter the days of step 2 as a whole number, 0 or more", "dispute_steps"),
        ),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert (refused.value.message, refused.value.field) == said
    check_period(date(2026, 4, 1), date(2026, 4, 2))
    check_period(None, date(2026, 4, 2))
    check_months(None)
    check_step(1, "Talk", 0)
