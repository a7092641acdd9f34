"""Services as a file: a row for each service, council and year, that can be edited and sent back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.calendar import fy_file_key
from core.rules.dates import ImpreciseDate
from programme.models import Programme
from services.imports.service_columns import imprecise_text
from services.models import ServiceCost, ServiceCouncil, ServiceMeasure
from services.queries.catalogue import ServicePage, ServiceRow
from services.rules.service_entry import fte_to_show


@dataclass(frozen=True, slots=True)
class CostRow:
    """One line of the file: a cost or a measure of a year, or neither where a council states none."""

    row: ServiceRow
    provision: ServiceCouncil | None = None
    cost: ServiceCost | None = None
    measure: ServiceMeasure | None = None

    @property
    def figure(self) -> ServiceCost | ServiceMeasure | None:
        """The cost or the measure of the line."""
        return self.cost or self.measure


def service_table(page: ServicePage) -> Table[CostRow]:
    """The services of a page, in its order; a cost that is not stated is [x]."""
    return Table("services", "Services and what each council spends", COLUMNS, list(_rows(page)))


def service_document(programme: Programme, page: ServicePage, *, as_of: date) -> Document:
    """The same as a workbook, which is also the template of the import."""
    return Document(
        title=f"Services – {programme}",
        as_of=as_of,
        cover=[("Programme", str(programme)), ("Services", str(page.total))],
        notes=[
            "Edit the sheet “services” and upload it to change the catalogue. Add rows for what is new.",
            "An empty cell, [x], [z] or [c] leaves what is recorded as it is.",
            "[c] withheld: fewer than 5 posts could identify people.",
        ],
        tables=[service_table(page)],
    )


def _rows(page: ServicePage) -> Iterator[CostRow]:
    for row in page.rows:
        if not row.parts:
            yield CostRow(row)
        for part in row.parts:
            provision = part.provision
            lines = [CostRow(row, provision, cost=cost) for cost in provision.costs.all()]
            lines += [CostRow(row, provision, measure=one) for one in provision.measures.all()]
            yield from lines or [CostRow(row, provision)]


def _date(value: ImpreciseDate | None) -> Value:
    return imprecise_text(value) if value else None


def _council(row: CostRow) -> Value:
    if row.provision is None:
        return row.row.service.councils_text or None
    return str(row.provision.council)


def _part(
    title: str, value: Callable[[ServiceCouncil], Value], form: Format = Format.TEXT
) -> Column[CostRow]:
    return Column(title, lambda row: value(row.provision) if row.provision else None, form)


def _cost(title: str, value: Callable[[ServiceCost], Value], form: Format = Format.TEXT) -> Column[CostRow]:
    return Column(title, lambda row: value(row.cost) if row.cost else None, form)


def _measure(
    title: str, value: Callable[[ServiceMeasure], Value], form: Format = Format.TEXT
) -> Column[CostRow]:
    return Column(title, lambda row: value(row.measure) if row.measure else None, form)


def _yes_no(value: bool | None) -> Value:
    return None if value is None else "yes" if value else "no"


COLUMNS: list[Column[CostRow]] = [
    Column("Reference", lambda row: row.row.service.ref),
    Column("Service", lambda row: row.row.service.name),
    Column("Kind", lambda row: row.row.service.get_kind_display()),
    Column("Status", lambda row: row.row.service.get_status_display()),
    Column("Shared since", lambda row: _date(row.row.since)),
    Column("Planned for", lambda row: _date(row.row.planned)),
    Column("Lead council", lambda row: str(row.row.service.lead_council or "") or None),
    Column("Note", lambda row: row.row.service.note or None),
    Column("Review", lambda row: "; ".join(one.get_state_display() for one in row.row.reviews) or None),
    Column("Council", _council),
    _part("Status of the council", lambda one: one.get_status_display() or None),
    _part("Provider", lambda one: one.get_provider_display()),
    _part("Provider name", lambda one: one.provider_name or None),
    _part("Full-time equivalents", lambda one: fte_to_show(one.fte), Format.NUMBER),
    _part("Contract can end from", lambda one: one.contract_break_on, Format.DATE),
    _part("Contract ends on", lambda one: one.contract_end_on, Format.DATE),
    _part("Already shared (%)", lambda one: one.shared_percent, Format.NUMBER),
    _part("Note of the council", lambda one: one.note or None),
    Column("Financial year", lambda row: fy_file_key(row.figure.fy) if row.figure else None),
    _cost("Cost (£)", lambda one: one.amount_pence, Format.MONEY),
    _cost("Confidence", lambda one: one.get_confidence_display()),
    _cost("Exactness", lambda one: one.get_qualifier_display()),
    Column("Source", lambda row: str(row.figure.source or "") or None if row.figure else None),
    _measure("Measure", lambda one: one.name),
    _measure("Measure kind", lambda one: one.get_kind_display()),
    _measure("Unit", lambda one: one.unit or None),
    _measure("Value", lambda one: one.value, Format.NUMBER),
    _measure("Higher is better", lambda one: _yes_no(one.is_higher_better)),
]
