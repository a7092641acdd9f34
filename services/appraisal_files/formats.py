"""The appraisal of a case as JSON, CSV or XLSX: the same figures give the same bytes (INV-47)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import london_date
from core.exports.cells import plain_text
from core.exports.csv_file import csv_text
from core.exports.json_file import json_text
from core.exports.tables import Column, Document, Format, Table, Value
from core.exports.workbook import workbook_bytes
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.money import pounds_plain
from services.appraisal_files.contents import NOTES, cover_of, tables_of, title_of
from services.appraisal_files.fields import FORMATS as CELL_FORMATS
from services.appraisal_files.fields import AnyTable, Field, Place, Unit
from services.queries.appraisal_report import AppraisalReport

Json = str | int | bool | dict[str, str] | None


@dataclass(frozen=True, slots=True)
class CsvLine:
    """One value of the file, with what it is about."""

    table: str
    about: dict[Place, str]
    field: Field[Any]
    value: Value

    @property
    def status(self) -> str:
        """Whether there is a value, and if not why."""
        return _status(self.value)

    @property
    def note(self) -> str:
        """The reason why there is no value."""
        if isinstance(self.value, NotAssessable | NotApplicable | Withheld):
            return self.value.reason
        return ""


def as_json(report: AppraisalReport) -> bytes:
    """One object: every table a list of objects with the keys of its fields."""
    return json_text({"title": title_of(report), "notes": list(NOTES), **plain_tables(report)}).encode()


def plain_tables(report: AppraisalReport, *keys: str) -> dict[str, list[dict[str, Json]]]:
    """The rows of every table, or of those named, as values that JSON can carry; money in pounds as text."""
    return {
        table.key: [
            {field.key: _json(field.value(row), field.unit) for field in table.fields} for row in table.rows
        ]
        for table in tables_of(report)
        if not keys or table.key in keys
    }


def as_csv(report: AppraisalReport) -> bytes:
    """One tidy table, a line a value."""
    lines = [line for table in tables_of(report) for line in _csv_lines(table)]
    return csv_text(Table("appraisal", title_of(report), _CSV_COLUMNS, lines)).encode()


def as_workbook(report: AppraisalReport) -> bytes:
    """A cover, notes, then a sheet for each table."""
    return workbook_bytes(
        Document(
            title=title_of(report),
            as_of=day_of_figures(report),
            cover=cover_of(report),
            notes=NOTES,
            tables=[table.as_sheet() for table in tables_of(report)],
        )
    )


def day_of_figures(report: AppraisalReport) -> date:
    """The day that a workbook carries: of the issue, or of the last change of a draft."""
    case = report.appraisal.case
    return london_date(case.issued_at or case.updated_at)


FORMATS: dict[str, Callable[[AppraisalReport], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "xlsx": as_workbook,
}
TEXT_FORMATS = frozenset({"json", "csv"})


def _json(value: Value, unit: Unit) -> Json:
    if isinstance(value, NotAssessable | NotApplicable | Withheld):
        return {_status(value): value.reason}
    if isinstance(value, date):
        return value.isoformat()
    if unit == Unit.MONEY and isinstance(value, int):
        return pounds_plain(value)
    return value if value is None or isinstance(value, str | int) else str(value)


def _status(value: Value) -> str:
    if isinstance(value, Withheld):
        return "withheld"
    if isinstance(value, NotApplicable):
        return "not_applicable"
    if isinstance(value, NotAssessable):
        return "not_assessable"
    return "not_stated" if value is None else "given"


def _csv_lines(table: AnyTable) -> Iterator[CsvLine]:
    places = [field for field in table.fields if field.place]
    values = [field for field in table.fields if not field.place]
    for row in table.rows:
        about = {field.place: str(field.value(row)) for field in places if field.place}
        for field in values:
            yield CsvLine(table.key, about, field, field.value(row))


def _about(place: Place) -> Callable[[CsvLine], Value]:
    return lambda line: line.about.get(place, "")


def _text(line: CsvLine) -> str:
    return plain_text(line.value, CELL_FORMATS.get(line.field.unit, Format.NUMBER))


_CSV_COLUMNS: list[Column[CsvLine]] = [
    Column("table", lambda line: line.table),
    *(Column(place.value, _about(place)) for place in Place),
    Column("measure", lambda line: line.field.key),
    # The text is already guarded and written in its own format.
    Column("value", _text, Format.NUMBER),
    Column("unit", lambda line: line.field.unit.value),
    Column("status", lambda line: line.status),
    Column("note", lambda line: line.note),
]
