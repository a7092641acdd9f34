"""Part-year effect, and a year's amount over its months of operation (F-03, F-04)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from core.rules.apportionment import Shares, prepare_key
from core.rules.calendar import days_in_fy, fy_end, fy_start, period, period_end, period_start
from core.rules.rounding import round_half_up

_PERIODS = range(1, 13)


def part_year_effect(full_year_pence: int, starts_on: date, fy: int) -> int:
    """What a full-year effect that starts on `starts_on` gives in a financial year (F-04).

    By whole months from the first of a month, else by days remaining in the year.
    """
    if starts_on <= fy_start(fy):
        return full_year_pence
    if starts_on > fy_end(fy):
        return 0
    if starts_on.day == 1:
        return round_half_up(Fraction(full_year_pence * (13 - period(starts_on)), 12))
    return round_half_up(Fraction(full_year_pence * _days_left(starts_on, fy), days_in_fy(fy)))


def spread_over_year(
    amount_pence: int,
    fy: int,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    full_year_pence: int | None = None,
) -> list[int]:
    """12 values, April first, that sum to a year's `amount_pence` exactly.

    Whole months of operation share it equally. From a start within a month, each full month gets a
    twelfth of the full-year effect and the first month the remainder; the effect is worked back from the
    amount by F-04 where it is not given. Where that leaves the first month less than nothing or more than
    a full month, and where the end is within a month, months share by their days of operation. An amount
    in a year without operation is spread over all of it, so that no pound is lost.
    """
    weights, parts, key = _year_of_operation(fy, starts_on, ends_on)
    if len(parts) == 1 and starts_on is not None and parts[0] == period(starts_on) - 1:
        full_year = _full_year(amount_pence, starts_on, fy) if full_year_pence is None else full_year_pence
        months = _first_month_remainder(amount_pence, weights, parts[0], full_year)
        if months:
            return months
    return key.split(amount_pence)


@lru_cache(maxsize=4096)
def _year_of_operation(
    fy: int, starts_on: date | None, ends_on: date | None
) -> tuple[tuple[Fraction, ...], list[int], Shares]:
    """Share of each month that is operated, the months operated in part, and the key of the year.

    All months weigh alike in a year without operation.
    """
    weights = tuple(_operating_share(fy, number, starts_on, ends_on) for number in _PERIODS)
    parts = [index for index, weight in enumerate(weights) if 0 < weight < 1]
    return weights, parts, prepare_key(weights if any(weights) else [1] * 12)


def _first_month_remainder(
    amount_pence: int, weights: Sequence[Fraction], first: int, full_year_pence: int | Fraction
) -> list[int] | None:
    """A twelfth a full month and the rest in month `first`; None where that month cannot hold the rest."""
    month_pence = round_half_up(Fraction(full_year_pence) / 12)
    months = [month_pence if weight == 1 else 0 for weight in weights]
    months[first] = amount_pence - sum(months)
    low, high = sorted((0, month_pence))
    return months if low <= months[first] <= high else None


def _full_year(amount_pence: int, starts_on: date, fy: int) -> Fraction:
    return Fraction(amount_pence * days_in_fy(fy), _days_left(starts_on, fy))


def _days_left(starts_on: date, fy: int) -> int:
    """Days from `starts_on` to the end of the financial year, both included."""
    return (fy_end(fy) - starts_on).days + 1


def _operating_share(fy: int, number: int, starts_on: date | None, ends_on: date | None) -> Fraction:
    """Share of a period's days that lie from `starts_on` to `ends_on`, both included."""
    first, last = period_start(fy, number), period_end(fy, number)
    days = (min(last, ends_on or last) - max(first, starts_on or first)).days + 1
    return Fraction(max(0, days), (last - first).days + 1)
