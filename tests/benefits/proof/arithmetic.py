"""The arithmetic of domain.md, written a second time: spreading, shares, variances and payback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import ceil

Pence = int | str
X, Z = "[x]", "[z]"


def payback_months(nets: Sequence[Pence]) -> int | str | None:
    """Months until the running sum turns and stays at 0 or more, rounded up (F-08); None if it never does."""
    if not nets or any(isinstance(net, str) for net in nets):
        return X
    total, back = 0, Fraction(0)
    for year, net in enumerate(int(net) for net in nets):
        if total < 0 <= total + net:
            back = year + Fraction(-total, net)
        total += net
    return None if total < 0 else ceil(back * 12)


def shares(amounts: Mapping[str, int | None]) -> dict[str, Fraction] | str:
    """Each one's percent of the whole; not available where one is missing, not applicable at £0 or less."""
    if any(amount is None for amount in amounts.values()):
        return X
    whole = sum(amount or 0 for amount in amounts.values())
    return {key: Fraction(100 * (amount or 0), whole) for key, amount in amounts.items()} if whole > 0 else Z


def minus(value: Pence, plan: Pence) -> Pence:
    """A variance; what is missing stays missing."""
    if isinstance(value, str):
        return value
    return plan if isinstance(plan, str) else value - plan


def percent(value: Pence, plan: Pence) -> str:
    """Value over plan in percent with one decimal, half away from zero (F-15, INV-35)."""
    if isinstance(plan, str) or isinstance(value, str):
        return value if isinstance(value, str) else str(plan)
    return Z if plan <= 0 else one_decimal(Fraction(100 * value, plan))


def one_decimal(value: Fraction) -> str:
    """94.3, half away from zero."""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    return f"{'-' if value < 0 and tenths else ''}{tenths // 10}.{tenths % 10}"


def divide(pence: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Largest remainder, ties to the first (F-03)."""
    size, whole = abs(pence), sum(weights)
    exact = [size * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: size - sum(parts)]:
        parts[place] += 1
    return tuple(parts if pence >= 0 else [-part for part in parts])


@cache
def spread(pence: int, fy: int, starts_on: date | None, ends_on: date | None) -> tuple[int, ...]:
    """A whole year over its months of operation (F-04).

    Months of operation share alike. From a start within a month, full months get a twelfth of the full-year
    effect and the first the rest; where that cannot be, and with an end within a month, by days.
    """
    first, last = date(fy, 4, 1), date(fy + 1, 3, 31)
    begins, ends = max(starts_on or first, first), min(ends_on or last, last)
    weights = [_part_of_month(fy, number, begins, ends) for number in range(1, 13)]
    if not any(weights):
        return divide(pence, [Fraction(1)] * 12)
    broken = [place for place, weight in enumerate(weights) if 0 < weight < 1]
    if begins == starts_on and len(broken) == 1 and month_end(fy, broken[0] + 1).month == begins.month:
        months = _first_month_takes_the_rest(pence, fy, begins, weights, broken[0])
        if months:
            return months
    return divide(pence, weights)


def _first_month_takes_the_rest(
    pence: int, fy: int, begins: date, weights: Sequence[Fraction], place: int
) -> tuple[int, ...] | None:
    """A twelfth of the full-year effect in full months; None where that leaves the first month no share."""
    first, last = date(fy, 4, 1), date(fy + 1, 3, 31)
    full_year = Fraction(pence * ((last - first).days + 1), (last - begins).days + 1)
    month = half_up(full_year / 12)
    months = [month if weight == 1 else 0 for weight in weights]
    months[place] = pence - sum(months)
    return tuple(months) if min(0, month) <= months[place] <= max(0, month) else None


def month_end(fy: int, period: int) -> date:
    """The last day of a month; 1 is April."""
    year, month = (fy, period + 3) if period <= 9 else (fy + 1, period - 9)
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def year_of(day: date) -> int:
    """The financial year of a day."""
    return day.year if day.month >= 4 else day.year - 1


def _part_of_month(fy: int, number: int, begins: date, ends: date) -> Fraction:
    last = month_end(fy, number)
    first = last.replace(day=1)
    days = (min(last, ends) - max(first, begins)).days + 1
    return Fraction(max(0, days), last.day)


def half_up(value: Fraction) -> int:
    """The nearest penny; a half goes away from zero."""
    size = int(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size
