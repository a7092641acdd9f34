"""Entry criteria (F-24), both readings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.assessment import NotApplicable, NotAssessable
from services.enums import Confidence
from services.rules.east_kent_rule import (
    EntryTest,
    amount_of_period,
    budget_reduction_test,
    savings_entry_test,
    year_of_operation,
)

BUDGETS = {"Canterbury": 800_000_000, "Dover": 550_000_000, "Thanet": 710_000_000}


def test_illustrative_budgets_fail_by_160_000_pounds():
    assert savings_entry_test(190_000_000, BUDGETS, Confidence.HIGH) == EntryTest(
        False,
        Fraction(950, 103),
        206_000_000,
        16_000_000,
        "9.22% saved of 10.00% needed, £160,000.00 short",
    )


def test_exactly_ten_percent_passes_and_a_penny_less_fails():
    passed = savings_entry_test(206_000_000, BUDGETS, Confidence.HIGH)
    failed = savings_entry_test(205_999_999, BUDGETS, Confidence.HIGH)
    assert isinstance(passed, EntryTest)
    assert isinstance(failed, EntryTest)
    assert (passed.is_passed, passed.shortfall_pence, failed.is_passed, failed.shortfall_pence) == (
        True,
        0,
        False,
        1,
    )


def test_uncertain_quality_fails_whatever_the_money():
    result = savings_entry_test(400_000_000, BUDGETS, Confidence.MEDIUM)
    assert isinstance(result, EntryTest)
    assert not result.is_passed
    assert result.reason == "19.42% saved of 10.00% needed. Quality is not certain"


@pytest.mark.parametrize(
    ("saving", "budgets", "quality", "reason"),
    [
        (
            190_000_000,
            {**BUDGETS, "Dover": None, "Thanet": None},
            "high",
            "Starting budget is not stated for Dover and Thanet",
        ),
        (190_000_000, {}, "high", "Starting budget is not stated"),
        (None, BUDGETS, "high", "Annual saving in the year of operation is not stated"),
        (190_000_000, BUDGETS, None, "Certainty of quality is not stated"),
        (190_000_000, BUDGETS, "", "Certainty of quality is not stated"),
    ],
)
def test_missing_input_is_not_assessable(
    saving: int | None, budgets: dict[str, int | None], quality: str | None, reason: str
):
    assert savings_entry_test(saving, budgets, quality) == NotAssessable(reason)


def test_budget_of_nothing_is_not_applicable():
    nothing = NotApplicable("Starting budget is not above £0")
    assert savings_entry_test(0, {"Dover": 0}, "high") == nothing
    assert budget_reduction_test(0, 0) == nothing


@pytest.mark.parametrize(
    ("later_budget", "is_passed", "percent"),
    [(360_000_000, True, Fraction(10)), (361_000_000, False, Fraction(39, 4))],
)
def test_budget_reduction(later_budget: int, is_passed: bool, percent: Fraction):
    result = budget_reduction_test(400_000_000, later_budget)
    assert isinstance(result, EntryTest)
    assert (result.is_passed, result.percent) == (is_passed, percent)


def test_budget_reduction_on_seed_data_alone_is_not_assessable():
    assert budget_reduction_test(None, None) == NotAssessable("Starting budget is not stated")
    assert budget_reduction_test(400_000_000, None) == NotAssessable(
        "Budget of the year of operation is not stated"
    )


def test_year_of_operation_is_not_the_financial_year():
    assert year_of_operation(date(2011, 4, 1)) == (date(2012, 4, 1), date(2013, 3, 31))
    assert year_of_operation(date(2027, 10, 19)) == (date(2028, 10, 19), date(2029, 10, 18))
    assert year_of_operation(date(2028, 2, 29)) == (date(2029, 3, 1), date(2030, 2, 28))
    assert year_of_operation(date(2028, 2, 29), 5) == (date(2032, 2, 29), date(2033, 2, 28))


@given(st.integers(1, 10**11), st.integers(0, 10**11))
def test_both_readings_agree_where_the_saving_is_the_reduction(starting: int, later: int):
    by_saving = savings_entry_test(starting - later, {"All": starting}, Confidence.HIGH)
    assert by_saving == budget_reduction_test(starting, later)


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (date(2012, 4, 1), date(2013, 3, 31), 1_200),
        (date(2012, 10, 1), date(2013, 9, 30), 600 + 1_200),
        (
            date(2013, 6, 1),
            date(2014, 5, 31),
            NotAssessable("The appraisal period does not hold 2014 to 2015"),
        ),
    ],
)
def test_amount_of_a_period_out_of_financial_years(
    first_on: date, last_on: date, expected: int | NotAssessable
):
    assert amount_of_period({2012: 1_200, 2013: 2_400}, first_on, last_on) == expected


def test_amount_of_a_period_from_within_a_month_counts_days():
    found = amount_of_period({2012: 36_500, 2013: 73_000}, date(2012, 4, 11), date(2013, 4, 10))
    assert found == 35_500 + 2_000
