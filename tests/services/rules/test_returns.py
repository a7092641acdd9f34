"""ROI, exit ratio, pounds a household, whole life (F-10, F-32, F-33, row 50)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core.errors import Refusal
from core.rules.assessment import NotApplicable
from services.rules.returns import check_whole_life, exit_ratio, per_household, roi_percent


def test_return_on_investment():
    assert roi_percent(687_465_000, 454_000_000) == Decimal("51.4")
    assert roi_percent(184_000_000, 75_000_000) == Decimal("145.3")
    assert roi_percent(50, 100) == Decimal("-50.0")
    assert roi_percent(50, 0) == NotApplicable("There is no investment to compare the return with")


@pytest.mark.parametrize("saving", [0, -1])
def test_exit_ratio_needs_a_saving(saving: int):
    assert exit_ratio(80_000_000, saving) == NotApplicable(
        "There is no annual net saving to compare the exit cost with"
    )


def test_exit_ratio():
    assert (exit_ratio(80_000_000, 50_000_000), exit_ratio(0, 1)) == (Fraction(8, 5), Fraction(0))


def test_pounds_a_household():
    assert per_household(62_442_000, Decimal("57341.2")) == 1_089
    assert per_household(-62_442_000, Decimal("57341.2")) == -1_089
    assert per_household(1, Decimal(0)) == NotApplicable("The tax base is not above 0")


@pytest.mark.parametrize("reason", ["", "  "])
def test_whole_life_that_is_not_annual_times_term_needs_a_reason(reason: str):
    with pytest.raises(Refusal) as refused:
        check_whole_life(15_424_401, 5_141_400, 3, reason)
    assert (refused.value.code, refused.value.field, refused.value.message) == (
        "50",
        "whole_life_pence",
        "Whole-life saving is £154,244.01 but £51,414 x 3 is £154,242. Check both",
    )
    assert check_whole_life(15_424_400, 5_141_400, 3, "As printed") is None
    assert check_whole_life(15_424_200, 5_141_400, 3) is None
