"""Which reminder is due when, and what it says (domain.md section 6)."""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest
from celery.schedules import crontab
from hypothesis import given
from hypothesis import strategies as st

from config.celery import app
from core.clock import LONDON
from core.rules.calendar import bank_holidays, is_working_day, working_days_between
from programme.enums import DayUnit
from programme.rules.reminders import (
    FIRST_LOOK_BACK,
    OFFSETS,
    DueItem,
    catch_up_from,
    digest_subject,
    due_range,
    due_words,
    last_working_day,
    offset_due,
    offset_late,
    reminder_day,
    run_day,
)

HOLIDAYS = bank_holidays()
days = st.dates(date(2024, 1, 1), date(2028, 11, 30))
working_days = days.filter(lambda day: is_working_day(day, HOLIDAYS))


def item(due_on: date, object_id: int = 1, noun: str = "milestone") -> DueItem:
    return DueItem(
        rule="milestone_due",
        object_id=object_id,
        recipient_id=7,
        due_on=due_on,
        title="Go-live",
        programme_id=3,
        programme="Shared services",
        path="/milestones/1/update/",
        noun=noun,
    )


def reminder_days(due_on: date) -> list[date]:
    return [reminder_day(due_on, offset, HOLIDAYS) for offset in OFFSETS]


def test_reminder_days_of_an_ordinary_due_day() -> None:
    assert reminder_days(date(2026, 12, 3)) == [
        date(2026, 11, 13),
        date(2026, 11, 24),
        date(2026, 12, 2),
        date(2026, 12, 3),
    ]


def test_reminder_days_pass_over_christmas_and_its_substitute_day() -> None:
    # Boxing Day 2026 is a Saturday: its substitute is Monday 28 December.
    assert reminder_days(date(2026, 12, 29)) == [
        date(2026, 12, 7),
        date(2026, 12, 16),
        date(2026, 12, 24),
        date(2026, 12, 29),
    ]


def test_reminder_days_pass_over_easter() -> None:
    # Good Friday is 26 March 2027, Easter Monday 29 March.
    assert reminder_days(date(2027, 3, 30)) == [
        date(2027, 3, 8),
        date(2027, 3, 17),
        date(2027, 3, 25),
        date(2027, 3, 30),
    ]


@pytest.mark.parametrize(
    ("due_on", "last"),
    [
        (date(2026, 12, 4), date(2026, 12, 4)),
        (date(2026, 12, 5), date(2026, 12, 4)),
        (date(2026, 12, 6), date(2026, 12, 4)),
        (date(2026, 12, 28), date(2026, 12, 24)),
        (date(2027, 3, 29), date(2027, 3, 25)),
    ],
)
def test_closed_due_day_counts_as_the_working_day_before(due_on: date, last: date) -> None:
    assert last_working_day(due_on, HOLIDAYS) == last
    assert reminder_days(due_on) == reminder_days(last)


@given(days)
def test_reminder_days_are_working_days_and_the_right_number_apart(due_on: date) -> None:
    found = reminder_days(due_on)
    last = last_working_day(due_on, HOLIDAYS)
    assert [is_working_day(day, HOLIDAYS) for day in found] == [True] * len(OFFSETS)
    assert [working_days_between(day, last, HOLIDAYS) for day in found] == list(OFFSETS)
    assert last <= due_on


@given(due_on=days, day=working_days)
def test_one_day_alone_sends_what_falls_on_it(due_on: date, day: date) -> None:
    on_it = [offset for offset in OFFSETS if reminder_day(due_on, offset, HOLIDAYS) == day]
    assert offset_due(due_on, day, day, OFFSETS, HOLIDAYS) == (on_it[0] if on_it else None)


@given(due_on=days, since=days, until=days)
def test_missed_days_are_told_once_with_the_nearest_offset(due_on: date, since: date, until: date) -> None:
    missed = [offset for offset in OFFSETS if since <= reminder_day(due_on, offset, HOLIDAYS) <= until]
    assert offset_due(due_on, since, until, OFFSETS, HOLIDAYS) == (missed[-1] if missed else None)


@given(due_on=days, since=days, length=st.integers(0, 60))
def test_due_range_holds_every_due_day_of_its_reminders(due_on: date, since: date, length: int) -> None:
    until = since + timedelta(days=length)
    first_on, last_on = due_range(since, until, OFFSETS, HOLIDAYS)
    if offset_due(due_on, since, until, OFFSETS, HOLIDAYS) is not None:
        assert first_on <= due_on <= last_on


