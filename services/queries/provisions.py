"""Services of a programme with all that councils state of them, for pages that set councils side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from programme.enums import SeriesName
from programme.models import Council, CouncilFigure, Programme
from programme.queries.partners import partner_councils
from services.enums import MeasureKind
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure


@dataclass(frozen=True, slots=True)
class StatedProvision:
    """One council's part in a service: its costs by year, and its measures by name and year."""

    provision: ServiceCouncil
    council: Council
    costs: dict[int, ServiceCost]
    measures: dict[tuple[str, int], ServiceMeasure]

    def volumes(self, fy: int) -> list[ServiceMeasure]:
        """The volumes of work it states for a year."""
        return [
            one for (_, year), one in self.measures.items() if year == fy and one.kind == MeasureKind.VOLUME
        ]


@dataclass(frozen=True, slots=True)
class StatedService:
    """A service and its councils' parts: partner councils in their order, then any others by name."""

    service: Service
    parts: tuple[StatedProvision, ...]


@dataclass(frozen=True, slots=True)
class Populations:
    """Population figures of councils by year."""

    by_council: dict[int, dict[int, CouncilFigure]]

    def of(self, council: Council, fy: int) -> CouncilFigure | None:
        """The population of the year, or of the latest year before it; None where neither is stated."""
        stated = self.by_council.get(council.pk, {})
        years = [year for year in stated if year <= fy]
        return stated[max(years)] if years else None


def stated_services(
    programme: Programme, services: QuerySet[Service] | None = None
) -> tuple[list[Council], list[StatedService]]:
    """The partner councils, and the services (all of the programme unless given). Five queries."""
    partners = partner_councils(programme.partnership_id)
    chosen = programme.services.all() if services is None else services
    rows = with_provisions(chosen).select_related("programme", "lead_council")
    return partners, [stated_service(service, partners) for service in rows]


def with_provisions(services: QuerySet[Service]) -> QuerySet[Service]:
    """Services with their councils' parts, costs and measures; three queries more."""
    return services.prefetch_related(
        Prefetch("provisions", ServiceCouncil.objects.select_related("council")),
        Prefetch("provisions__costs", ServiceCost.objects.select_related("source").order_by("fy")),
        Prefetch(
            "provisions__measures",
            ServiceMeasure.objects.select_related("source").order_by("kind", "name", "fy"),
        ),
    )


def stated_service(service: Service, partners: Sequence[Council]) -> StatedService:
    """A service read with `with_provisions`, its councils in order; asks the database nothing."""
    places = {council.pk: index for index, council in enumerate(partners)}
    provisions = sorted(
        service.provisions.all(),
        key=lambda one: (places.get(one.council_id, len(places)), one.council.short_name),
    )
    return StatedService(service, tuple(_stated(provision) for provision in provisions))


def populations(councils: Sequence[Council]) -> Populations:
    """Population figures of the councils. One query."""
    figures = CouncilFigure.objects.filter(
        council__in=councils, series=SeriesName.POPULATION, quantity__isnull=False
    )
    by_council: dict[int, dict[int, CouncilFigure]] = {}
    for figure in figures.select_related("source"):
        by_council.setdefault(figure.council_id, {})[figure.year] = figure
    return Populations(by_council)


def _stated(provision: ServiceCouncil) -> StatedProvision:
    return StatedProvision(
        provision=provision,
        council=provision.council,
        costs={cost.fy: cost for cost in provision.costs.all()},
        measures={(one.name, one.fy): one for one in provision.measures.all()},
    )
