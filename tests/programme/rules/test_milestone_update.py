"""What may be recorded of a milestone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import Refusals
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState
from programme.rules.milestone_update import (
    MilestoneRecord,
    check_record,
    clean_record,
    programme_period,
    same_date,
    state_after,
)

TODAY = date(2026, 11, 24)
PERIOD = (date(2026, 1, 5), date(2032, 3, 31))
EMPTY = MilestoneRecord(forecast=None, actual=None, evidence="", note="")
PLANNED = replace(EMPTY, forecast=ImpreciseDate.day(date(2026, 12, 14)))
ACHIEVED = replace(PLANNED, actual=ImpreciseDate.day(TODAY), evidence="ICT-114 signed list")


def refused(before: MilestoneRecord, after: MilestoneRecord, *, needs_evidence: bool = False) -> list[tuple]:
    """Each refusal as (field, row, message)."""
    with pytest.raises(Refusals) as said:
        check_record(before, after, needs_evidence=needs_evidence, as_of=TODAY, period=PERIOD)
    return [(refusal.field, refusal.code, refusal.message) for refusal in said.value.refusals]


def test_actual_date_tomorrow_is_refused() -> None:
    tomorrow = replace(PLANNED, actual=ImpreciseDate.day(TODAY + timedelta(days=1)))
    assert refused(PLANNED, tomorrow) == [
        ("achieved_on", "11", "Actual date must be today or in the past"),
    ]


def test_actual_date_today_is_accepted() -> None:
    check_record(PLANNED, ACHIEVED, needs_evidence=True, as_of=TODAY, period=PERIOD)


def test_key_milestone_without_evidence_is_refused() -> None:
    bare = replace(ACHIEVED, evidence="")
    message = "Add evidence that the milestone was achieved"
    assert refused(PLANNED, bare, needs_evidence=True) == [("evidence", "53", message)]
    assert refused(ACHIEVED, bare, needs_evidence=True) == [("evidence", "53", message)]
    check_record(PLANNED, bare, needs_evidence=False, as_of=TODAY, period=PERIOD)


def test_note_on_a_key_milestone_that_came_without_evidence_is_accepted() -> None:
    came = replace(ACHIEVED, evidence="")
    check_record(came, replace(came, note="Seen"), needs_evidence=True, as_of=TODAY, period=PERIOD)


def test_forecast_taken_away_is_refused_until_achieved() -> None:
    assert refused(PLANNED, EMPTY) == [("forecast_on", "9", "Enter a real date, for example 30 4 2027")]
    check_record(PLANNED, replace(ACHIEVED, forecast=None), needs_evidence=True, as_of=TODAY, period=PERIOD)
    check_record(EMPTY, replace(EMPTY, note="Seen"), needs_evidence=True, as_of=TODAY, period=PERIOD)


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2032, 4, 1)])
def test_forecast_outside_the_programme_is_refused(day: date) -> None:
    assert refused(PLANNED, replace(PLANNED, forecast=ImpreciseDate.day(day))) == [
        ("forecast_on", "13", "Date must be between 5 January 2026 and 31 March 2032"),
    ]


@pytest.mark.parametrize("day", PERIOD)
def test_forecast_on_the_edges_of_the_programme_is_accepted(day: date) -> None:
    after = replace(PLANNED, forecast=ImpreciseDate.day(day))
    check_record(PLANNED, after, needs_evidence=False, as_of=TODAY, period=PERIOD)


def test_any_forecast_is_accepted_where_the_period_is_not_stated() -> None:
    after = replace(PLANNED, forecast=ImpreciseDate.day(date(1999, 1, 1)))
    check_record(PLANNED, after, needs_evidence=False, as_of=TODAY, period=None)


def test_several_problems_are_said_at_once() -> None:
    after = replace(
        EMPTY,
        forecast=ImpreciseDate.day(date(2040, 1, 1)),
        actual=ImpreciseDate.day(date(2026, 11, 25)),
    )
    assert [field for field, _, _ in refused(PLANNED, after, needs_evidence=True)] == [
        "forecast_on",
        "achieved_on",
        "evidence",
    ]


def test_texts_are_trimmed_and_too_long_ones_refused() -> None:
    assert clean_record(replace(EMPTY, evidence=" a ", note="b\r\nc ")) == replace(
        EMPTY, evidence="a", note="b\nc"
    )
    with pytest.raises(Refusals) as said:
        clean_record(replace(EMPTY, evidence="e" * 501, note="n" * 4_001))
    assert [(refusal.field, refusal.message) for refusal in said.value.refusals] == [
        ("evidence", "Evidence must be 500 characters or less"),
        ("note", "Note must be 4,000 characters or less"),
    ]


def test_state_follows_the_actual_date_alone() -> None:
    assert state_after(MilestoneState.IN_PROGRESS, PLANNED, ACHIEVED) == MilestoneState.DONE
    assert state_after(MilestoneState.DONE, ACHIEVED, PLANNED) == MilestoneState.PLANNED
    unchanged = replace(PLANNED, note="Seen")
    assert state_after(MilestoneState.DONE_UNDATED, PLANNED, unchanged) == MilestoneState.DONE_UNDATED


def test_dates_compare_by_their_days_not_their_words() -> None:
    april = ImpreciseDate.month(2011, 4)
    assert same_date(april, ImpreciseDate.approx(april.first_on, april.last_on, "in April"))
    assert same_date(None, None)
    assert not same_date(april, None)
    assert not same_date(april, ImpreciseDate.day(date(2011, 4, 30)))


def test_period_starts_with_the_first_phase_or_the_base_year() -> None:
    assert programme_period(None, 5, date(2026, 1, 5)) is None
    assert programme_period(2026, 5, None) == (date(2026, 4, 1), date(2032, 3, 31))
    assert programme_period(2026, 5, date(2026, 1, 5)) == PERIOD
    assert programme_period(2026, 5, date(2026, 6, 1)) == (date(2026, 4, 1), date(2032, 3, 31))
