"""Clear days and call-in (F-29, F-30, F-31)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import notice
from core.rules.calendar import bank_holidays, next_working_day, working_days_between

HOLIDAYS = bank_holidays()
FIVE_PM = time(17)
any_day = st.dates(date(2005, 1, 1), date(2028, 6, 30))


def test_earliest_key_decision_after_28_clear_days():
    assert notice.earliest_after_clear_days(date(2026, 9, 1), 28) == date(2026, 9, 30)


def test_publish_by_for_a_key_decision_in_january():
    assert notice.publish_by_clear_days(date(2027, 1, 20), 28) == date(2026, 12, 22)


def test_five_clear_working_days_are_stricter_than_five_calendar_days():
    notice_on = date(2027, 1, 11)
    assert notice.earliest_after_clear_working_days(notice_on, 5, HOLIDAYS) == date(2027, 1, 19)
    assert notice.earliest_after_clear_days(notice_on, 5) == date(2027, 1, 17)


@pytest.mark.parametrize(
    ("meeting_on", "publish_by"),
    [(date(2027, 1, 20), date(2027, 1, 12)), (date(2027, 1, 6), date(2026, 12, 24))],
)
def test_agenda_with_five_clear_working_days(meeting_on: date, publish_by: date):
    assert notice.publish_by_clear_working_days(meeting_on, 5, HOLIDAYS) == publish_by


@pytest.mark.parametrize(
    ("published_on", "working_days", "closes_on", "effective_on"),
    [
        (date(2026, 12, 18), 5, date(2026, 12, 29), date(2026, 12, 30)),
        (date(2027, 3, 22), 5, date(2027, 3, 31), date(2027, 4, 1)),
        (date(2027, 1, 12), 3, date(2027, 1, 15), date(2027, 1, 16)),
        (date(2027, 1, 8), 5, date(2027, 1, 15), date(2027, 1, 16)),
    ],
)
def test_call_in_closes_on_the_nth_working_day(
    published_on: date, working_days: int, closes_on: date, effective_on: date
):
    assert notice.call_in_period(published_on, working_days, FIVE_PM, HOLIDAYS) == notice.CallInPeriod(
        closes_on, FIVE_PM, effective_on
    )


def test_call_in_close_in_words():
    period = notice.call_in_period(date(2026, 12, 18), 5, FIVE_PM, HOLIDAYS)
    assert period.closes_in_words() == "5pm on 29 December 2026"


def test_programme_takes_effect_with_the_last_council():
    cabinet_a = notice.call_in_period(date(2026, 12, 18), 5, FIVE_PM, HOLIDAYS).effective_on
    cabinet_b = notice.call_in_period(date(2027, 1, 8), 5, FIVE_PM, HOLIDAYS).effective_on
    full_council_c = date(2027, 1, 14)
    councils = [cabinet_a, cabinet_b, full_council_c]
    assert notice.programme_effective_on(councils) == date(2027, 1, 16)
    assert notice.programme_effective_on(councils, not_before=date(2027, 4, 1)) == date(2027, 4, 1)
    assert notice.programme_effective_on(councils, not_before=date(2027, 1, 1)) == date(2027, 1, 16)
    assert notice.programme_effective_on(councils, condition_dates=[date(2027, 2, 1)]) == date(2027, 2, 1)


def test_programme_has_no_effective_date_while_one_is_awaited():
    assert notice.programme_effective_on([date(2027, 1, 16), None]) is None
    assert notice.programme_effective_on([date(2027, 1, 16)], condition_dates=[None]) is None
    assert notice.programme_effective_on([]) is None


@given(any_day, st.integers(0, 30))
def test_working_notice_given_at_the_last_moment_is_just_enough(day: date, clear_days: int):
    published_on = next_working_day(day, HOLIDAYS)
    meeting_on = notice.earliest_after_clear_working_days(published_on, clear_days, HOLIDAYS)
    assert notice.publish_by_clear_working_days(meeting_on, clear_days, HOLIDAYS) == published_on
    assert working_days_between(published_on, meeting_on - timedelta(days=1), HOLIDAYS) == clear_days


@given(any_day, st.integers(0, 60))
def test_calendar_notice_leaves_exactly_the_clear_days(day: date, clear_days: int):
    meeting_on = notice.earliest_after_clear_days(day, clear_days)
    assert (meeting_on - day).days - 1 == clear_days
    assert notice.publish_by_clear_days(meeting_on, clear_days) == day
