"""What stands in a ledger as a file in the layout of the table of entry, to be edited and sent back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import EntryKind
from benefits.queries.entry_table import EntryLine, EntryTable
from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.calendar import MONTH_NAMES, format_date, format_fy, fy_file_key
from programme.models import Council, Programme

MONTHS = (*MONTH_NAMES[3:], *MONTH_NAMES[:3])
LINE, TITLE, KIND, COUNCIL, YEAR = "Reference", "Line", "Kind", "Council", "Financial year"
NOTES = (
    "A row is a line, a council and a financial year; a column is a month. Send the file back with changes.",
    "An empty cell, and one that holds what is recorded already, changes nothing.",
    "Quarter 1 to Quarter 4 and Whole year can stand instead of months: each is shared over its months.",
)
_NAMES = {EntryKind.ACTUAL: "Actual amounts", EntryKind.FORECAST: "Forecast"}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of one council in one year."""

    council: Council
    fy: int
    row: EntryLine


def _month(index: int) -> Callable[[FileRow], Value]:
    return lambda one: one.row.cells[index].pence


COLUMNS: list[Column[FileRow]] = [
    Column(LINE, lambda one: one.row.line.ref),
    Column(TITLE, lambda one: one.row.line.title),
    Column(KIND, lambda one: str(one.row.line.get_kind_display())),
    Column(COUNCIL, lambda one: str(one.council)),
    Column(YEAR, lambda one: fy_file_key(one.fy)),
    *(Column(name, _month(index), Format.MONEY) for index, name in enumerate(MONTHS)),
]


def entry_file_table(tables: Sequence[EntryTable]) -> Table[FileRow]:
    """The tables of several councils, each by month of one year, under each other."""
    first = tables[0]
    title = f"{_NAMES[first.kind]} of {first.programme}, {format_fy(first.fy)}"
    return Table(str(first.kind), title, COLUMNS, _rows(tables), "£ a month")


def entry_document(programme: Programme, tables: Sequence[EntryTable], *, as_of: date) -> Document:
    """The same as a workbook with a cover and notes."""
    table = entry_file_table(tables)
    cover = [("Programme", programme.name), ("As at", format_date(as_of))]
    return Document(table.title, as_of, cover, NOTES, [table])


def _rows(tables: Iterable[EntryTable]) -> list[FileRow]:
    return [FileRow(table.council, table.fy, row) for table in tables for row in table.rows]
