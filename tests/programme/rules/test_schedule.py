"""Earliest dates, knock-on and the critical path of milestones that wait for others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.calendar import bank_holidays, working_days_between
from programme.rules.schedule import (
    Dependency,
    Move,
    check_plan_order,
    critical_path,
    float_days,
    knock_on,
    moved_by,
)

TESTING, GO_LIVE, SAVING, TRAINING = 1, 2, 3, 4
HOLIDAYS = bank_holidays()
LINKS = [Dependency(TESTING, GO_LIVE, 5), Dependency(GO_LIVE, SAVING), Dependency(TRAINING, GO_LIVE, 1)]
DATES = {
    TRAINING: date(2027, 3, 8),
    TESTING: date(2027, 3, 22),
    GO_LIVE: date(2027, 4, 1),
    SAVING: date(2027, 4, 1),
}


def test_a_slip_moves_what_waits_for_it_over_easter():
    """Good Friday and Easter Monday stand between 25 March 2027 and the fifth working day after it."""
    moves = knock_on(DATES, LINKS, {TESTING: date(2027, 3, 25)}, holidays=HOLIDAYS)

    assert moves == [
        Move(GO_LIVE, date(2027, 4, 1), date(2027, 4, 5), TESTING),
        Move(SAVING, date(2027, 4, 1), date(2027, 4, 5), GO_LIVE),
    ]
    assert [move.days for move in moves] == [4, 4]


def test_nothing_is_pulled_earlier_and_what_is_fixed_or_changed_too_stays():
    later = {TESTING: date(2027, 3, 25)}

    assert knock_on(DATES, LINKS, {TESTING: date(2027, 3, 1)}, holidays=HOLIDAYS) == []
    assert knock_on(DATES, LINKS, later, fixed={GO_LIVE}, holidays=HOLIDAYS) == []
    assert knock_on(DATES, LINKS, later | {GO_LIVE: date(2027, 4, 6)}, holidays=HOLIDAYS) == [
        Move(SAVING, date(2027, 4, 1), date(2027, 4, 6), GO_LIVE)
    ]


def test_float_and_critical_path():
    links = [Dependency(TESTING, GO_LIVE, 5), Dependency(GO_LIVE, SAVING), Dependency(TRAINING, GO_LIVE, 1)]
    dates = DATES | {GO_LIVE: date(2027, 3, 31), SAVING: date(2027, 3, 31)}

    assert float_days(dates, links, holidays=HOLIDAYS) == {TRAINING: 14, TESTING: 0, GO_LIVE: 0, SAVING: 0}
    assert critical_path(dates, links, holidays=HOLIDAYS) == [TESTING, GO_LIVE, SAVING]
    assert float_days({}, [], holidays=HOLIDAYS) == {}


def test_a_lag_broken_already_is_not_the_doing_of_a_change():
    """Testing already ends too late for go-live on 1 April; one working day more moves it by one more."""
    dates = DATES | {TESTING: date(2027, 3, 25)}

    assert critical_path(dates, LINKS, holidays=HOLIDAYS) == [TESTING, GO_LIVE, SAVING]
    assert moved_by(dates, LINKS, {TRAINING: date(2027, 3, 9)}, holidays=HOLIDAYS) == []
    assert moved_by(dates, LINKS, {TESTING: date(2027, 3, 24)}, holidays=HOLIDAYS) == []
    assert moved_by(dates, LINKS, {TESTING: date(2027, 3, 30)}, holidays=HOLIDAYS) == [
        Move(GO_LIVE, date(2027, 4, 1), date(2027, 4, 6), TESTING),
        Move(SAVING, date(2027, 4, 1), date(2027, 4, 6), GO_LIVE),
    ]


def test_a_plan_keeps_its_order():
    titles = {TESTING: "Testing", GO_LIVE: "Go-live", SAVING: "First saving", TRAINING: "Training"}

    check_plan_order(DATES | {GO_LIVE: date(2027, 4, 1)}, LINKS, titles, holidays=HOLIDAYS)
    with pytest.raises(
        Refusal, match=r"^Go-live waits for Testing\. Its planned date must be 31 March 2027 or later$"
    ):
        check_plan_order(DATES | {GO_LIVE: date(2027, 3, 25)}, LINKS, titles, holidays=HOLIDAYS)


@st.composite
def networks(draw):
    """Dates of up to eight milestones, links from lower to higher keys only, and one date that changes."""
    count = draw(st.integers(2, 8))
    days = st.integers(0, 300).map(lambda days: date(2027, 1, 1) + timedelta(days=days))
    dates = {key: draw(days) for key in range(count)}
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12))
    links = [Dependency(one, other, draw(st.integers(0, 15))) for one, other in chosen]
    return dates, links, {draw(st.integers(0, count - 1)): draw(days)}


@given(networks())
def test_after_the_knock_on_every_lag_is_kept_and_no_date_moved_without_need(network):
    dates, links, changed = network
    moves = knock_on(dates, links, changed, holidays=HOLIDAYS)
    after = dates | changed | {move.key: move.to_on for move in moves}

    broken = [
        link
        for link in links
        if working_days_between(after[link.predecessor], after[link.successor], HOLIDAYS) < link.lag_days
        and link.successor not in changed
    ]
    assert broken == []
    assert all(move.to_on > move.from_on for move in moves)
    assert knock_on(after, links, {}, fixed=set(changed), holidays=HOLIDAYS) == []
