"""Rounding half away from zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rounding import format_number, format_percent, round_half_up, round_ratio, round_to


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Decimal("2.4999"), 2),
        (Fraction(-1, 3), 0),
        (7, 7),
    ],
)
def test_round_half_up_goes_away_from_zero(value: Fraction, whole: int):
    assert round_half_up(value) == whole


def test_round_to_keeps_the_places():
    assert [str(round_to(value, 2)) for value in (Fraction(1, 3), Fraction(-7, 2), 5)] == [
        "0.33",
        "-3.50",
        "5.00",
    ]


def test_numbers_in_words_have_commas_and_a_true_minus():
    assert [format_number(Fraction(-24_691, 2), 1), format_percent(Fraction(969, 10))] == [
        "−12,345.5",
        "96.9%",
    ]


def test_a_negative_that_rounds_to_nothing_has_no_minus():
    assert format_percent(Fraction(-1, 100)) == "0.0%"


@given(st.fractions())
def test_rounding_is_odd_and_never_off_by_more_than_a_half(value: Fraction):
    assert round_half_up(-value) == -round_half_up(value)
    assert abs(round_half_up(value) - value) <= Fraction(1, 2)


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**10))
def test_ratio_rounds_as_its_fraction(numerator: int, denominator: int):
    assert round_ratio(numerator, denominator) == round_half_up(Fraction(numerator, denominator))
    assert abs(Fraction(numerator, denominator) - round_ratio(numerator, denominator)) <= Fraction(1, 2)
