"""Services of a programme: who runs them, what each council spends, where their review stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.enums import Qualifier
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.suppression import SMALL_COUNT
from core.rules.words import count_of, listed
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from services.enums import Provider, ServiceStatus
from services.models import Service, ServiceCost, ServiceCouncil, ServiceReview
from services.queries.provisions import with_provisions
from services.rules.service_cost import total_cost
from services.rules.service_entry import fte_to_show


@dataclass(frozen=True, slots=True)
class CostCell:
    """One council's cost of a service in a year; `applies` is false where the council has no part in it."""

    council: Council
    cost: ServiceCost | None
    applies: bool

    @property
    def qualities(self) -> str:
        """How exact and how reliable the figure is: about, low confidence."""
        if self.cost is None:
            return ""
        exactness = "" if self.cost.qualifier == _EXACT else self.cost.get_qualifier_display()
        confidence = f"{self.cost.get_confidence_display().lower()} confidence"
        return ", ".join(part for part in (exactness, confidence) if part)


@dataclass(frozen=True, slots=True)
class YearRow:
    """What each council spends on a service in one financial year, and together."""

    fy: int
    cells: tuple[CostCell, ...]
    total: int | NotAssessable


@dataclass(frozen=True, slots=True)
class Part:
    """One council's part in a service."""

    provision: ServiceCouncil

    @property
    def own_status(self) -> str:
        """Its status where it differs from the service's."""
        own = self.provision.status
        return self.provision.get_status_display() if own and own != self.provision.service.status else ""

    @property
    def details(self) -> str:
        """outsourced, 22.5 full-time equivalents, contract ends 30 September 2029; empty if not stated."""
        provision = self.provision
        parts = []
        if provision.provider != Provider.NOT_STATED:
            parts.append(str(provision.get_provider_display()).lower())
        if provision.fte is not None:
            parts.append(fte_words(provision.fte))
        if provision.contract_end_on:
            parts.append(f"contract ends {format_date(provision.contract_end_on)}")
        return ", ".join(parts)


def fte_words(fte: Decimal) -> str:
    """22.5 full-time equivalents, or that they are too few to be shown (INV-38)."""
    shown = fte_to_show(fte)
    if isinstance(shown, Decimal):
        return f"{shown.normalize():f} full-time equivalents"
    return f"fewer than {SMALL_COUNT} full-time equivalents"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service with its councils, its review and its costs by year."""

    service: Service
    since: ImpreciseDate | None
    planned: ImpreciseDate | None
    parts: tuple[Part, ...]
    reviews: tuple[ServiceReview, ...]
    years: tuple[YearRow, ...]

    @property
    def has_details(self) -> bool:
        """Whether anything is stated of a council's part beside its name."""
        return any(part.own_status or part.details for part in self.parts)

    @property
    def council_names(self) -> str:
        """Its councils in one line, or the source's words where it does not name them."""
        names = listed([str(part.provision.council) for part in self.parts])
        return names or self.service.councils_text or "Not stated"

    @property
    def when(self) -> str:
        """Since July 2026, Planned for 1 October 2027, or that no date is stated."""
        if self.since:
            return f"Since {self.since}"
        if self.planned:
            return f"Planned for {self.planned}"
        return "No date planned" if self.service.status == ServiceStatus.NOT_SHARED else "Date not stated"


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many services have one status."""

    status: ServiceStatus
    count: int


@dataclass(frozen=True, slots=True)
class ServicePage:
    """The services of a programme; `rows` hold what is chosen, the counts hold all."""

    partners: tuple[Council, ...]
    councils: tuple[Council, ...]
    rows: tuple[ServiceRow, ...]
    counts: tuple[StatusCount, ...]
    total: int
    costed: int

    @property
    def sentence(self) -> str:
        """5 services: 1 shared, 2 planned to be shared and 2 not shared. Costs are stated for 5."""
        parts = [f"{one.count} {one.status.label.lower()}" for one in self.counts]
        costs = f"Costs are stated for {self.costed}" if self.costed else "No costs are stated"
        return f"{count_of(self.total, 'service')}: {listed(parts)}. {costs}."

    @property
    def costed_rows(self) -> list[ServiceRow]:
        """Rows that have any cost."""
        return [row for row in self.rows if row.years]

    @property
    def has_blanks(self) -> bool:
        """Whether some cell of the costs has no figure, which a note must then explain."""
        return any(cell.cost is None for row in self.rows for year in row.years for cell in year.cells)


_EXACT = Qualifier.EXACT


def service_page(programme: Programme, *, status: str = "", service: Service | None = None) -> ServicePage:
    """The services of a programme, those of one status, or one alone. Six queries."""
    partners = partner_councils(programme.partnership_id)
    services = list(_services(programme, service))
    councils = _columns(partners, services)
    rows = [_row(service, councils) for service in services]
    counts = [StatusCount(one, sum(service.status == one for service in services)) for one in ServiceStatus]
    return ServicePage(
        partners=tuple(partners),
        councils=tuple(councils),
        rows=tuple(row for row in rows if status in {"", row.service.status}),
        counts=tuple(one for one in counts if one.count),
        total=len(rows),
        costed=sum(bool(row.years) for row in rows),
    )


def _services(programme: Programme, service: Service | None) -> Iterable[Service]:
    services = programme.services.select_related("lead_council", "source")
    if service:
        services = services.filter(pk=service.pk)
    return with_provisions(services).prefetch_related("reviews")


def _columns(partners: Sequence[Council], services: Sequence[Service]) -> list[Council]:
    """The partner councils in their order, then any other council with a part in a service, by name."""
    involved = {provision.council for service in services for provision in service.provisions.all()}
    others = sorted(involved - set(partners), key=lambda council: council.short_name)
    return [*partners, *others]


def _row(service: Service, councils: Sequence[Council]) -> ServiceRow:
    by_council = {provision.council_id: provision for provision in service.provisions.all()}
    provisions = tuple(by_council[council.pk] for council in councils if council.pk in by_council)
    costs = {
        (provision.council_id, cost.fy): cost for provision in provisions for cost in provision.costs.all()
    }
    years = sorted({fy for _, fy in costs})
    return ServiceRow(
        service=service,
        since=service.get_date("since"),
        planned=service.get_date("planned"),
        parts=tuple(Part(provision) for provision in provisions),
        reviews=tuple(service.reviews.all()),
        years=tuple(_year_row(fy, councils, by_council, costs) for fy in years),
    )


def _year_row(
    fy: int,
    councils: Sequence[Council],
    provisions: dict[int, ServiceCouncil],
    costs: dict[tuple[int, int], ServiceCost],
) -> YearRow:
    cells = tuple(
        CostCell(council, costs.get((council.pk, fy)), council.pk in provisions) for council in councils
    )
    stated = {
        str(cell.council): cell.cost.amount_pence if cell.cost else None for cell in cells if cell.applies
    }
    return YearRow(fy, cells, total_cost(stated))
