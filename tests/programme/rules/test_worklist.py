"""Parts of a work list and the words of their dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.rules.dates import ImpreciseDate
from programme.rules.milestone import MilestoneProgress
from programme.rules.worklist import (
    Ahead,
    Section,
    Span,
    ahead_sentence,
    due_until,
    is_this_month,
    last_known_on,
    needs_answer,
    needs_sentence,
    section_of,
    span_of,
    time_gone,
    time_left,
)

TODAY = date(2026, 11, 24)
UNTIL = date(2026, 12, 8)
BY = "due by 8 December 2026"
UPCOMING = MilestoneProgress.UPCOMING


def day(*parts: int) -> ImpreciseDate:
    return ImpreciseDate.day(date(*parts))


@pytest.mark.parametrize(
    ("progress", "due", "expected"),
    [
        (MilestoneProgress.OVERDUE, day(2026, 11, 23), Section.LATE),
        (UPCOMING, day(2026, 11, 24), Section.DUE),
        (UPCOMING, day(2026, 12, 8), Section.DUE),
        (UPCOMING, day(2026, 12, 9), Section.LATER),
        (UPCOMING, ImpreciseDate.month(2026, 11), Section.DUE),
        (UPCOMING, ImpreciseDate.month(2026, 12), Section.LATER),
        (UPCOMING, None, Section.LATER),
        (MilestoneProgress.DONE, day(2026, 11, 20), Section.DONE),
        (MilestoneProgress.DONE, None, Section.DONE),
        (MilestoneProgress.PASSED, day(2026, 11, 20), None),
        (MilestoneProgress.CANCELLED, day(2026, 11, 20), None),
    ],
)
def test_section(progress: MilestoneProgress, due: ImpreciseDate | None, expected: Section | None) -> None:
    assert section_of(progress, due, TODAY) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (day(2026, 11, 23), Span.LATE),
        (day(2026, 11, 24), Span.TODAY),
        (day(2026, 11, 29), Span.THIS_WEEK),
        (day(2026, 11, 30), Span.NEXT_WEEK),
        (day(2026, 12, 6), Span.NEXT_WEEK),
        (day(2026, 12, 7), Span.LATER),
        (ImpreciseDate.month(2026, 11), Span.NEXT_WEEK),
        (None, Span.UNDATED),
    ],
)
def test_span(due: ImpreciseDate | None, expected: Span) -> None:
    assert span_of(due, TODAY) == expected


def test_span_of_the_month_ends_with_it() -> None:
    first = date(2026, 12, 1)
    assert span_of(day(2026, 12, 31), first) == Span.THIS_MONTH
    assert span_of(day(2027, 1, 1), first) == Span.LATER


def test_fourteen_days_count_as_due() -> None:
    assert due_until(TODAY) == UNTIL


def test_case_of_the_past_is_judged_when_its_source_last_knew() -> None:
    assert last_known_on(None, date(2011, 3, 31), TODAY) == date(2011, 3, 31)
    assert last_known_on(None, date(2030, 1, 1), TODAY) == TODAY
    assert last_known_on(None, None, TODAY) == TODAY
    assert last_known_on(2026, date(2026, 3, 1), TODAY) == TODAY


def test_this_month_is_the_calendar_month_of_an_exact_day() -> None:
    assert is_this_month(day(2026, 11, 1), TODAY)
    assert is_this_month(day(2026, 11, 30), TODAY)
    assert not is_this_month(day(2026, 10, 31), TODAY)
    assert not is_this_month(day(2025, 11, 24), TODAY)
    assert not is_this_month(ImpreciseDate.month(2026, 11), TODAY)
    assert not is_this_month(None, TODAY)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (day(2026, 11, 24), "Today"),
        (day(2026, 11, 25), "Tomorrow"),
        (day(2026, 11, 26), "In 2 days"),
        (ImpreciseDate.month(2026, 11), "In 6 days"),
    ],
)
def test_time_left(due: ImpreciseDate, expected: str) -> None:
    assert time_left(due, TODAY) == expected


def test_time_gone() -> None:
    assert [time_gone(1), time_gone(11)] == ["1 day late", "11 days late"]


@pytest.mark.parametrize(
    ("late", "due", "unanswered", "expected"),
    [
        (
            3,
            6,
            2,
            "11 milestones need you: 3 are late, 6 are due by 8 December 2026 and 2 wait for your answer.",
        ),
        (3, 6, 0, "9 milestones need you: 3 are late and 6 are due by 8 December 2026."),
        (1, 0, 1, "2 milestones need you: 1 is late and 1 waits for your answer."),
        (2, 0, 0, "2 milestones need you. All are late."),
        (0, 0, 2, "2 milestones need you. All wait for your answer."),
        (0, 1, 0, "1 milestone needs you. It is due by 8 December 2026."),
        (0, 0, 1, "1 milestone needs you. It waits for your answer."),
        (
            0,
            0,
            0,
            f"Nothing needs you: nothing is late, nothing is {BY} and nothing waits for your answer.",
        ),
    ],
)
def test_sentence(late: int, due: int, unanswered: int, expected: str) -> None:
    assert needs_sentence(late, due, unanswered, UNTIL) == expected


@pytest.mark.parametrize(
    ("has_forecast", "told_on", "expected"),
    [(True, date(2026, 10, 20), True), (True, date(2026, 10, 21), False), (False, TODAY, True)],
)
def test_answer_is_awaited_after_35_days_or_without_a_forecast(
    has_forecast: bool, told_on: date, expected: bool
) -> None:
    assert needs_answer(has_forecast, told_on, TODAY, timedelta(days=35)) == expected


def test_headline_of_what_lies_ahead() -> None:
    def said(*counts: int) -> str:
        return ahead_sentence(dict(zip(Ahead, counts, strict=True)), TODAY)

    assert said(2, 3, 1, 3) == "2 of 9 open milestones are late, and 3 are due this week"
    assert said(0, 0, 1, 0) == "None of 1 open milestone is late, and 1 is due by 24 December 2026"
    assert said(1, 0, 0, 1) == "1 of 2 open milestones is late, and none is due by 24 December 2026"
