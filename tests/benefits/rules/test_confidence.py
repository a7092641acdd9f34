"""Forecasts weighed by confidence (F-18)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.confidence import confidence_weighted
from services.enums import Confidence


def test_worked_example():
    amounts = [
        (Confidence.HIGH, 20_000_000),
        (Confidence.MEDIUM, 12_000_000),
        (Confidence.LOW, 8_000_000),
    ]
    assert confidence_weighted(amounts) == 33_000_000


def test_sum_is_rounded_once():
    assert confidence_weighted([("low", 1), ("low", 1), ("low", 1)]) == 2
    assert confidence_weighted([("low", -1)]) == -1
    assert confidence_weighted([]) == 0


def test_unknown_confidence_is_an_error():
    with pytest.raises(ValueError, match="certain"):
        confidence_weighted([("certain", 1)])


@given(st.lists(st.tuples(st.sampled_from(Confidence), st.integers(0, 10**11))))
def test_weighted_forecast_lies_between_half_and_all(amounts: list[tuple[str, int]]):
    total = sum(pence for _, pence in amounts)
    assert total / 2 <= confidence_weighted(amounts) <= total
