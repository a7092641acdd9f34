"""One set of tables, written as JSON, CSV or XLSX. The same figures give the same bytes (INV-47)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.enums import Qualifier
from core.exports.csv_file import csv_text
from core.exports.json_file import json_text
from core.exports.tables import Column, Document, Format, Table
from core.exports.workbook import workbook_bytes
from governance.benefits_files.contents import NOTES, cover_of, tables_of, title_of
from governance.benefits_files.fields import AnyTable, Field, Place, sources_in_words
from governance.benefits_files.values import (
    Status,
    cell_value,
    json_value,
    reason_of,
    status_of,
    text_value,
)
from governance.queries.benefits_export import BenefitsExport

PROGRAMME = "programme"
FORMAT_NAME = "concordat-benefits-1"


@dataclass(frozen=True, slots=True)
class LongRow:
    """One value of the tidy CSV file."""

    table: str
    places: Mapping[Place, str]
    measure: str
    value: str
    unit: str
    status: Status
    qualifier: str
    source: str
    note: str


def json_bytes(export: BenefitsExport) -> bytes:
    """An object: the programme, then each table as a list of objects."""
    content: dict[str, Any] = {"format": FORMAT_NAME, "currency": "GBP"}
    for table in tables_of(export):
        rows = [_json_row(table, row) for row in table.rows]
        content[table.key] = rows[0] if table.key == PROGRAMME else rows
    return json_text(content).encode()


def csv_bytes(export: BenefitsExport) -> bytes:
    """One tidy table: a line a value, saying which table, council and year it is of."""
    rows = [line for table in tables_of(export) for row in table.rows for line in _long_rows(table, row)]
    return csv_text(Table("benefits", title_of(export), CSV_COLUMNS, rows)).encode()


def xlsx_bytes(export: BenefitsExport) -> bytes:
    """A workbook: cover, contents, notes, a sheet a table, and what every column means."""
    tables = tables_of(export)
    return workbook_bytes(
        Document(
            title=title_of(export),
            as_of=export.as_of,
            cover=cover_of(export),
            notes=NOTES,
            tables=[*(_sheet(table) for table in tables), _dictionary(tables)],
        )
    )


FORMATS: Mapping[str, Callable[[BenefitsExport], bytes]] = {
    "json": json_bytes,
    "csv": csv_bytes,
    "xlsx": xlsx_bytes,
}
TEXT_FORMATS = frozenset({"json", "csv"})


def _place(place: Place) -> Column[LongRow]:
    return Column(place.value, lambda row: row.places.get(place, ""))


# A value is text already, guarded where a spreadsheet could run it; as a number it is written as it is.
CSV_COLUMNS: Sequence[Column[LongRow]] = [
    Column("table", lambda row: row.table),
    *(_place(place) for place in Place if place != Place.VALUE),
    Column("measure", lambda row: row.measure),
    Column("value", lambda row: row.value, Format.NUMBER),
    Column("unit", lambda row: row.unit),
    Column("status", lambda row: row.status.value),
    Column("qualifier", lambda row: row.qualifier),
    Column("source", lambda row: row.source),
    Column("note", lambda row: row.note),
]


def _json_row(table: AnyTable, row: Any) -> dict[str, Any]:
    """A row by the keys of its fields; `qualifiers` names the figures that are not exact."""
    content = {field.key: json_value(field.value(row), field.unit) for field in table.fields}
    if table.has_sources:
        words = {field.key: field.qualifier(row) for field in table.fields if field.qualifier}
        content["qualifiers"] = {key: word for key, word in words.items() if word and word != Qualifier.EXACT}
        content["source"] = table.source_of(row)
    if table.note:
        content["note"] = table.note(row)
    return content


def _long_rows(table: AnyTable, row: Any) -> Iterator[LongRow]:
    places: dict[Place, str] = {
        field.place: str(field.value(row)) for field in table.fields if field.place != Place.VALUE
    }
    note = table.note(row) if table.note else ""
    for field in table.figures:
        value = field.value(row)
        yield LongRow(
            table=table.key,
            places=places,
            measure=field.key,
            value=text_value(value, field.unit),
            unit=field.unit.value,
            status=status_of(value),
            qualifier=field.qualifier(row) if field.qualifier else "",
            source=sources_in_words(field.source(row)) if field.source else "",
            note=reason_of(value) or note,
        )


def _sheet(table: AnyTable) -> Table[Any]:
    columns: list[Column[Any]] = [_column(field) for field in table.fields if not field.is_code]
    if table.has_sources:
        columns += [Column("Qualifier", table.qualifier_of), Column("Source", table.source_of)]
    if table.note:
        columns.append(Column("Note", table.note))
    return Table(table.name, table.title, columns, table.rows, unit=table.says)


def _column(field: Field[Any]) -> Column[Any]:
    return Column(field.title, lambda row: cell_value(field.value(row), field.unit), field.unit.cell_format)


def _dictionary(tables: Sequence[AnyTable]) -> Table[tuple[AnyTable, Field[Any]]]:
    """What every column of every table means."""
    columns: list[Column[tuple[AnyTable, Field[Any]]]] = [
        Column("Sheet", lambda row: row[0].name),
        Column("Column", lambda row: row[1].title),
        Column("Key in JSON and CSV", lambda row: row[1].key),
        Column("Unit", lambda row: row[1].unit.value),
        Column("Meaning", lambda row: row[1].says),
    ]
    rows = [(table, field) for table in tables for field in table.fields]
    return Table("Data dictionary", "What every column means", columns, rows)
