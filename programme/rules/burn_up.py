"""How many milestones were planned, achieved and are forecast by the end of each month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Dates:
    """The last days that a milestone's dates can mean; `expected` is the actual day, else the forecast."""

    original: date | None
    current: date | None
    actual: date | None
    expected: date | None


@dataclass(frozen=True, slots=True)
class BurnUpMonth:
    """Running counts at the end of a month; nothing is achieved in one that is still to come."""

    month_end: date
    original: int
    current: int
    expected: int
    achieved: int | None


def burn_up(milestones: Sequence[Dates], *, as_of: date) -> list[BurnUpMonth]:
    """The counts from the month of the first date to that of the last; none where there is no date."""
    days = [day for one in milestones for day in (one.original, one.current, one.actual, one.expected) if day]
    if not days:
        return []
    return [
        BurnUpMonth(
            month_end,
            original=_by(month_end, (one.original for one in milestones)),
            current=_by(month_end, (one.current for one in milestones)),
            expected=_by(month_end, (one.expected for one in milestones)),
            achieved=_achieved(milestones, month_end, as_of),
        )
        for month_end in _month_ends(min(days), max(days))
    ]


def months_of_change(months: Sequence[BurnUpMonth]) -> list[BurnUpMonth]:
    """The first month, and each in which a count is another than in the month before."""
    return [
        month
        for index, month in enumerate(months)
        if not index or _counts(month) != _counts(months[index - 1])
    ]


def _counts(month: BurnUpMonth) -> tuple[int, int, int, int | None]:
    return month.original, month.current, month.expected, month.achieved


def _achieved(milestones: Sequence[Dates], month_end: date, as_of: date) -> int | None:
    if month_end.replace(day=1) > as_of:
        return None
    return _by(min(month_end, as_of), (one.actual for one in milestones))


def _by(day: date, dates: Iterable[date | None]) -> int:
    return sum(one is not None and one <= day for one in dates)


def _month_ends(first: date, last: date) -> Iterable[date]:
    end = _month_end(first)
    while end < _month_end(last):
        yield end
        end = _month_end(end + timedelta(days=1))
    yield end


def _month_end(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