@given(due_on=days, start=days, outages=st.sets(st.integers(0, 80)))
def test_runs_with_outages_tell_each_thing_at_most_once_a_run_and_never_the_same_twice(
    due_on: date, start: date, outages: set[int]
) -> None:
    sent, last_run_on = [], start - timedelta(days=1)
    for index in range(81):
        day = start + timedelta(days=index)
        if index in outages or not is_working_day(day, HOLIDAYS):
            continue
        since = catch_up_from(day, last_run_on, HOLIDAYS)
        offset = offset_due(due_on, since, day, OFFSETS, HOLIDAYS)
        sent += [offset] if offset is not None else []
        last_run_on = day
    in_reach = [
        offset for offset in OFFSETS if start <= reminder_day(due_on, offset, HOLIDAYS) <= last_run_on
    ]
    assert sent == sorted(set(sent), reverse=True)
    assert set(sent) <= set(in_reach)
    # The last one is never lost, whatever was down before it; without an outage none is.
    assert sent[-1:] == in_reach[-1:]
    if not outages:
        assert sent == in_reach


@pytest.mark.parametrize(
    ("due_on", "offset", "unit", "expected"),
    [
        # 31 days before 20 January 2027 is a Sunday: it is told on the Friday.
        (date(2027, 1, 20), 31, DayUnit.CALENDAR, date(2026, 12, 18)),
        (date(2026, 11, 24), 0, DayUnit.CALENDAR, date(2026, 11, 24)),
        # 14 days after 12 December is Boxing Day, a Saturday: it is told on the Tuesday after.
        (date(2026, 12, 12), -14, DayUnit.CALENDAR, date(2026, 12, 29)),
        (date(2026, 12, 11), -14, DayUnit.CALENDAR, date(2026, 12, 29)),
        (date(2026, 12, 10), -14, DayUnit.CALENDAR, date(2026, 12, 24)),
        (date(2026, 12, 24), -2, DayUnit.WORKING, date(2026, 12, 30)),
    ],
)
def test_calendar_days_and_days_after(due_on: date, offset: int, unit: str, expected: date) -> None:
    assert reminder_day(due_on, offset, HOLIDAYS, unit) == expected


@given(
    due_on=days,
    since=days,
    length=st.integers(0, 30),
    offsets=st.sets(st.integers(-45, 45), min_size=1, max_size=4),
    unit=st.sampled_from(DayUnit.values),
)
def test_due_range_holds_days_before_and_after_in_either_unit(
    due_on: date, since: date, length: int, offsets: set[int], unit: str
) -> None:
    until = since + timedelta(days=length)
    first_on, last_on = due_range(since, until, offsets, HOLIDAYS, unit)
    if offset_due(due_on, since, until, offsets, HOLIDAYS, unit) is not None:
        assert first_on <= due_on <= last_on
    assert {is_working_day(reminder_day(due_on, one, HOLIDAYS, unit), HOLIDAYS) for one in offsets} == {True}


def test_catch_up_starts_after_the_last_run_however_long_ago() -> None:
    assert catch_up_from(date(2026, 11, 24), date(2026, 11, 23), HOLIDAYS) == date(2026, 11, 24)
    assert catch_up_from(date(2026, 11, 24), date(2026, 11, 20), HOLIDAYS) == date(2026, 11, 21)
    assert catch_up_from(date(2026, 11, 24), date(2026, 6, 1), HOLIDAYS) == date(2026, 6, 2)


