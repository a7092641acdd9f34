"""Uplift of costs, and haircut of savings, for systematic over-optimism (F-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.reference import ReferenceTable, ReferenceVersion, rows_of, version_named, version_on
from core.rules.rounding import round_half_up

DEFAULT_HAIRCUT_PERCENT = 10
_WORKS_DURATION = "works_duration"

Percent = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class BiasBounds:
    """Indicative bounds of a category in percent: of cost, and of works duration where it has one.

    The upper bound is where an estimate starts; it is not a ceiling.
    """

    category: str
    name: str
    upper_percent: Decimal
    lower_percent: Decimal
    duration_upper_percent: Decimal | None
    duration_lower_percent: Decimal | None


def optimism_bias_on(day: date) -> Mapping[str, BiasBounds]:
    """Bounds by category as in force on `day`; refuses a day before the first table (row 32)."""
    return _bounds(version_on(ReferenceTable.OPTIMISM_BIAS, day))


def optimism_bias_of(version: str) -> Mapping[str, BiasBounds]:
    """Bounds by category of a named version; refuses one that is not there (row 32)."""
    return _bounds(version_named(ReferenceTable.OPTIMISM_BIAS, version))


def optimism_uplift(upper_percent: Percent, mitigation_percent: Percent) -> Fraction:
    """Share to add to a cost: the upper bound, less what is mitigated of it (F-12).

    164/1000 for 41% that is 60% mitigated.
    """
    if not 0 <= mitigation_percent <= 100:
        raise Refusal("Mitigation must be between 0% and 100%", field="bias_mitigation_percent", code="F-12")
    return Fraction(upper_percent) / 100 * (1 - Fraction(mitigation_percent) / 100)


def with_uplift(base_pence: int, uplift: Fraction) -> int:
    """A cost in pence with its optimism bias added (F-12)."""
    return round_half_up(base_pence * (1 + uplift))


def with_haircut(saving_pence: int, haircut_percent: Percent = DEFAULT_HAIRCUT_PERCENT) -> int:
    """A saving in pence less a haircut; 10% is the product's default, not a published figure (F-12)."""
    return round_half_up(saving_pence * (1 - Fraction(haircut_percent) / 100))


def check_bias_basis(has_percentage: bool, basis: str) -> None:
    """Refuse an optimism-bias percentage whose basis is not written down (row 31)."""
    if has_percentage and not basis.strip():
        raise Refusal("Explain where the optimism bias percentage comes from", field="bias_basis", code="31")


def _bounds(version: ReferenceVersion) -> dict[str, BiasBounds]:
    rows = rows_of(version.table, version.version)
    durations = {row["category"]: row for row in rows if row["measure"] == _WORKS_DURATION}
    bounds: dict[str, BiasBounds] = {}
    for row in rows:
        if row["measure"] == _WORKS_DURATION:
            continue
        duration = durations.get(row["category"])
        bounds[row["category"]] = BiasBounds(
            row["category"],
            row["name"],
            Decimal(row["upper_percent"]),
            Decimal(row["lower_percent"]),
            Decimal(duration["upper_percent"]) if duration else None,
            Decimal(duration["lower_percent"]) if duration else None,
        )
    return bounds
