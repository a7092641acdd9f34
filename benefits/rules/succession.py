"""Planned and forecast amounts of a council that is abolished pass to its successors (INV-44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.rules.spread import spread_over_year
from core.rules.apportionment import Weight, apportion
from core.rules.calendar import period_end, period_start
from services.rules.succession import pass_to_successors

Times = Mapping[tuple[int, int | None], int]
"""Pence by financial year and month (1 is April), or None for a whole year."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What the council keeps and what each successor takes on, by time; together they are what was held."""

    kept: Times
    taken: Mapping[str, Times]


def pass_amounts(held: Times, vesting_on: date, successors: Mapping[str, Weight]) -> Passed:
    """The amounts of one line from vesting day on, to the successors by their weights, to the penny.

    A month or year that holds vesting day is parted by days. What is passed leaves £0 with the council.
    Refuses weights as `prepare_key` does.
    """
    kept: dict[tuple[int, int | None], int] = {}
    taken: dict[str, dict[tuple[int, int | None], int]] = {name: {} for name in successors}
    for (fy, period), pence in held.items():
        kept[fy, period] = pence
        if outlasts(fy, period, vesting_on):
            kept[fy, period], shares = _parted(pence, fy, period, vesting_on, successors)
            for name, share in shares.items():
                taken[name][fy, period] = share
    return Passed(kept, taken)


def outlasts(fy: int, period: int | None, vesting_on: date) -> bool:
    """Whether a month or a whole year reaches vesting day."""
    return period_end(fy, 12 if period is None else period) >= vesting_on


def add_times(
    own: Times, more: Times, *, starts_on: date | None = None, ends_on: date | None = None
) -> dict[tuple[int, int | None], int]:
    """Both together; where one holds a year by months, the other's whole year is spread over its months."""
    found = dict(own)
    for time, pence in more.items():
        found[time] = found.get(time, 0) + pence
    for fy in {fy for fy, period in found if period is None}:
        if any(year == fy and period is not None for year, period in found):
            whole = spread_over_year(found.pop((fy, None)), fy, starts_on=starts_on, ends_on=ends_on)
            for period, pence in enumerate(whole, 1):
                found[fy, period] = found.get((fy, period), 0) + pence
    return found


def _parted(
    pence: int, fy: int, period: int | None, vesting_on: date, successors: Mapping[str, Weight]
) -> tuple[int, dict[str, int]]:
    """What stays of an amount, and each successor's part of the rest."""
    if period is None:
        found = pass_to_successors({fy: pence}, vesting_on, successors)
        return found.kept_pence[fy], {name: found.passed_pence[name][fy] for name in successors}
    first_on, last_on = period_start(fy, period), period_end(fy, period)
    days_before = max(0, (vesting_on - first_on).days)
    before, after = apportion(pence, [days_before, (last_on - first_on).days + 1 - days_before])
    shares = apportion(after, list(successors.values()), names=list(successors))
    return before, dict(zip(successors, shares, strict=True))
