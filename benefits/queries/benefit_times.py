"""The months and years that values of a benefit's measure can be for."""

from __future__ import annotations

from datetime import date

from benefits.models import Benefit
from core.rules.calendar import financial_year, period_end

_MONTHS = 12
_MOST_YEARS_BACK = 3


def months_over(benefit: Benefit, as_of: date) -> list[tuple[int, int]]:
    """Months from the starting value, or three years back, to the last one that is over, in order."""
    fy = financial_year(as_of)
    first = max(fy - _MOST_YEARS_BACK, financial_year(benefit.starting_on) if benefit.starting_on else 0)
    months = [(year, number) for year in range(first, fy + 1) for number in range(1, _MONTHS + 1)]
    return [month for month in months if period_end(*month) <= as_of]


def planned_years(benefit: Benefit) -> list[int]:
    """Years of the appraisal period, and others that hold a planned value. One query."""
    programme = benefit.programme
    years = set(benefit.trajectory.values_list("fy", flat=True))
    base = programme.base_fy
    if base is None:
        base = financial_year(benefit.starts_on or benefit.created_at.date())
    return sorted(years | set(range(base, base + programme.horizon_years + 1)))
