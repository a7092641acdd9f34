"""Why a forecast differs from the plan it is measured against: moved to another year, or another amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.apportionment import apportion


@dataclass(frozen=True, slots=True)
class Split:
    """The variance of one year in two parts that add up to it, in pence."""

    timing_pence: int = 0
    amount_pence: int = 0

    @property
    def variance_pence(self) -> int:
        """Forecast less plan."""
        return self.timing_pence + self.amount_pence


def split_variance(variances: Mapping[int, int]) -> dict[int, Split]:
    """The variance of one line for one council by year, split into timing and amount.

    What is less in some years and more in others has moved between them: that is timing, and it sums to £0
    over all years. What is left has one sign, that of the whole variance, and is a change of the amount.
    Where one side is larger, its years share what has moved in proportion to their own variances, to the
    penny (F-03).
    """
    more = {fy: pence for fy, pence in variances.items() if pence > 0}
    less = {fy: -pence for fy, pence in variances.items() if pence < 0}
    moved = min(sum(more.values()), sum(less.values()))
    timing = _share(moved, more) | {fy: -pence for fy, pence in _share(moved, less).items()}
    return {
        fy: Split(timing.get(fy, 0), pence - timing.get(fy, 0)) for fy, pence in sorted(variances.items())
    }


def moved_pence(split: Mapping[int, Split]) -> int:
    """How much comes in another year than planned."""
    return sum(max(0, one.timing_pence) for one in split.values())


def _share(moved: int, years: Mapping[int, int]) -> dict[int, int]:
    """What of the moved pence each year has, in proportion to its own; nothing where nothing moved."""
    if not moved:
        return {}
    fys = sorted(years)
    return dict(zip(fys, apportion(moved, [years[fy] for fy in fys]), strict=True))
