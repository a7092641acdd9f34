"""What a saving that starts later costs (F-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from benefits.rules.spread import part_year_effect
from core.rules.calendar import financial_year


def delay_cost(full_year_pence: int, from_on: date, to_on: date) -> int:
    """What a full-year effect loses that starts on `to_on` and not on `from_on`; less than 0 where earlier.

    Each financial year by F-04, so that the pence agree with what ledgers spread.
    """
    years = range(financial_year(min(from_on, to_on)), financial_year(max(from_on, to_on)) + 1)
    return sum(
        part_year_effect(full_year_pence, from_on, fy) - part_year_effect(full_year_pence, to_on, fy)
        for fy in years
    )


def start_of(starts_on: date | None, enabled_on: Iterable[date | None]) -> date | None:
    """When a benefit starts: once it is due and all that enables it is there; None where no day is stated."""
    days = [day for day in (starts_on, *enabled_on) if day is not None]
    return max(days, default=None)


def full_year_worth(stated_pence: int | None, planned: Mapping[int, int], from_on: date) -> int | None:
    """Worth of a full year: as stated, else what is planned for the first whole year after the start.

    `planned` holds the pence of each financial year; None where the plan holds no such year.
    """
    if stated_pence is not None:
        return stated_pence
    return planned.get(financial_year(from_on) + 1)
