"""What the rows of an uploaded service catalogue would add and change; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.errors import Refusal, Refusals
from core.imports.tables import ImportedTable, ImportRow
from core.models import Source
from core.rules.calendar import format_fy
from core.rules.dates import ImpreciseDate
from programme.models import Council, Programme
from services.actions.service import (
    clean_cost,
    clean_measure,
    clean_provision,
    clean_service,
    new_service,
)
from services.actions.service_writes import Write, stage
from services.imports.service_columns import COST_FIELDS, MEASURE_FIELDS, PART_FIELDS, SERVICE_FIELDS
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.policies import Powers, check_edit_council, check_edit_services, powers_of
from services.queries.case_partners import CasePartners
from services.queries.provisions import with_provisions

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Entry:
    """What the file says of one thing, from all its rows: values by field, and the row of each."""

    first: ImportRow
    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, ImportRow] = field(default_factory=dict)


@dataclass(slots=True)
class _Entries(Generic[Key]):
    """The things of one kind that the file speaks of; `fields` are names of columns to names of fields."""

    fields: Mapping[str, str]
    by_key: dict[Key, _Entry] = field(default_factory=dict)

    def add(self, key: Key, row: ImportRow, table: ImportedTable) -> None:
        """Take in the row's cells that are not empty; refuse one that contradicts an earlier row."""
        entry = self.by_key.setdefault(key, _Entry(row))
        for column, name in self.fields.items():
            value = row.values[column]
            if value is None:
                continue
            if name in entry.values and entry.values[name] != value:
                said = entry.rows[name]
                message = f"Row {said.number} says {said.texts[column]}. Keep one of them"
                table.refuse(row, column, message)
                continue
            entry.values.setdefault(name, value)
            entry.rows.setdefault(name, row)

    def column_of(self, name: str | None) -> str:
        """The column that gives a field."""
        return next((column for column, own in self.fields.items() if own == name), name or "ref")


@dataclass(slots=True)
class _Plan:
    """What the file says, and the rows of the database that it speaks of."""

    programme: Programme
    table: ImportedTable
    powers: Powers
    partners: CasePartners
    services: dict[str, Service]
    parts: dict[tuple[str, int], ServiceCouncil]
    writes: list[Write] = field(default_factory=list)

    def put(self, entries: _Entries[Any], entry: _Entry, check: Callable[[], Write | None]) -> None:
        """Stage one thing, or say in its cell why it cannot be."""
        try:
            write = check()
        except PermissionDenied as said:
            column = "ref" if entries.fields is SERVICE_FIELDS else "council"
            self.table.refuse(next(iter(entry.rows.values()), entry.first), column, str(said))
        except (Refusal, Refusals) as said:
            for one in said.refusals if isinstance(said, Refusals) else [said]:
                column = entries.column_of(one.field)
                self.table.refuse(entry.rows.get(one.field or "", entry.first), column, one.message)
        else:
            if write:
                self.writes.append(write)


def plan_catalogue(
    programme: Programme, table: ImportedTable, partners: CasePartners, *, by: User
) -> list[Write]:
    """What the rows add and change, services first; what cannot be is added to the table's problems.

    An empty cell leaves what is recorded. Takes the same few queries, however many rows there are.
    """
    known = {one.ref: one for one in with_provisions(programme.services.select_related("lead_council"))}
    for service in known.values():
        service.programme = programme
    plan = _Plan(
        programme=programme,
        table=table,
        powers=powers_of(by, programme),
        partners=partners,
        services=dict(known),
        parts={(one.ref, part.council_id): part for one in known.values() for part in one.provisions.all()},
    )
    sources = _sources(table)
    services: _Entries[str] = _Entries(SERVICE_FIELDS)
    parts: _Entries[tuple[str, Council]] = _Entries(PART_FIELDS)
    costs: _Entries[tuple[str, Council, int]] = _Entries(COST_FIELDS)
    measures: _Entries[tuple[str, Council, str, int]] = _Entries(MEASURE_FIELDS)
    for row in table.rows:
        if table.is_sound(row):
            _sort_row(row, table, services, parts, costs, measures)
    _put_services(plan, services)
    _put_parts(plan, parts)
    _put_costs(plan, costs, sources)
    _put_measures(plan, measures, sources)
    return plan.writes


def _sort_row(
    row: ImportRow,
    table: ImportedTable,
    services: _Entries[str],
    parts: _Entries[tuple[str, Council]],
    costs: _Entries[tuple[str, Council, int]],
    measures: _Entries[tuple[str, Council, str, int]],
) -> None:
    """Give each cell of a row to the thing that it is about; refuse a row that does not say what that is."""
    values = row.values
    services.add(values["ref"], row, table)
    if _lacks_a_part(row, table):
        return
    council = values["council"]
    if council is None:
        return
    parts.add((values["ref"], council), row, table)
    if values["amount_pence"] is not None:
        key = (values["ref"], council, values["fy"])
        if key in costs.by_key:
            message = f"There are two entries for {format_fy(values['fy'])}. Keep one"
            table.refuse(row, "amount_pence", message)
            return
        costs.add(key, row, table)
    if values["measure"]:
        measures.add((values["ref"], council, values["measure"], values["fy"]), row, table)


