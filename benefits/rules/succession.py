"""Planned and forecast amounts of a council that is abolished pass to its successors (INV-44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from benefits.rules.spread import spread_over_year
from core.rules.apportionment import Weight, apportion
from core.rules.calendar import fy_end, fy_start, period_end
from core.rules.calendar import period as period_of

Times = Mapping[tuple[int, int | None], int]
"""Pence by financial year and month (1 is April), or None for a whole year."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What the council keeps and what each successor takes on, by time; together they are what was held."""

    kept: Times
    taken: Mapping[str, Times]


def pass_amounts(
    held: Times,
    vesting_on: date,
    successors: Mapping[str, Weight],
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Passed:
    """The amounts of one line from vesting day on, to the successors by their weights, to the penny.

    The month that holds vesting day passes whole, so that nothing is left to pass a second time. A whole
    year is parted at that month's first day by the days from `starts_on` to `ends_on` that it holds; both
    parts of that year are told by months, so that none falls on the wrong side of the day. What is passed
    leaves £0 with the council. Refuses weights as `prepare_key` does.
    """
    passes_from = vesting_on.replace(day=1)
    kept: dict[tuple[int, int | None], int] = {}
    taken: dict[str, dict[tuple[int, int | None], int]] = {name: {} for name in successors}
    for (fy, period), pence in held.items():
        if not outlasts(fy, period, vesting_on):
            own: Times = {(fy, period): pence}
            passed: Mapping[str, Times] = {}
        elif pence and period is None and fy_start(fy) < passes_from:
            operated = operated_in(fy, starts_on, ends_on)
            own, passed = _parted_year(pence, fy, passes_from, successors, operated)
        else:
            own, shares = {(fy, period): 0}, _shared(pence, successors)
            passed = {name: {(fy, period): share} for name, share in shares.items()}
        kept = _summed(kept, own)
        taken = {name: _summed(times, passed.get(name, {})) for name, times in taken.items()}
    return Passed(kept, taken)


def operated_in(fy: int, starts_on: date | None, ends_on: date | None) -> tuple[date, date]:
    """The first and last day of operation in a financial year; all of it where nothing is operated."""
    first, last = max(fy_start(fy), starts_on or date.min), min(fy_end(fy), ends_on or date.max)
    return (first, last) if first <= last else (fy_start(fy), fy_end(fy))


def outlasts(fy: int, period: int | None, vesting_on: date) -> bool:
    """Whether a month or a whole year reaches vesting day."""
    return period_end(fy, 12 if period is None else period) >= vesting_on


def add_times(
    own: Times, more: Times, *, starts_on: date | None = None, ends_on: date | None = None
) -> dict[tuple[int, int | None], int]:
    """Both together; where one holds a year by months, the other's whole year is spread over its months.

    Only months from `starts_on` to `ends_on` take part in that.
    """
    found = dict(own)
    for time, pence in more.items():
        found[time] = found.get(time, 0) + pence
    for fy in {fy for fy, period in found if period is None}:
        if any(year == fy and period is not None for year, period in found):
            whole = spread_over_year(found.pop((fy, None)), fy, starts_on=starts_on, ends_on=ends_on)
            for period, pence in enumerate(whole, 1):
                if pence:
                    found[fy, period] = found.get((fy, period), 0) + pence
    return found


def _parted_year(
    pence: int, fy: int, passes_from: date, successors: Mapping[str, Weight], operated: tuple[date, date]
) -> tuple[Times, dict[str, Times]]:
    """What stays of a year and each successor's part, by months: up to the day before, and from it on."""
    first_on, last_on = operated
    days = (last_on - first_on).days + 1
    days_before = min(days, max(0, (passes_from - first_on).days))
    before, after = apportion(pence, [days_before, days - days_before])
    last_kept_on = passes_from - timedelta(days=1)
    own = _months(before, fy, first_on, min(last_on, last_kept_on))
    return (
        {(fy, number): own[number - 1] for number in range(1, period_of(last_kept_on) + 1)},
        {
            name: {
                (fy, number): part
                for number, part in enumerate(_months(share, fy, max(first_on, passes_from), last_on), 1)
                if part
            }
            for name, share in _shared(after, successors).items()
        },
    )


def _months(pence: int, fy: int, first_on: date, last_on: date) -> list[int]:
    return spread_over_year(pence, fy, starts_on=first_on, ends_on=last_on) if pence else [0] * 12


def _shared(pence: int, successors: Mapping[str, Weight]) -> dict[str, int]:
    """Each successor's part of an amount that passes."""
    shares = apportion(pence, list(successors.values()), names=list(successors))
    return dict(zip(successors, shares, strict=True))


def _summed(own: Times, more: Times) -> dict[tuple[int, int | None], int]:
    return {time: own.get(time, 0) + more.get(time, 0) for time in [*own, *(more.keys() - own.keys())]}
