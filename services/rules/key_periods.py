"""Which key applies when, and a year's amount under keys that change within it (INV-24, INV-25, F-03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from core.errors import Refusal
from core.rules.apportionment import Shares, spread_over_months
from core.rules.calendar import format_date, period_start


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """A key from its first to its last day, both included; without a last day it still applies."""

    first_on: date
    last_on: date | None
    key: Shares
    ref: str = ""

    def holds(self, day: date) -> bool:
        """Whether the key applies on `day`."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def key_on(keys: Iterable[KeyPeriod], day: date) -> KeyPeriod:
    """The one key that applies on `day`; refuses a day without one (INV-25)."""
    for key in keys:
        if key.holds(day):
            return key
    raise Refusal(f"No key applies on {format_date(day)}. Add one that does", code="INV-25")


def check_no_overlap(
    first_on: date, last_on: date | None, others: Iterable[tuple[date, date | None]]
) -> None:
    """Refuse a key whose days touch those of another of the same pool (INV-25, row 22)."""
    for other_first, other_last in sorted(others, key=lambda days: days[0]):
        starts_before_end = last_on is None or other_first <= last_on
        ends_after_start = other_last is None or other_last >= first_on
        if starts_before_end and ends_after_start:
            raise Refusal(
                f"Another key applies from {format_date(other_first)}. End it first",
                field="effective_from_on",
                code="22",
            )


def share_year(total_pence: int, fy: int, keys: Sequence[KeyPeriod]) -> list[int]:
    """A financial year's amount shared by the keys of its months; shares sum to it exactly (F-03).

    One key for the whole year shares the year at once. Where keys change, the amount is spread over the 12
    months, the months of each key are summed, and each sum is shared by its key. A month has the key of its
    first day. Refuses a month without a key (INV-25).
    """
    by_month = [key_on(keys, period_start(fy, number)) for number in range(1, 13)]
    if all(key == by_month[0] for key in by_month):
        return by_month[0].key.split(total_pence)
    months = iter(spread_over_months(total_pence))
    parts = []
    for key, group in groupby(by_month):
        parts.append(key.key.split(sum(next(months) for _ in group)))
    return [sum(council) for council in zip(*parts, strict=True)]


def day_before(first_on: date) -> date:
    """Last day of the key that a new one from `first_on` follows."""
    return first_on - timedelta(days=1)
