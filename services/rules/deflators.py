"""Cash of the day in the prices of one year, by the deflators of the reference data (F-11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.calendar import format_fy
from core.rules.reference import ReferenceTable, ReferenceVersion, rows_of, version_named
from core.rules.rounding import round_half_up


@dataclass(frozen=True, slots=True)
class Deflators:
    """Price level of each financial year in one version of the table; later years may be forecasts."""

    version: str
    effective_from: date
    source: str
    index_by_fy: Mapping[int, Decimal]
    forecast_fys: frozenset[int]

    def index(self, fy: int) -> Decimal:
        """Price level of a financial year; refuses a year that the table does not hold."""
        if fy not in self.index_by_fy:
            first, last = min(self.index_by_fy), max(self.index_by_fy)
            span = f"from {format_fy(first)} to {format_fy(last)}"
            raise Refusal(f"There is no deflator for {format_fy(fy)}. They run {span}", code="F-11")
        return self.index_by_fy[fy]


def deflators_of(version: str) -> Deflators:
    """The deflators of a named version; refuses one that is not there (row 32)."""
    return _deflators(version_named(ReferenceTable.GDP_DEFLATORS, version))


def to_real_terms(nominal_pence: int, year_index: Decimal, base_index: Decimal) -> int:
    """Nominal pence of a year in prices of the base year, by their deflator indexes (F-11)."""
    return round_half_up(nominal_pence * Fraction(base_index) / Fraction(year_index))


def real_pence(nominal_pence: int, fy: int, base_fy: int, deflators: Deflators) -> int:
    """Nominal pence of financial year `fy` in prices of `base_fy` (F-11); refuses a year without deflator."""
    return to_real_terms(nominal_pence, deflators.index(fy), deflators.index(base_fy))


def equivalent_nominal_rate(real_rate: Fraction, inflation: Fraction) -> Fraction:
    """The nominal rate that stands for a real rate under an inflation rate, all as fractions (F-11)."""
    return (1 + real_rate) * (1 + inflation) - 1


def _deflators(version: ReferenceVersion) -> Deflators:
    rows = rows_of(version.table, version.version)
    return Deflators(
        version.version,
        version.effective_from,
        version.source,
        {int(row["fy"]): Decimal(row["index"]) for row in rows},
        frozenset(int(row["fy"]) for row in rows if row["is_forecast"] == "yes"),
    )
