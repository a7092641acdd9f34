"""Dated figures of councils that a key can be based on (domain.md 2.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programme.enums import SeriesName
from programme.models import Council, CouncilFigure
from services.enums import KeyBasis

SERIES_OF = {
    KeyBasis.POPULATION: SeriesName.POPULATION,
    KeyBasis.COUNCIL_TAX_BASE: SeriesName.TAX_BASE,
    KeyBasis.NET_BUDGET: SeriesName.NET_BUDGET,
    KeyBasis.HEADCOUNT: SeriesName.HEADCOUNT,
    KeyBasis.FTE: SeriesName.FTE,
}
EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class DriverSet:
    """What each council has of one figure in one year, or 1 each; `source` says where it comes from."""

    value: str
    label: str
    basis: KeyBasis
    source: str
    weights: Mapping[str, Decimal]


def driver_sets(councils: Sequence[Council]) -> list[DriverSet]:
    """Equal shares, then every figure that some of the councils have, latest year first. One query.

    A council without the figure is left out: its share is then asked for (row 21).
    """
    basis_of = {series: basis for basis, series in SERIES_OF.items()}
    figures = CouncilFigure.objects.filter(council__in=councils, series__in=basis_of)
    found: dict[tuple[str, int], dict[str, Decimal]] = {}
    keys = {council.pk: council.key for council in councils}
    for figure in figures.order_by("series", "-year"):
        own = found.setdefault((figure.series, figure.year), {})
        own[keys[figure.council_id]] = _amount(figure)
    equal = dict.fromkeys(keys.values(), Decimal(1))
    return [
        DriverSet(EQUAL, "Equal shares", KeyBasis.EQUAL, "", equal),
        *(
            _of_series(basis_of[SeriesName(series)], SeriesName(series), year, weights, len(keys))
            for (series, year), weights in found.items()
        ),
    ]


def _of_series(
    basis: KeyBasis, series: SeriesName, year: int, weights: dict[str, Decimal], of: int
) -> DriverSet:
    some = "" if len(weights) == of else f", {len(weights)} of {of} councils"
    return DriverSet(
        f"{series.value}-{year}",
        f"{series.label}, {year}{some}",
        basis,
        f"{series.label} {year}, figures of the councils",
        weights,
    )


def _amount(figure: CouncilFigure) -> Decimal:
    """The quantity, or the amount in pounds."""
    return figure.quantity if figure.quantity is not None else Decimal(figure.amount_pence or 0).scaleb(-2)
