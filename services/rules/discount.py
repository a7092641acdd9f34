"""Discount factors from dated reference rates, never from constants in code (F-05)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import accumulate
from operator import itemgetter, mul
from pathlib import Path

from core.errors import Refusal

LONGEST_HORIZON = 60
_RATE_FILE = Path(__file__).parent.parent.parent / "core" / "reference" / "discount_rates.csv"


@dataclass(frozen=True, slots=True)
class RateBand:
    """One rate for a run of years, both ends included; year 1 is the first after the base year."""

    first_year: int
    last_year: int
    rate_percent: Decimal


@dataclass(frozen=True, slots=True)
class DiscountSchedule:
    """The bands in force from a date, and where they come from."""

    name: str
    effective_from: date
    source: str
    bands: tuple[RateBand, ...]

    def rate(self, year: int) -> Fraction:
        """Rate of `year` as a fraction; refuses a year that no band holds."""
        for band in self.bands:
            if band.first_year <= year <= band.last_year:
                return Fraction(band.rate_percent) / 100
        raise Refusal(
            "Rates come from reference data. Ask an administrator to add a new rate with its source",
            code="32",
        )


@cache
def discount_schedules() -> tuple[DiscountSchedule, ...]:
    """Schedules of the dated reference file, the newest last."""
    with _RATE_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    key = itemgetter("effective_from", "schedule", "source")
    return tuple(
        DiscountSchedule(name, date.fromisoformat(since), source, _bands(rows, since, name))
        for since, name, source in sorted({key(row) for row in rows})
    )


def schedule_on(day: date) -> DiscountSchedule:
    """The schedule in force on `day`; refuses a day before the first one."""
    in_force = [schedule for schedule in discount_schedules() if schedule.effective_from <= day]
    if not in_force:
        raise Refusal(
            "Rates come from reference data. Ask an administrator to add a new rate with its source",
            code="32",
        )
    return in_force[-1]


def check_horizon(years: int) -> None:
    """Refuse an appraisal period outside 1 to 60 years (row 30)."""
    if not 1 <= years <= LONGEST_HORIZON:
        raise Refusal(
            f"Appraisal period must be a whole number of years from 1 to {LONGEST_HORIZON}", code="30"
        )


def discount_factors(schedule: DiscountSchedule, years: int) -> list[Fraction]:
    """Exact factors of years 0 to `years`: the chained product of 1 / (1 + rate), starting at 1 (F-05)."""
    yearly = [1 / (1 + schedule.rate(year)) for year in range(1, years + 1)]
    return list(accumulate(yearly, mul, initial=Fraction(1)))


def _bands(rows: list[dict[str, str]], effective_from: str, name: str) -> tuple[RateBand, ...]:
    return tuple(
        RateBand(int(row["first_year"]), int(row["last_year"]), Decimal(row["rate_percent"]))
        for row in rows
        if (row["effective_from"], row["schedule"]) == (effective_from, name)
    )
