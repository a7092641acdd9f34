"""Discount factors from dated reference rates, never from constants in code (F-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from operator import mul

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.reference import (
    ReferenceTable,
    ReferenceVersion,
    rows_of,
    version_named,
)

LONGEST_HORIZON = 60


@dataclass(frozen=True, slots=True)
class RateBand:
    """One rate for a run of years, both ends included; year 1 is the first after the base year."""

    first_year: int
    last_year: int
    rate_percent: Decimal


@dataclass(frozen=True, slots=True)
class DiscountSchedule:
    """The bands of one version of the rates, in force from a date, and where they come from."""

    name: str
    version: str
    effective_from: date
    source: str
    bands: tuple[RateBand, ...]

    @property
    def words(self) -> str:
        """The rates in force from 1 April 2003 (HM Treasury Green Book: social time preference rate)."""
        return f"the rates in force from {format_date(self.effective_from)} ({self.source})"

    def rate(self, year: int) -> Fraction:
        """Rate of `year` as a fraction; refuses a year that no band holds."""
        for band in self.bands:
            if band.first_year <= year <= band.last_year:
                return Fraction(band.rate_percent) / 100
        raise Refusal(
            "Rates come from reference data. Ask an administrator to add a new rate with its source",
            code="32",
        )


def schedule_of(version: str) -> DiscountSchedule:
    """The schedule of a named version, for example the one that an appraisal stored; refuses as row 32."""
    return _schedule(version_named(ReferenceTable.DISCOUNT_RATES, version))


def check_horizon(years: int) -> None:
    """Refuse an appraisal period outside 1 to 60 years (row 30)."""
    if not 1 <= years <= LONGEST_HORIZON:
        raise Refusal(
            f"Appraisal period must be a whole number of years from 1 to {LONGEST_HORIZON}", code="30"
        )


@lru_cache(maxsize=128)
def discount_factors(schedule: DiscountSchedule, years: int) -> tuple[Fraction, ...]:
    """Exact factors of years 0 to `years`: the chained product of 1 / (1 + rate), starting at 1 (F-05)."""
    yearly = [1 / (1 + schedule.rate(year)) for year in range(1, years + 1)]
    return tuple(accumulate(yearly, mul, initial=Fraction(1)))


def _schedule(version: ReferenceVersion) -> DiscountSchedule:
    rows = rows_of(version.table, version.version)
    bands = tuple(
        RateBand(int(row["first_year"]), int(row["last_year"]), Decimal(row["rate_percent"])) for row in rows
    )
    return DiscountSchedule(
        rows[0]["schedule"], version.version, version.effective_from, version.source, bands
    )