def _lacks_a_part(row: ImportRow, table: ImportedTable) -> bool:
    """Whether a cell is filled that makes sense only beside one that is empty."""
    values = row.values
    of_council = [*PART_FIELDS, *COST_FIELDS, *MEASURE_FIELDS, "measure", "fy"]
    has_figure = values["amount_pence"] is not None or values["measure"]
    lacks = [
        (
            "council",
            "Enter the council",
            values["council"] is None and any(values[name] is not None for name in of_council),
        ),
        ("fy", "Select a financial year, for example 2026 to 2027", has_figure and values["fy"] is None),
        (
            "amount_pence",
            "Enter the cost in pounds, for example 12,500 or 12,500.50",
            values["fy"] is not None and not has_figure,
        ),
        ("measure", "Enter the measure", values["value"] is not None and not values["measure"]),
    ]
    found = [(name, message) for name, message, is_lacking in lacks if is_lacking]
    for name, message in found:
        table.refuse(row, name, message)
    return bool(found)


def _put_services(plan: _Plan, entries: _Entries[str]) -> None:
    for ref, entry in entries.by_key.items():
        service = plan.services.get(ref) or new_service(plan.programme, len(plan.services))
        if service.pk is None:
            service.ref = ref
            entry.values["ref"] = ref
        plan.services[ref] = service

        def check(service: Service = service, entry: _Entry = entry) -> Write | None:
            values = {name: one for name, one in entry.values.items() if not _is_same(service, name, one)}
            if service.pk is None or values:
                check_edit_services(plan.powers)
            return stage(service, clean_service(service, values, partners=plan.partners))

        plan.put(entries, entry, check)


def _put_parts(plan: _Plan, entries: _Entries[tuple[str, Council]]) -> None:
    for (ref, council), entry in entries.by_key.items():
        part = plan.parts.get((ref, council.pk)) or ServiceCouncil()
        part.service, part.council = plan.services[ref], council
        plan.parts[ref, council.pk] = part

        def check(part: ServiceCouncil = part, entry: _Entry = entry) -> Write | None:
            write = stage(part, clean_provision(part, entry.values))
            return _allowed(plan, write, part.council)

        plan.put(entries, entry, check)


def _put_costs(
    plan: _Plan, entries: _Entries[tuple[str, Council, int]], sources: Mapping[str, Source]
) -> None:
    known = {
        (one.provision_id, one.fy): one for part in plan.parts.values() if part.pk for one in part.costs.all()
    }
    for (ref, council, fy), entry in entries.by_key.items():
        part = plan.parts[ref, council.pk]
        cost = known.get((part.pk, fy)) or ServiceCost(fy=fy)
        cost.provision = part

        def check(cost: ServiceCost = cost, entry: _Entry = entry) -> Write | None:
            values = clean_cost(cost, _with_source(entry, sources), partners=plan.partners)
            return _allowed(plan, stage(cost, values), cost.provision.council)

        plan.put(entries, entry, check)


def _put_measures(
    plan: _Plan, entries: _Entries[tuple[str, Council, str, int]], sources: Mapping[str, Source]
) -> None:
    known = {
        (one.provision_id, one.name, one.fy): one
        for part in plan.parts.values()
        if part.pk
        for one in part.measures.all()
    }
    for (ref, council, name, fy), entry in entries.by_key.items():
        part = plan.parts[ref, council.pk]
        measure = known.get((part.pk, name, fy)) or ServiceMeasure(name=name, fy=fy)
        measure.provision = part

        def check(measure: ServiceMeasure = measure, entry: _Entry = entry) -> Write | None:
            values = clean_measure(measure, _with_source(entry, sources), partners=plan.partners)
            return _allowed(plan, stage(measure, values), measure.provision.council)

        plan.put(entries, entry, check)


def _allowed(plan: _Plan, write: Write | None, council: Council) -> Write | None:
    """The write, for a person who may make it; what is sent back unchanged needs no right."""
    if write:
        check_edit_council(plan.powers, council)
    return write


def _is_same(service: Service, name: str, value: Any) -> bool:
    """Whether the file says what is recorded; dates are compared by what they mean."""
    if service.pk is None:
        return False
    if name in ("since", "planned"):
        recorded = service.get_date(name)
        return recorded is not None and _days(recorded) == _days(value)
    return bool(getattr(service, name) == value)


def _days(value: ImpreciseDate) -> tuple[date, date]:
    return value.first_on, value.last_on


def _sources(table: ImportedTable) -> dict[str, Source]:
    """A source for each text in the file: the one there is, or a new one to be written. One query."""
    texts = {row.values["source"] for row in table.rows if row.values["source"]}
    known = {one.document: one for one in Source.objects.filter(document__in=texts, locator="")}
    return {text: known.get(text) or Source(document=text) for text in texts}


def _with_source(entry: _Entry, sources: Mapping[str, Source]) -> dict[str, Any]:
    text = entry.values.get("source")
    return {**entry.values, "source": sources[text]} if text else dict(entry.values)
