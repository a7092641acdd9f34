from decimal import Decimal
from fractions import Fraction

import pytest

from benefits.rules.progress import measure_progress_percent
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import format_percent


@pytest.mark.parametrize(
    ("starting", "target", "actual", "text"),
    [("26", "13", "15", "84.6%"), ("44", "65", "70", "123.8%"), ("10", "20", "5", "−50.0%")],
)
def test_progress_works_in_both_directions(starting, target, actual, text):
    progress = measure_progress_percent(Decimal(starting), Decimal(target), Decimal(actual))
    assert isinstance(progress, Fraction)
    assert format_percent(progress) == text


def test_progress_without_a_target_is_never_divided():
    assert measure_progress_percent(Decimal(1), None, Decimal(2)) == NotApplicable("No target is set")
    assert measure_progress_percent(Decimal(1), Decimal(1), Decimal(2)) == NotApplicable(
        "The target is the starting value"
    )


def test_progress_without_a_value_is_not_assessable():
    assert measure_progress_percent(None, Decimal(1), Decimal(2)) == NotAssessable(
        "No starting value is recorded"
    )
    assert measure_progress_percent(Decimal(1), Decimal(3), None) == NotAssessable(
        "No value has been measured since the start"
    )
