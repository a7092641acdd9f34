"""What a year is expected to come out at (F-17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def forecast_outturn(actual_by_period: Mapping[int, int], forecast_by_month: Sequence[int]) -> int:
    """Actual amounts, claimed and verified, up to the last month returned, then the forecast of the rest.

    `forecast_by_month` has 12 values, April first. Nothing is extrapolated.
    """
    returned = max(actual_by_period, default=0)
    return sum(actual_by_period.values()) + sum(forecast_by_month[returned:])
