"""Times of day as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from core.errors import Refusal
from core.rules.times import TIME_MESSAGE, london_moment, parse_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6pm", time(18)), ("6:30pm", time(18, 30)), (" 6.30 PM ", time(18, 30)), ("18:30", time(18, 30)),
        ("18.30", time(18, 30)), ("12am", time(0)), ("12pm", time(12)), ("midday", time(12)),
        ("9:05", time(9, 5)),
    ],
)  # fmt: skip
def test_time_typed_in_any_usual_way(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "6", "25:00", "13pm", "0pm", "18:60", "6:3pm", "soon", "6 pm o'clock"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as said:
        parse_time(typed)
    assert said.value.message == TIME_MESSAGE


def test_moment_is_of_a_clock_in_london() -> None:
    assert london_moment(date(2026, 7, 1), time(18)) == datetime(2026, 7, 1, 17, tzinfo=UTC)
    assert london_moment(date(2026, 12, 1), time(18)) == datetime(2026, 12, 1, 18, tzinfo=UTC)
