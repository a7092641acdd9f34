"""One description of each table of the file, from which JSON, CSV and XLSX are all written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from core.exports.tables import Column, Format, Table, Value

Row = TypeVar("Row")


class Unit(StrEnum):
    """What a value is counted in; the word that stands in the CSV."""

    MONEY = "GBP"
    PERCENT = "percent"
    YEARS = "years"
    RATIO = "ratio"
    COUNT = "count"
    DATE = "date"
    TEXT = "text"


class Place(StrEnum):
    """The columns of the CSV that say what a value is about."""

    OPTION = "option"
    COUNCIL = "council"
    YEAR = "financial_year"
    ITEM = "item"


FORMATS = {
    Unit.MONEY: Format.MONEY,
    Unit.DATE: Format.DATE,
    Unit.TEXT: Format.TEXT,
}


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """One value of a row: its key in files, the title of its column, and how a row gives it.

    A field with a `place` says what the row is about and is no value of its own in the CSV.
    """

    key: str
    title: str
    value: Callable[[Row], Value]
    unit: Unit = Unit.TEXT
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FileTable(Generic[Row]):
    """One table of the file: its key, the title that says what it holds, its fields and its rows."""

    key: str
    title: str
    fields: Sequence[Field[Row]]
    rows: Sequence[Row]

    def as_sheet(self) -> Table[Row]:
        """The table as a sheet of a workbook."""
        columns = [
            Column(field.title, field.value, FORMATS.get(field.unit, Format.NUMBER)) for field in self.fields
        ]
        return Table(self.key.replace("_", " ").capitalize(), self.title, columns, self.rows)


AnyTable = FileTable[Any]
