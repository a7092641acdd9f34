"""Which keys share the amount of a financial year, and each council's share (F-03, INV-24, INV-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.apportionment import Shares, Weight, spread_over_months
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date, format_fy, fy_end, fy_start, period_end, period_start

_ONE_DAY = timedelta(days=1)
_MONTHS = range(1, 13)


def covers_year(from_on: date, to_on: date | None, fy: int) -> bool:
    """Whether a key of these days, both included, shares the whole of a financial year."""
    return from_on <= fy_start(fy) and (to_on is None or to_on >= fy_end(fy))


@dataclass(frozen=True, slots=True)
class DatedKey:
    """A key that applies from `from_on` to `to_on`, both included; without `to_on` it has no end yet.

    `weights` are those of the councils in their order, 0 for a council that is not in the key; `prepared` is
    the same made ready for many totals.
    """

    key_id: int
    basis: str
    from_on: date
    to_on: date | None
    weights: tuple[Weight, ...]
    prepared: Shares

    def covers(self, day: date) -> bool:
        """Whether the key applies on `day`."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class KeyStretch:
    """The months of a year that one key shares; month 1 is April, both ends included."""

    key: DatedKey
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PartShared:
    """What one key shared of an amount, and each council's share of it."""

    stretch: KeyStretch
    pence: int
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearKeys:
    """The keys that share the amounts of one financial year, in order; at least one."""

    fy: int
    stretches: tuple[KeyStretch, ...]

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The weights of the one key of the year; empty where several keys share it."""
        return self.stretches[0].key.weights if len(self.stretches) == 1 else ()

    def parts(self, pence: int) -> list[PartShared]:
        """An amount of the year as each of its keys shares it, summing to it exactly (F-03, INV-23).

        One key shares the whole year at once. Where the key changes in the year, the amount is spread over
        its months and each key shares the sum of its own months.
        """
        if len(self.stretches) == 1:
            return [_shared(self.stretches[0], pence)]
        months = spread_over_months(pence)
        return [_shared(stretch, sum(months[stretch.first - 1 : stretch.last])) for stretch in self.stretches]

    def split(self, pence: int) -> tuple[int, ...]:
        """Each council's share of an amount of the year, in the order of the keys' weights."""
        if len(self.stretches) == 1:
            return tuple(self.stretches[0].key.prepared.split(pence))
        by_council = zip(*(part.shares for part in self.parts(pence)), strict=True)
        return tuple(sum(shares) for shares in by_council)


def keys_of_year(pool: str, keys: Sequence[DatedKey], fy: int) -> YearKeys | NotAssessable:
    """The keys by which `pool` is shared in a financial year.

    A month belongs to the key that applies on its first day. A year with a day that no key covers cannot be
    shared: the reason names the days.
    """
    gap = _first_gap(keys, fy)
    if gap == (fy_start(fy), fy_end(fy)):
        return NotAssessable(f"No key shares {pool} in {format_fy(fy)}")
    if gap:
        return NotAssessable(f"No key shares {pool} from {format_date(gap[0])} to {format_date(gap[1])}")
    by_month = [
        next(key for key in keys if key.covers(day))
        for day in (period_start(fy, number) for number in _MONTHS)
    ]
    stretches: list[KeyStretch] = []
    for number, key in zip(_MONTHS, by_month, strict=True):
        if stretches and stretches[-1].key is key:
            stretches[-1] = KeyStretch(key, stretches[-1].first, number)
        else:
            stretches.append(KeyStretch(key, number, number))
    return YearKeys(fy, tuple(stretches))


def stretch_dates(fy: int, stretch: KeyStretch) -> tuple[date, date]:
    """First and last day of the months that a key shares of a financial year."""
    return period_start(fy, stretch.first), period_end(fy, stretch.last)


def _first_gap(keys: Sequence[DatedKey], fy: int) -> tuple[date, date] | None:
    """The first days of the year, from and to, that no key covers."""
    day, end = fy_start(fy), fy_end(fy)
    for key in sorted(keys, key=lambda one: one.from_on):
        if key.to_on is not None and key.to_on < day:
            continue
        if key.from_on > day:
            return day, min(end, key.from_on - _ONE_DAY)
        if key.to_on is None or key.to_on >= end:
            return None
        day = key.to_on + _ONE_DAY
    return day, end


def _shared(stretch: KeyStretch, pence: int) -> PartShared:
    return PartShared(stretch, pence, tuple(stretch.key.prepared.split(pence)))
