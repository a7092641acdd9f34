"""Switching values (F-14)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.assessment import NotApplicable
from services.rules.switching import SwitchingValues, switching_values

NO_BENEFITS = NotApplicable("There are no benefits that could fall")
NO_COSTS = NotApplicable("There are no costs that could rise")


@pytest.mark.parametrize(
    ("pvb", "pvc", "fall", "rise"),
    [
        (124_749_081, 100_000_000, Decimal("19.84"), Decimal("24.75")),
        (182_135_942, 92_552_964, Decimal("49.18"), Decimal("96.79")),
        (50, 100, Decimal("-100.00"), Decimal("-50.00")),
        (100, 100, Decimal("0.00"), Decimal("0.00")),
        (0, 100, NO_BENEFITS, Decimal("-100.00")),
        (-5, 0, NO_BENEFITS, NO_COSTS),
    ],
)
def test_switching_values(pvb: int, pvc: int, fall: Decimal | NotApplicable, rise: Decimal | NotApplicable):
    assert switching_values(pvb, pvc) == SwitchingValues(fall, rise)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_at_its_switching_value_an_option_is_worth_nothing(pvb: int, pvc: int):
    found = switching_values(pvb, pvc)
    assert isinstance(found.benefits_fall_percent, Decimal)
    assert isinstance(found.costs_rise_percent, Decimal)
    assert abs(pvb * (100 - found.benefits_fall_percent) - 100 * pvc) <= pvb * Decimal("0.005")
    assert abs(pvc * (100 + found.costs_rise_percent) - 100 * pvb) <= pvc * Decimal("0.005")
