"""What a year is expected to come out at (F-17)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.rules.assessment import NotAssessable
from core.rules.rounding import round_half_up

_MONTHS = 12
Month = int  # as core.rules.calendar.month_number counts them


@dataclass(frozen=True, slots=True)
class Outturn:
    """What some months come out at, in pence: amounts returned, then the forecast that remains (F-17).

    `late_pence` is the part of that forecast whose months are over all the same.
    """

    verified_pence: int = 0
    claimed_pence: int = 0
    late_pence: int = 0
    coming_pence: int = 0

    @property
    def pence(self) -> int:
        """All four together."""
        return self.verified_pence + self.claimed_pence + self.late_pence + self.coming_pence


def remaining_forecast(forecast: Mapping[Month, int], returned: Collection[Month]) -> dict[Month, int]:
    """The forecast of the periods that remain: those after the last month returned, of any year (F-17).

    What was forecast for an earlier month and never returned is not expected any more.
    """
    last = max(returned, default=None)
    return {month: pence for month, pence in forecast.items() if last is None or month > last}


def expected_outturn(
    verified: Mapping[Month, int],
    claimed: Mapping[Month, int],
    forecast: Mapping[Month, int],
    *,
    months: range,
    over_by: Month = 0,
) -> Outturn:
    """What one line gives one council in `months` (F-17): what was returned, then the forecast that remains.

    The three may hold months before and after these. `over_by` is the last month that the data cut-off
    covers. Nothing is extrapolated.
    """
    remaining = remaining_forecast(forecast, [*verified, *claimed])
    waited = {month: pence for month, pence in remaining.items() if month in months}
    return Outturn(
        verified_pence=sum(pence for month, pence in verified.items() if month in months),
        claimed_pence=sum(pence for month, pence in claimed.items() if month in months),
        late_pence=sum(pence for month, pence in waited.items() if month <= over_by),
        coming_pence=sum(pence for month, pence in waited.items() if month > over_by),
    )


def run_rate_outturn(actual_by_period: Mapping[int, int]) -> int | NotAssessable:
    """The year if the rest goes on as the months up to the last one returned (F-17), in pence.

    Only where the owner of the line chooses this method; not assessable before the first month.
    """
    returned = max(actual_by_period, default=0)
    if returned == 0:
        return NotAssessable("No month has been returned yet")
    return round_half_up(Fraction(sum(actual_by_period.values()) * _MONTHS, returned))
