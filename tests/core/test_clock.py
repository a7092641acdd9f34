"""The day is London's day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_london_date_follows_summer_time(moment: datetime, day: date):
    assert clock.london_date(moment) == day


def test_today_is_the_london_date_of_now():
    before = clock.london_date(clock.now())
    today = clock.today()
    assert today in {before, clock.london_date(clock.now())}
    assert clock.now().utcoffset() == timedelta(0)
