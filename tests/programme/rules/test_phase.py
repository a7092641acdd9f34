"""Where a phase stands on a day."""

from __future__ import annotations

from datetime import date

import pytest

from core.rules.dates import ImpreciseDate
from programme.enums import PhaseState
from programme.rules.phase import PhaseProgress, phase_state

NOVEMBER_2016 = date(2016, 11, 30)
EARLY_2017 = ImpreciseDate.approx(date(2017, 1, 1), date(2017, 3, 31), "early 2017")


@pytest.mark.parametrize(
    ("start", "due", "stated_state", "progress"),
    [
        (ImpreciseDate.year(2012), None, PhaseState.DONE_UNDATED, PhaseProgress.DONE),
        (None, EARLY_2017, PhaseState.IN_PROGRESS, PhaseProgress.IN_PROGRESS),
        (ImpreciseDate.year(2015), None, PhaseState.IN_PROGRESS, PhaseProgress.IN_PROGRESS),
    ],
)
def test_three_phases_in_november_2016(
    start: ImpreciseDate | None, due: ImpreciseDate | None, stated_state: str, progress: PhaseProgress
):
    assert (
        phase_state(start=start, due=due, actual_end=None, stated_state=stated_state, as_of=NOVEMBER_2016)
        == progress
    )


@pytest.mark.parametrize(
    ("as_of", "progress"),
    [
        (date(2008, 5, 31), PhaseProgress.PLANNED),
        (date(2008, 6, 29), PhaseProgress.PLANNED),
        (date(2008, 6, 30), PhaseProgress.IN_PROGRESS),
        (date(2009, 1, 31), PhaseProgress.IN_PROGRESS),
        (date(2009, 2, 1), PhaseProgress.OVERDUE),
    ],
)
def test_dates_decide_where_the_outcome_is_not_stated(as_of: date, progress: PhaseProgress):
    assert (
        phase_state(
            start=ImpreciseDate.month(2008, 6),
            due=ImpreciseDate.day(date(2009, 1, 31)),
            actual_end=None,
            stated_state=PhaseState.OUTCOME_NOT_STATED,
            as_of=as_of,
        )
        == progress
    )


@pytest.mark.parametrize(
    ("stated_state", "progress"),
    [
        (PhaseState.IN_PROGRESS, PhaseProgress.IN_PROGRESS),
        (PhaseState.PLANNED, PhaseProgress.PLANNED),
        ("", PhaseProgress.PLANNED),
    ],
)
def test_what_is_stated_decides_inside_an_imprecise_start(stated_state: str, progress: PhaseProgress):
    assert (
        phase_state(
            start=ImpreciseDate.year(2016),
            due=ImpreciseDate.year(2017),
            actual_end=None,
            stated_state=stated_state,
            as_of=NOVEMBER_2016,
        )
        == progress
    )


def test_phase_has_not_begun_before_the_first_day_of_its_start_whatever_is_stated():
    assert (
        phase_state(
            start=ImpreciseDate.year(2016),
            due=None,
            actual_end=None,
            stated_state=PhaseState.IN_PROGRESS,
            as_of=date(2015, 12, 31),
        )
        == PhaseProgress.PLANNED
    )


def test_phase_is_done_from_the_last_day_of_its_end():
    days = [date(2016, 9, 29), date(2016, 9, 30)]
    assert [
        phase_state(
            start=ImpreciseDate.year(2015),
            due=None,
            actual_end=ImpreciseDate.month(2016, 9),
            stated_state=PhaseState.DONE,
            as_of=day,
        )
        for day in days
    ] == [PhaseProgress.IN_PROGRESS, PhaseProgress.DONE]


def test_indicative_phase_is_not_committed_so_never_overdue():
    assert (
        phase_state(
            start=None,
            due=ImpreciseDate.year(2012),
            actual_end=None,
            stated_state=PhaseState.INDICATIVE,
            as_of=NOVEMBER_2016,
        )
        == PhaseProgress.INDICATIVE
    )
