"""Real terms (F-11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.rounding import format_percent
from services.rules.deflators import (
    deflators_of,
    equivalent_nominal_rate,
    real_pence,
    to_real_terms,
)

DEFLATORS = deflators_of("2026-03")


def test_real_terms_worked_example():
    assert to_real_terms(50_000_000, Decimal("104.04"), Decimal(100)) == 48_058_439


def test_equivalent_nominal_rate_worked_example():
    rate = equivalent_nominal_rate(Fraction(35, 1000), Fraction(2, 100))
    assert format_percent(rate * 100, 2) == "5.57%"


def test_series_is_dated_sourced_and_says_which_years_are_forecasts():
    assert (DEFLATORS.version, DEFLATORS.effective_from) == ("2026-03", date(2026, 3, 31))
    assert DEFLATORS.source.startswith("HM Treasury, GDP deflators at market prices, March 2026")
    assert (DEFLATORS.index(2024), DEFLATORS.index(2020)) == (Decimal("100.0000"), Decimal("85.1002"))
    assert DEFLATORS.forecast_fys == frozenset(range(2025, 2031))
    assert sorted(DEFLATORS.index_by_fy) == list(range(2000, 2031))


def test_published_yearly_changes_follow_from_the_series():
    changes = {
        fy: format_percent((DEFLATORS.index(fy) / DEFLATORS.index(fy - 1) - 1) * 100, 2)
        for fy in (2021, 2022, 2024)
    }
    assert changes == {2021: "0.24%", 2022: "7.03%", 2024: "4.05%"}


def test_year_without_a_deflator_is_refused():
    with pytest.raises(Refusal) as refused:
        real_pence(100, 2031, 2026, DEFLATORS)
    assert refused.value.message == (
        "There is no deflator for 2031 to 2032. They run from 2000 to 2001 to 2030 to 2031"
    )


def test_unknown_version_is_refused():
    with pytest.raises(Refusal) as refused:
        deflators_of("2025-12")
    assert refused.value.code == "32"


def test_base_year_stays_as_it_is():
    assert real_pence(12_345, 2026, 2026, DEFLATORS) == 12_345


@given(st.integers(0, 10**12), st.integers(2000, 2030), st.integers(2000, 2030))
def test_there_and_back_is_the_amount_within_rounding(pence: int, fy: int, base: int):
    there = real_pence(pence, fy, base, DEFLATORS)
    ratio = Fraction(DEFLATORS.index(fy)) / Fraction(DEFLATORS.index(base))
    assert abs(real_pence(there, base, fy, DEFLATORS) - pence) <= (ratio + 1) / 2
