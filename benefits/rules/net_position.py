"""Net position year by year and in sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class YearPosition:
    """Net flow of a financial year, and the sum from the first year up to it."""

    fy: int
    net_pence: int
    cumulative_pence: int


def cumulative(amounts: Iterable[int]) -> list[int]:
    """Running sums, one for each amount."""
    return list(accumulate(amounts))


def net_position_by_year(net_by_fy: Mapping[int, int]) -> list[YearPosition]:
    """Positions of every financial year from the first to the last given; a year not given adds £0."""
    if not net_by_fy:
        return []
    years = range(min(net_by_fy), max(net_by_fy) + 1)
    nets = [net_by_fy.get(fy, 0) for fy in years]
    return [
        YearPosition(fy, net, total) for fy, net, total in zip(years, nets, cumulative(nets), strict=True)
    ]


def level_net_position(one_off_pence: int, annual_net_pence: int, years: int) -> list[int]:
    """Position at the end of years 1 to `years`: the cost at the start, then the same saving each year."""
    return [year * annual_net_pence - one_off_pence for year in range(1, years + 1)]
