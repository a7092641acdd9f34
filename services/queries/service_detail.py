"""One service on one page: each council's part, costs and measures by year, and every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.rules.assessment import Withheld
from programme.models import Council
from services.enums import MeasureKind, ReviewState
from services.models import BusinessCase, Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.policies import Powers
from services.queries.catalogue import ServicePage, ServiceRow, YearRow, service_page
from services.queries.comparison import number_words
from services.queries.service_history import ServiceEdit, service_history
from services.rules.review import STEPS
from services.rules.service_entry import fte_to_show


@dataclass(frozen=True, slots=True)
class CouncilPart:
    """One council's part; `provision` is None for a partner that has none recorded."""

    council: Council
    provision: ServiceCouncil | None
    can_edit: bool

    @property
    def fte(self) -> Decimal | Withheld | None:
        """Its posts, unless they are too few to be shown (INV-38)."""
        return fte_to_show(self.provision.fte) if self.provision else None

    @property
    def fte_words(self) -> str:
        """22.5 full-time equivalents, fewer than 5 posts, or that nothing is stated."""
        if self.fte is None:
            return "Not stated"
        if isinstance(self.fte, Withheld):
            return self.fte.reason
        return f"{number_words(self.fte)} full-time equivalents"

    @property
    def can_add(self) -> bool:
        """Whether the person may add costs and measures to it."""
        return self.can_edit and self.provision is not None


@dataclass(frozen=True, slots=True)
class MeasureCell:
    """One council's value of a measure in a year."""

    council: Council
    measure: ServiceMeasure | None
    can_edit: bool

    @property
    def words(self) -> str:
        """The value with commas; empty where it is not stated."""
        return number_words(self.measure.value) if self.measure else ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in one year across councils."""

    name: str
    kind: str
    unit: str
    direction: str
    fy: int
    cells: tuple[MeasureCell, ...]


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """What the page of a service shows, for one person."""

    page: ServicePage
    row: ServiceRow
    parts: tuple[CouncilPart, ...]
    measures: tuple[MeasureRow, ...]
    history: tuple[ServiceEdit, ...]
    cases: tuple[BusinessCase, ...]
    editable: frozenset[int]
    can_edit: bool

    @property
    def can_start_review(self) -> bool:
        """Whether the person may start a review: none of the service is still open."""
        return self.can_edit and all(not STEPS[ReviewState(one.state)] for one in self.row.reviews)

    @property
    def years(self) -> tuple[YearRow, ...]:
        """Costs by year."""
        return self.row.years

    @property
    def cost_sources(self) -> list[str]:
        """Where its costs can be checked, each source once."""
        cells = [cell.cost for year in self.years for cell in year.cells]
        return _sources(cells)

    @property
    def measure_sources(self) -> list[str]:
        """Where its measures can be checked, each source once."""
        cells = [cell.measure for row in self.measures for cell in row.cells]
        return _sources(cells)

    @property
    def has_blanks(self) -> bool:
        """Whether some council has no figure where another has one."""
        return self.page.has_blanks or any(
            cell.measure is None for row in self.measures for cell in row.cells
        )


def service_detail(service: Service, powers: Powers) -> ServiceDetail:
    """One service with all that is stated of it. Eight queries."""
    page = service_page(service.programme, service=service)
    (row,) = page.rows
    provisions = {part.provision.council_id: part.provision for part in row.parts}
    editable = frozenset(council.pk for council in page.councils if powers.edits_council(council))
    return ServiceDetail(
        page=page,
        row=row,
        parts=tuple(
            CouncilPart(council, provisions.get(council.pk), council.pk in editable)
            for council in page.councils
        ),
        measures=tuple(_measure_rows(page.councils, provisions, editable)),
        history=tuple(service_history(service)),
        cases=tuple(service.business_cases.order_by("ref", "number")),
        editable=editable,
        can_edit=powers.is_manager,
    )


def _measure_rows(
    councils: tuple[Council, ...], provisions: dict[int, ServiceCouncil], editable: frozenset[int]
) -> list[MeasureRow]:
    stated = {
        (one.kind, one.name, one.fy, key): one
        for key, provision in provisions.items()
        for one in provision.measures.all()
    }
    rows = []
    for kind, name, fy in sorted(
        {place[:3] for place in stated}, key=lambda one: (one[0] != MeasureKind.VOLUME, *one)
    ):
        cells = tuple(
            MeasureCell(council, stated.get((kind, name, fy, council.pk)), council.pk in editable)
            for council in councils
        )
        first = next(cell.measure for cell in cells if cell.measure)
        rows.append(MeasureRow(name, first.get_kind_display(), first.unit, _direction(first), fy, cells))
    return rows


def _direction(measure: ServiceMeasure) -> str:
    if measure.is_higher_better is None:
        return ""
    return "higher is better" if measure.is_higher_better else "lower is better"


def _sources(figures: Sequence[ServiceCost | ServiceMeasure | None]) -> list[str]:
    return list(dict.fromkeys(str(one.source) for one in figures if one and one.source))
