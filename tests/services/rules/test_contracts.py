"""Contract ends: the two-year warning, and the time in which most councils can leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enums import ContractStage
from services.rules.contracts import Contract, Window, months_after, stage_of, start_work_on, widest_window


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2028, 2, 29), -24, date(2026, 2, 28)),
        (date(2027, 1, 5), -1, date(2026, 12, 5)),
        (date(2027, 1, 5), 0, date(2027, 1, 5)),
    ],
)
def test_months_keep_the_day_or_take_the_last(day, months, expected):
    assert months_after(day, months) == expected


def test_work_starts_two_years_before_the_end():
    """South Oxfordshire and Vale started two years before the first contract expired."""
    assert start_work_on(date(2029, 9, 30)) == date(2027, 9, 30)


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        (date(2027, 9, 29), ContractStage.LATER),
        (date(2027, 9, 30), ContractStage.START_NOW),
        (date(2029, 9, 30), ContractStage.START_NOW),
        (date(2029, 10, 1), ContractStage.ENDED),
    ],
)
def test_stage_of_a_contract(as_of, stage):
    assert stage_of(date(2029, 9, 30), as_of) == stage


def test_widest_window_takes_most_councils_and_then_the_earliest_time():
    ashmere = Contract("Ashmere", date(2028, 3, 31))
    brockvale = Contract("Brockvale", date(2029, 3, 31))
    carrick = Contract("Carrick", date(2029, 4, 1))
    assert widest_window([ashmere, brockvale, carrick], 12) == Window(
        ("Ashmere", "Brockvale"), date(2028, 3, 31), date(2029, 3, 31)
    )
    assert widest_window([ashmere, brockvale, carrick], 13) == Window(
        ("Ashmere", "Brockvale", "Carrick"), date(2028, 3, 31), date(2029, 4, 1)
    )
    assert widest_window([], 12) is None


def test_break_lets_a_council_leave_early():
    """Sutton's contract ended in 2014 with a break in 2009; the other three ended in 2008."""
    three = [Contract(name, date(2008, 9, 30)) for name in ("Croydon", "Kingston", "Merton")]
    sutton = Contract("Sutton", date(2014, 3, 31), date(2009, 3, 31))
    assert widest_window([*three, sutton], 12) == Window(
        ("Croydon", "Kingston", "Merton", "Sutton"), date(2008, 9, 30), date(2009, 3, 31)
    )
    assert widest_window([*three, Contract("Sutton", date(2014, 3, 31))], 12) == Window(
        ("Croydon", "Kingston", "Merton"), date(2008, 9, 30), date(2008, 9, 30)
    )


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 2000)), min_size=1, max_size=6), st.integers(0, 48))
def test_everyone_in_the_window_can_leave_in_it(spans, months):
    contracts = [
        Contract(str(index), end, end - timedelta(days=early)) for index, (end, early) in enumerate(spans)
    ]
    window = widest_window(contracts, months)
    inside = [one for one in contracts if one.name in window.names]
    assert window.first_on <= window.last_on <= months_after(window.first_on, months)
    assert all(one.leaves_from <= window.last_on and one.end_on >= window.first_on for one in inside)
    for one in contracts:
        alone = sum(
            other.leaves_from <= months_after(one.end_on, months) and other.end_on >= one.end_on
            for other in contracts
        )
        assert alone <= len(inside)
