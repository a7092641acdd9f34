"""What a service costs each council for a unit of work and a head, side by side, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_fy
from core.rules.rounding import MINUS
from core.rules.words import listed
from programme.models import Council, CouncilFigure, Programme
from services.enums import MeasureKind
from services.models import Service, ServiceCost, ServiceMeasure
from services.queries.provisions import (
    Populations,
    StatedProvision,
    StatedService,
    populations,
    stated_services,
)
from services.rules.comparison import (
    Rate,
    Spread,
    measure_to_compare,
    rate,
    rate_pence,
    spread_of,
    year_to_compare,
)

Pence = int | NotAssessable | NotApplicable
Ratio = Decimal | NotAssessable | NotApplicable


@dataclass(frozen=True, slots=True)
class CouncilRate:
    """One council's cost, volume and population of a year, and what they come to."""

    council: Council
    cost: ServiceCost | None
    volume: ServiceMeasure | None
    population: CouncilFigure | None
    unit: Rate
    head: Rate
    missing: tuple[str, ...]

    @property
    def cost_pence(self) -> int | None:
        """What it spends in the year."""
        return self.cost.amount_pence if self.cost else None

    @property
    def volume_words(self) -> str:
        """Its volume of work with commas; empty where it is not stated."""
        return number_words(self.volume.value) if self.volume else ""

    @property
    def population_words(self) -> str:
        """Its population with commas; empty where it is not stated."""
        quantity = self.population.quantity if self.population else None
        return number_words(quantity) if quantity is not None else ""

    @property
    def unit_pence(self) -> Pence:
        """Cost of a unit of work, rounded once."""
        return rate_pence(self.unit)

    @property
    def head_pence(self) -> Pence:
        """Cost per head, rounded once."""
        return rate_pence(self.head)


@dataclass(frozen=True, slots=True)
class ServiceComparison:
    """A service across its councils in one year; `measure` is the volume its unit cost is of, if any."""

    service: Service
    fy: int | None
    measure: str | None
    unit: str
    years: tuple[int, ...]
    measures: tuple[str, ...]
    rows: tuple[CouncilRate, ...]
    unit_spread: Spread | NotAssessable
    head_spread: Spread | NotAssessable

    @property
    def missing(self) -> list[str]:
        """Carrick: cost of 2026 to 2027, and population; a line for each council that lacks anything."""
        return [f"{row.council}: {listed(row.missing)}" for row in self.rows if row.missing]

    @property
    def unit_difference(self) -> Pence:
        """Pence from the lowest unit cost to the highest."""
        return _difference(self.unit_spread)

    @property
    def unit_ratio(self) -> Ratio:
        """How many times the lowest unit cost the highest is."""
        return _ratio(self.unit_spread)

    @property
    def head_difference(self) -> Pence:
        """Pence from the lowest cost per head to the highest."""
        return _difference(self.head_spread)

    @property
    def head_ratio(self) -> Ratio:
        """How many times the lowest cost per head the highest is."""
        return _ratio(self.head_spread)

    def row_of(self, council: Council) -> CouncilRate | None:
        """The council's row; None where it has no part in the service."""
        return next((row for row in self.rows if row.council.pk == council.pk), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Services across councils; `councils` are the columns, partners in their order first."""

    partners: tuple[Council, ...]
    councils: tuple[Council, ...]
    services: tuple[ServiceComparison, ...]

    @property
    def lines(self) -> list[ComparisonLine]:
        """Each service with its rows in the order of the columns."""
        return [
            ComparisonLine(one, tuple(one.row_of(council) for council in self.councils))
            for one in self.services
        ]


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A service, and for each column its council's row; None where the council has no part in it."""

    compared: ServiceComparison
    cells: tuple[CouncilRate | None, ...]


def number_words(value: Decimal) -> str:
    """30,000.5: commas in threes, no decimals that are 0."""
    return f"{value.normalize():,f}".replace("-", MINUS)


def service_comparison(
    programme: Programme, *, service: Service | None = None, fy: int | None = None, measure: str = ""
) -> Comparison:
    """Every service of a programme, or one, in its own best stated year unless told. Six queries.

    A year or a measure that a service does not state is as if none was asked for.
    """
    chosen = programme.services.filter(pk=service.pk) if service else None
    partners, stated = stated_services(programme, chosen)
    involved = {part.council.pk: part.council for one in stated for part in one.parts}
    people = populations(list(involved.values()))
    places = {council.pk for council in partners}
    others = sorted(
        (one for key, one in involved.items() if key not in places), key=lambda one: one.short_name
    )
    return Comparison(
        partners=tuple(partners),
        councils=(*(one for one in partners if one.pk in involved or not service), *others),
        services=tuple(compare(one, people, fy=fy, measure=measure) for one in stated),
    )


def compare(
    stated: StatedService, people: Populations, *, fy: int | None = None, measure: str = ""
) -> ServiceComparison:
    """One service across its councils; asks the database nothing."""
    years = sorted({year for part in stated.parts for year in part.costs})
    year = fy if fy in years else year_to_compare([set(part.costs) for part in stated.parts])
    volumes = [{one.name for one in part.volumes(year)} if year else set() for part in stated.parts]
    names = sorted(set().union(*volumes))
    chosen = measure if measure in names else measure_to_compare(volumes)
    rows = tuple(_council_rate(part, year, chosen, people) for part in stated.parts)
    units = [row.volume.unit for row in rows if row.volume and row.volume.unit]
    return ServiceComparison(
        service=stated.service,
        fy=year,
        measure=chosen,
        unit=units[0] if units else "",
        years=tuple(years),
        measures=tuple(names),
        rows=rows,
        unit_spread=spread_of({str(row.council): row.unit for row in rows}),
        head_spread=spread_of({str(row.council): row.head for row in rows}),
    )


def _council_rate(
    part: StatedProvision, fy: int | None, measure: str | None, people: Populations
) -> CouncilRate:
    cost = part.costs.get(fy) if fy else None
    volume = part.measures.get((measure, fy)) if fy and measure else None
    if volume and volume.kind != MeasureKind.VOLUME:
        volume = None
    population = people.of(part.council, fy) if fy else None
    cost_name = f"cost of {format_fy(fy)}" if fy else "cost of any year"
    volume_name = f"volume of work ({measure})" if measure else "volume of work"
    pence = cost.amount_pence if cost else None
    heads = population.quantity if population else None
    missing = [
        name
        for name, value in ((cost_name, cost), (volume_name, volume), ("population", population))
        if value is None
    ]
    return CouncilRate(
        council=part.council,
        cost=cost,
        volume=volume,
        population=population,
        unit=_rate(pence, volume.value if volume else None, cost_name, volume_name),
        head=_rate(pence, heads, cost_name, "population"),
        missing=tuple(missing),
    )


def _rate(pence: int | None, units: Decimal | None, cost_name: str, of: str) -> Rate:
    return rate(pence, units, cost=cost_name, of=of)


def _difference(spread: Spread | NotAssessable) -> Pence:
    return spread.difference_pence if isinstance(spread, Spread) else spread


def _ratio(spread: Spread | NotAssessable) -> Ratio:
    return spread.ratio if isinstance(spread, Spread) else spread
