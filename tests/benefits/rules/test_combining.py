"""Cumulative measures, averages and latest values over a year and over years."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import Combining
from benefits.rules.combining import NOT_STATED, NOTHING, all_years, combine, up_to, year_value

DAYS = {1: Decimal(26), 3: Decimal(20), 2: Decimal("23.5")}
VALUES = st.lists(st.decimals(-1000, 1000, places=3), min_size=1, max_size=24)


def test_year_of_claims_adds_up_days_are_averaged_and_a_waiting_list_is_its_last():
    found = {combining: year_value(DAYS, combining) for combining in Combining}
    assert found == {
        Combining.SUM: Fraction(139, 2),
        Combining.AVERAGE: Fraction(139, 6),
        Combining.LATEST: Fraction(20),
        Combining.NOT_STATED: NOT_STATED,
    }


def test_year_measured_as_a_whole_is_that_value_and_one_value_needs_no_rule():
    assert year_value({**DAYS, None: Decimal(21)}, Combining.SUM) == 21
    assert year_value({4: Decimal(7)}, Combining.NOT_STATED) == 7
    assert year_value({}, Combining.SUM) == NOTHING


def test_values_run_up_month_by_month():
    assert up_to(DAYS, Combining.SUM) == {1: 26, 2: Fraction(99, 2), 3: Fraction(139, 2)}
    assert up_to(DAYS, Combining.LATEST) == {1: 26, 2: Fraction(47, 2), 3: 20}
    assert up_to(DAYS, Combining.AVERAGE) == {1: 26, 2: Fraction(99, 4), 3: Fraction(139, 6)}


def test_average_of_years_is_of_their_values_and_not_of_their_averages():
    years = [{1: Decimal(10), 2: Decimal(20)}, {None: Decimal(30)}]
    assert all_years(years, Combining.AVERAGE) == 20
    assert all_years(years, Combining.SUM) == 60
    assert all_years(years, Combining.LATEST) == 30
    assert all_years([], Combining.LATEST) == NOTHING


@given(VALUES)
def test_average_lies_between_the_values_and_times_their_number_is_the_sum(values):
    average, total = combine(values, Combining.AVERAGE), combine(values, Combining.SUM)
    assert min(values) <= average <= max(values)
    assert average * len(values) == total
