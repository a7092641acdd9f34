"""Services as a file: a row for each service, council and financial year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.exports.tables import Column, Format, Table, Value
from core.rules.calendar import fy_file_key
from core.rules.dates import ImpreciseDate
from services.models import ServiceCost, ServiceCouncil
from services.queries.catalogue import ServicePage, ServiceRow


@dataclass(frozen=True, slots=True)
class CostRow:
    """One line of the file; a service or council without a stated cost still has one."""

    row: ServiceRow
    provision: ServiceCouncil | None
    cost: ServiceCost | None


def service_table(page: ServicePage) -> Table[CostRow]:
    """The services of a page, in its order; a cost that is not stated is [x]."""
    return Table("services", "Services and what each council spends", COLUMNS, list(_rows(page)))


def _rows(page: ServicePage) -> Iterator[CostRow]:
    for row in page.rows:
        provisions: list[ServiceCouncil | None] = [part.provision for part in row.parts]
        for provision in provisions or [None]:
            costs: list[ServiceCost | None] = list(provision.costs.all()) if provision else []
            for cost in costs or [None]:
                yield CostRow(row, provision, cost)


def _text(value: str) -> Value:
    return value or None


def _date(value: ImpreciseDate | None) -> Value:
    if value is None:
        return None
    return value.first_on.isoformat() if value.is_exact else str(value)


def _council(row: CostRow) -> Value:
    if row.provision is None:
        return _text(row.row.service.councils_text)
    return str(row.provision.council)


COLUMNS: list[Column[CostRow]] = [
    Column("Reference", lambda row: row.row.service.ref),
    Column("Service", lambda row: row.row.service.name),
    Column("Status", lambda row: row.row.service.get_status_display()),
    Column("Shared since", lambda row: _date(row.row.since)),
    Column("Planned for", lambda row: _date(row.row.planned)),
    Column("Lead council", lambda row: str(row.row.service.lead_council or "") or None),
    Column("Review", lambda row: "; ".join(one.get_state_display() for one in row.row.reviews) or None),
    Column("Council", _council),
    Column("Provider", lambda row: row.provision.get_provider_display() if row.provision else None),
    Column("Full-time equivalents", lambda row: row.provision.fte if row.provision else None, Format.NUMBER),
    Column(
        "Contract ends on", lambda row: row.provision.contract_end_on if row.provision else None, Format.DATE
    ),
    Column("Financial year", lambda row: fy_file_key(row.cost.fy) if row.cost else None),
    Column("Cost (£)", lambda row: row.cost.amount_pence if row.cost else None, Format.MONEY),
    Column("Confidence", lambda row: row.cost.get_confidence_display() if row.cost else None),
    Column("Exactness", lambda row: row.cost.get_qualifier_display() if row.cost else None),
    Column("Source", lambda row: str(row.cost.source or "") or None if row.cost else None),
]
