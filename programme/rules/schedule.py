"""What depends on what: earliest dates, what a slip moves, and the critical path (domain.md 2.4, INV-30).

A dependency is finish-to-start: its successor comes no earlier than so many working days after its
predecessor. Days are last days: an imprecise date counts from its last possible day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from core.errors import Refusal
from core.rules.calendar import add_working_days, format_date, working_days_between

LONGEST_LAG = 999
WHOLE_DAYS = f"Enter the working days in between as a whole number from 0 to {LONGEST_LAG}"


@dataclass(frozen=True, slots=True)
class Dependency:
    """`successor` comes no earlier than `lag_days` working days after `predecessor`; both are keys."""

    predecessor: int
    successor: int
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A date that moves because of another: from, to, and the predecessor that pushes it."""

    key: int
    from_on: date
    to_on: date
    because: int

    @property
    def days(self) -> int:
        """Calendar days later."""
        return (self.to_on - self.from_on).days


def check_lag(days: int) -> None:
    """Refuse working days in between that are less than 0 or more than anyone plans."""
    if not 0 <= days <= LONGEST_LAG:
        raise Refusal(WHOLE_DAYS, "lag_days")


def earliest_after(day: date, lag_days: int, holidays: Collection[date]) -> date:
    """First day a successor may stand on; with no lag the same day as its predecessor."""
    return add_working_days(day, lag_days, holidays) if lag_days else day


def knock_on(
    dates: Mapping[int, date],
    links: Sequence[Dependency],
    changed: Mapping[int, date],
    *,
    fixed: Collection[int] = (),
    holidays: Collection[date] = (),
) -> list[Move]:
    """What moves later when `changed` dates are saved; nothing is pulled earlier. In order of dependence.

    `dates` are what is expected now. What has happened, and what comes from outside, is `fixed` and never
    moves; nor does what is changed itself. A successor that keeps its lag stays where it is.
    """
    expected = dict(dates) | dict(changed)
    stays = set(fixed) | set(changed)
    before: dict[int, list[Dependency]] = defaultdict(list)
    for link in links:
        before[link.successor].append(link)
    moves = []
    for key in _in_order(links):
        if key in stays or key not in expected:
            continue
        earliest = [
            (earliest_after(expected[link.predecessor], link.lag_days, holidays), link.predecessor)
            for link in before[key]
            if link.predecessor in expected
        ]
        to_on, because = max(earliest, default=(date.min, 0))
        if to_on > expected[key]:
            moves.append(Move(key, dates[key], to_on, because))
            expected[key] = to_on
    return moves


def moved_by(
    dates: Mapping[int, date],
    links: Sequence[Dependency],
    changed: Mapping[int, date],
    *,
    fixed: Collection[int] = (),
    holidays: Collection[date] = (),
) -> list[Move]:
    """What `changed` moves later than it has to move anyway: a lag broken already is not its doing."""
    anyway = {move.key: move.to_on for move in knock_on(dates, links, {}, fixed=fixed, holidays=holidays)}
    moves = knock_on(dates, links, changed, fixed=fixed, holidays=holidays)
    return [move for move in moves if move.to_on > anyway.get(move.key, date.min)]


def critical_path(
    dates: Mapping[int, date], links: Sequence[Dependency], *, holidays: Collection[date] = ()
) -> list[int]:
    """Keys that cannot slip by a working day without moving the last date of all, in their order.

    Where a lag is broken, what breaks it has less than no day to spare and is critical too.
    """
    floats = float_days(dates, links, holidays=holidays)
    order = {key: place for place, key in enumerate(_in_order(links))}
    critical = [key for key, spare in floats.items() if spare <= 0]
    return sorted(critical, key=lambda key: (dates[key], order.get(key, len(order))))


def float_days(
    dates: Mapping[int, date], links: Sequence[Dependency], *, holidays: Collection[date] = ()
) -> dict[int, int]:
    """Working days by which each date can slip before the last date moves; less than 0 where a lag is broken.

    A milestone that nothing waits for may slip up to the last date of all.
    """
    if not dates:
        return {}
    end = max(dates.values())
    after: dict[int, list[Dependency]] = defaultdict(list)
    for link in links:
        if link.predecessor in dates and link.successor in dates:
            after[link.predecessor].append(link)
    spare: dict[int, int] = {}
    for key in reversed(_in_order(links, dates)):
        if key in dates:
            gaps = [_gap(dates, link, holidays) + spare[link.successor] for link in after[key]]
            spare[key] = min(gaps, default=working_days_between(dates[key], end, holidays))
    return spare


@dataclass(frozen=True, slots=True)
class Broken:
    """A dependency whose successor stands before the first day that it may (INV-30)."""

    link: Dependency
    earliest_on: date


def broken_links(
    dates: Mapping[int, date], links: Iterable[Dependency], *, holidays: Collection[date] = ()
) -> list[Broken]:
    """Dependencies that the dates do not keep; one without both dates is not judged."""
    found = []
    for link in links:
        if link.predecessor in dates and link.successor in dates:
            earliest = earliest_after(dates[link.predecessor], link.lag_days, holidays)
            if dates[link.successor] < earliest:
                found.append(Broken(link, earliest))
    return found


def check_plan_order(
    plans: Mapping[int, date],
    links: Iterable[Dependency],
    titles: Mapping[int, str],
    *,
    holidays: Collection[date] = (),
) -> None:
    """Refuse a plan in which a milestone comes before what it waits for (INV-30)."""
    for one in broken_links(plans, links, holidays=holidays):
        raise Refusal(
            f"{titles[one.link.successor]} waits for {titles[one.link.predecessor]}. "
            f"Its planned date must be {format_date(one.earliest_on)} or later",
            code="INV-30",
        )


def _gap(dates: Mapping[int, date], link: Dependency, holidays: Collection[date]) -> int:
    earliest = earliest_after(dates[link.predecessor], link.lag_days, holidays)
    return working_days_between(earliest, dates[link.successor], holidays)


def _in_order(links: Iterable[Dependency], keys: Iterable[int] = ()) -> list[int]:
    """Every key, each after all that it waits for. Links hold no loop (programme/rules/cycles.py)."""
    waits: dict[int, list[int]] = {key: [] for key in keys}
    for link in links:
        waits.setdefault(link.successor, []).append(link.predecessor)
    return list(TopologicalSorter(waits).static_order())
