"""Variances against both plans (F-16)."""

from __future__ import annotations

from datetime import date

from benefits.rules.variance import Variance, is_in_cut_off, to_date, variance

PLAN = [0, 15_000_000, 31_200_000, 31_200_000]
FORECAST = [0, 12_000_000, 30_000_000, 33_000_000]


def test_forecast_worked_example():
    assert (sum(PLAN), sum(FORECAST)) == (77_400_000, 75_000_000)
    assert variance(sum(FORECAST), sum(PLAN), sum(PLAN)) == Variance(-2_400_000, -2_400_000)


def test_variance_shows_both_plans():
    assert variance(100, 90, 120) == Variance(10, -20)


def test_a_period_counts_from_its_last_day():
    assert [is_in_cut_off(2026, 1, day) for day in (date(2026, 4, 29), date(2026, 4, 30))] == [False, True]
    assert [is_in_cut_off(2026, None, day) for day in (date(2027, 3, 30), date(2027, 3, 31))] == [False, True]


def test_to_date_leaves_out_what_has_not_ended():
    amounts = [(2025, None, 500), (2026, 1, 10), (2026, 7, 20), (2026, 8, 40), (2026, None, 1_000)]
    assert to_date(amounts, date(2026, 11, 24)) == 530
    assert to_date([], date(2026, 11, 24)) == 0
