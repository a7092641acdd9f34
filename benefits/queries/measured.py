"""What was measured of a benefit, year by year: of the whole and of each council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benefits.models import Benefit, MeasureReading
from benefits.rules.combining import Value, all_years, year_value
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from core.rules.rounding import round_to
from core.rules.words import count_of

WHOLE = "Whole benefit"
_PLACES = 3


@dataclass(frozen=True, slots=True)
class MeasuredYear:
    """The value of one year, or of all for None, of the whole or of one council, and what it is made of."""

    fy: int | None
    council_key: str
    who: str
    value: Value
    readings: int

    @property
    def when(self) -> str:
        """2026 to 2027."""
        return "All years" if self.fy is None else format_fy(self.fy)

    @property
    def shown(self) -> str:
        """The value with as many decimals as it needs, at most three; why there is none otherwise."""
        if isinstance(self.value, NotAssessable):
            return f"{self.value}: {self.value.reason[:1].lower()}{self.value.reason[1:]}"
        return f"{plain_value(self.value):f}"

    @property
    def made_of(self) -> str:
        """3 values."""
        return count_of(self.readings, "value")


def measured_years(benefit: Benefit, readings: Iterable[MeasureReading] | None = None) -> list[MeasuredYear]:
    """The values of each year in order, first of the whole, then of each council by name; then of all years.

    Of several readings for one time and council the last one counts. One query,
    none where its `readings` are given.
    """
    found: dict[tuple[str, str], dict[int, dict[int | None, Decimal]]] = {}
    rows = readings if readings is not None else benefit.readings.select_related("council")
    for row in sorted(rows, key=lambda one: one.pk):
        who = (row.council.key, str(row.council)) if row.council else ("", WHOLE)
        found.setdefault(who, {}).setdefault(row.fy, {})[row.period] = row.value
    named = sorted(found, key=lambda who: (bool(who[0]), who[1]))
    return [one for who in named for one in _of(benefit, who, found[who])]


def plain_value(value: Fraction) -> Decimal:
    """A value to three decimals, without idle zeros."""
    rounded = round_to(value, _PLACES)
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded.normalize()


def _of(
    benefit: Benefit, who: tuple[str, str], years: Mapping[int, Mapping[int | None, Decimal]]
) -> list[MeasuredYear]:
    combining, ordered = benefit.combining, sorted(years)
    found = [MeasuredYear(fy, *who, year_value(years[fy], combining), len(years[fy])) for fy in ordered]
    if len(ordered) > 1:
        total = all_years([years[fy] for fy in ordered], combining)
        found.append(MeasuredYear(None, *who, total, sum(len(years[fy]) for fy in ordered)))
    return found
