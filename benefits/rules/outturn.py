"""What a year is expected to come out at (F-17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from core.rules.assessment import NotAssessable
from core.rules.rounding import round_half_up

_MONTHS = 12


def forecast_outturn(actual_by_period: Mapping[int, int], forecast_by_month: Sequence[int]) -> int:
    """Actual amounts, claimed and verified, up to the last month returned, then the forecast (F-17).

    `forecast_by_month` has 12 values, April first. Nothing is extrapolated.
    """
    returned = max(actual_by_period, default=0)
    return sum(actual_by_period.values()) + sum(forecast_by_month[returned:])


def run_rate_outturn(actual_by_period: Mapping[int, int]) -> int | NotAssessable:
    """The year if the rest goes on as the months up to the last one returned (F-17), in pence.

    Only where the owner of the line chooses this method; not assessable before the first month.
    """
    returned = max(actual_by_period, default=0)
    if returned == 0:
        return NotAssessable("No month has been returned yet")
    return round_half_up(Fraction(sum(actual_by_period.values()) * _MONTHS, returned))
