"""Payback from two stated figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benefits.rules.payback import stated_payback
from core.rules.assessment import NotAssessable
from core.rules.rounding import round_to
from services.rules.payback import NoPayback, Payback


@pytest.mark.parametrize(
    ("one_off", "annual", "years", "words"),
    [
        (454_000_000, 137_493_000, "3.302", "3 years 4 months"),
        (100_000_000, 50_000_000, "2.000", "2 years"),
        (110_000_000, 50_000_000, "2.200", "2 years 3 months"),
        (130_000_000, 230_000_000, "0.565", "7 months"),
        (30_000_000, 35_000_000, "0.857", "11 months"),
    ],
)
def test_stated_payback_of_the_cases(one_off: int, annual: int, years: str, words: str):
    result = stated_payback(one_off, annual)
    assert isinstance(result, Payback)
    assert (str(round_to(result.years, 3)), str(result)) == (years, words)


def test_stated_payback_without_a_saving_or_a_cost():
    assert stated_payback(100, 0) == NoPayback()
    assert stated_payback(100, -5) == NoPayback()
    assert stated_payback(0, 0) == Payback(Fraction(0))


def test_stated_payback_needs_both_figures():
    assert stated_payback(None, 100) == NotAssessable("One-off cost is not stated")
    assert stated_payback(100, None) == NotAssessable("Annual net saving is not stated")
