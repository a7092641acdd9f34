"""What a saving that starts later costs."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.later_start import delay_cost, full_year_worth, start_of

GO_LIVE = date(2027, 4, 1)
days = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def test_cost_of_a_delay_follows_part_year_effects():
    """F-04: from 1 April all of £480,000, from 19 April 348 of 366 days of it, from 1 July 9 months."""
    full_year = 480_000_00

    assert delay_cost(full_year, GO_LIVE, date(2027, 4, 19)) == full_year - 456_393_44
    assert delay_cost(full_year, GO_LIVE, date(2027, 7, 1)) == 120_000_00
    assert delay_cost(full_year, GO_LIVE, date(2028, 4, 1)) == full_year
    assert delay_cost(full_year, date(2027, 7, 1), GO_LIVE) == -120_000_00


@given(days, days, days)
def test_two_delays_cost_what_one_over_both_costs(first, second, third):
    whole = delay_cost(365_00, first, third)

    assert delay_cost(365_00, first, second) + delay_cost(365_00, second, third) == whole


def test_start_and_worth_of_a_full_year():
    assert start_of(GO_LIVE, [date(2027, 4, 19), None]) == date(2027, 4, 19)
    assert start_of(None, [None]) is None
    assert full_year_worth(1, {2028: 2}, GO_LIVE) == 1
    assert full_year_worth(None, {2027: 1, 2028: 2}, GO_LIVE) == 2
    assert full_year_worth(None, {2027: 1}, GO_LIVE) is None
