"""Realisation percent (F-15, INV-35)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benefits.rules.realisation import realisation_percent
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import format_percent


@pytest.mark.parametrize(
    ("plan", "value", "percent"),
    [
        (30_000_000, 50_000_000, "166.7%"),
        (300_000_000, 350_000_000, "116.7%"),
        (40_000_000, 60_000_000, "150.0%"),
        (77_400_000, 75_000_000, "96.9%"),
        (50_000_000, 110_000_000, "220.0%"),
        (650_000_000, 385_000_000, "59.2%"),
        (100, 0, "0.0%"),
        (100, -50, "−50.0%"),
    ],
)
def test_realisation_worked_examples(plan: int, value: int, percent: str):
    result = realisation_percent(plan, value)
    assert isinstance(result, Fraction)
    assert format_percent(result) == percent


@pytest.mark.parametrize(
    ("plan", "value", "answer"),
    [
        (None, 500, NotApplicable("No target is set")),
        (None, None, NotApplicable("No target is set")),
        (0, 500, NotApplicable("Plan is not above £0. Variance is £5.00")),
        (-1_000, -2_500, NotApplicable("Plan is not above £0. Variance is −£15.00")),
        (100, None, NotAssessable("No amount is recorded")),
        (0, None, NotAssessable("No amount is recorded")),
    ],
)
def test_realisation_never_divides_by_nothing(
    plan: int | None, value: int | None, answer: NotApplicable | NotAssessable
):
    assert realisation_percent(plan, value) == answer