def test_first_run_looks_back_as_far_as_reminders_look_ahead() -> None:
    assert max(OFFSETS) == FIRST_LOOK_BACK
    assert catch_up_from(date(2026, 11, 24), None, HOLIDAYS) == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Winter: 7am in London is 07:00 UTC.
        (datetime(2026, 11, 24, 6, 59, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), date(2026, 11, 24)),
        # Late on a summer's evening it is tomorrow in London, but not yet 7am there.
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), None),
        # The clocks go forward on Sunday 28 March 2027, the day before Easter Monday.
        (datetime(2027, 3, 25, 7, 0, tzinfo=UTC), date(2027, 3, 25)),
        (datetime(2027, 3, 28, 7, 0, tzinfo=UTC), None),
        (datetime(2027, 3, 29, 7, 0, tzinfo=UTC), None),
        (datetime(2027, 3, 30, 5, 59, tzinfo=UTC), None),
        (datetime(2027, 3, 30, 6, 0, tzinfo=UTC), date(2027, 3, 30)),
        # They go back on Sunday 25 October 2026.
        (datetime(2026, 10, 23, 6, 0, tzinfo=UTC), date(2026, 10, 23)),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), None),
        (datetime(2026, 10, 26, 6, 30, tzinfo=UTC), None),
        (datetime(2026, 10, 26, 7, 0, tzinfo=UTC), date(2026, 10, 26)),
        # Christmas Day.
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), None),
    ],
)
def test_run_day_is_from_7am_in_london_on_a_working_day(moment: datetime, day: date | None) -> None:
    assert run_day(moment, HOLIDAYS) == day


@pytest.mark.parametrize(
    ("last_run", "next_run"),
    [
        (datetime(2027, 3, 27, 7, 0, tzinfo=UTC), datetime(2027, 3, 28, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 6, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
    ],
)
def test_timetable_keeps_7am_in_london_when_the_clocks_change(last_run: datetime, next_run: datetime) -> None:
    timetable: crontab = copy(app.conf.beat_schedule["send-due-reminders"]["schedule"])
    timetable.app = app
    timetable.nowfun = lambda: last_run.astimezone(LONDON)
    assert timetable.remaining_estimate(last_run.astimezone(LONDON)) == next_run - last_run


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 11, 20), "Was due on 20 November 2026"),
        (date(2026, 11, 24), "Due today"),
        (date(2026, 11, 25), "Due in 1 working day, on 25 November 2026"),
        (date(2026, 12, 3), "Due in 7 working days, on 3 December 2026"),
        (date(2026, 12, 5), "Due in 8 working days, on 5 December 2026"),
    ],
)
def test_due_words(due_on: date, words: str) -> None:
    assert due_words(due_on, date(2026, 11, 24), HOLIDAYS) == words


@pytest.mark.parametrize("as_of", [date(2026, 12, 4), date(2026, 12, 5)])
def test_due_words_of_a_closed_day_say_that_no_working_day_is_left(as_of: date) -> None:
    words = "Due on 6 December 2026, before the next working day"
    assert due_words(date(2026, 12, 6), as_of, HOLIDAYS) == words


def test_subject_counts_and_names_the_first_day_and_no_title() -> None:
    near, far = item(date(2026, 11, 24)), item(date(2026, 12, 3), object_id=2)
    assert digest_subject([near]) == "1 milestone due on 24 November 2026"
    assert digest_subject([far, near]) == "2 milestones due, the first on 24 November 2026"
    assert digest_subject([far, item(date(2026, 12, 1), noun="agenda")]) == (
        "2 items due, the first on 1 December 2026"
    )


def test_key_names_rule_object_due_date_recipient_and_offset() -> None:
    assert item(date(2026, 12, 3), object_id=12).key(14) == "milestone_due:12:2026-12-03:7:14"


def test_what_came_in_after_its_last_day_is_told_at_that_and_only_where_no_day_is_left() -> None:
    since, until = date(2026, 11, 24), date(2026, 11, 25)
    found = {
        name: offset_late(due_on, since, until, offsets, HOLIDAYS, unit)
        for name, due_on, offsets, unit in (
            ("three weeks late", date(2026, 11, 3), {-1}, DayUnit.CALENDAR),
            ("its day is in the run", date(2026, 11, 24), {0}, DayUnit.WORKING),
            ("a day is left", date(2026, 11, 27), {14, 0}, DayUnit.WORKING),
            ("ends in half the time", date(2027, 2, 1), {730, 365, 180}, DayUnit.CALENDAR),
            ("a year ago", date(2025, 11, 3), {-1}, DayUnit.CALENDAR),
            ("told 14 days after, 91 days ago", date(2026, 8, 12), {-14}, DayUnit.CALENDAR),
        )
    }
    assert found == {
        "three weeks late": -1,
        "its day is in the run": None,
        "a day is left": None,
        "ends in half the time": 180,
        "a year ago": None,
        "told 14 days after, 91 days ago": None,
    }
