"""What a year is expected to come out at (F-17)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from core.rules.assessment import NotAssessable
from core.rules.rounding import round_half_up

_MONTHS = 12


def remaining_forecast(forecast: Mapping[int, int], returned: Collection[int]) -> dict[int, int]:
    """The forecast of the periods that remain: those after the last month returned, of any year (F-17).

    What was forecast for an earlier month and never returned is not expected any more.
    """
    last = max(returned, default=None)
    return {month: pence for month, pence in forecast.items() if last is None or month > last}


def forecast_outturn(
    actual_by_period: Mapping[int, int],
    forecast_by_month: Sequence[int],
    *,
    later_months: Collection[int] = (),
) -> int:
    """Actual amounts, claimed and verified, then the forecast of the periods that remain (F-17).

    `forecast_by_month` has 12 values, April first. `later_months` were returned in years after this one,
    counted on from it: the next April is 13. Nothing is extrapolated.
    """
    forecast = dict(enumerate(forecast_by_month, 1))
    remaining = remaining_forecast(forecast, [*actual_by_period, *later_months])
    return sum(actual_by_period.values()) + sum(remaining.values())


def run_rate_outturn(actual_by_period: Mapping[int, int]) -> int | NotAssessable:
    """The year if the rest goes on as the months up to the last one returned (F-17), in pence.

    Only where the owner of the line chooses this method; not assessable before the first month.
    """
    returned = max(actual_by_period, default=0)
    if returned == 0:
        return NotAssessable("No month has been returned yet")
    return round_half_up(Fraction(sum(actual_by_period.values()) * _MONTHS, returned))
