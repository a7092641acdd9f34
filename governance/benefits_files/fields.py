"""What a table of the benefits file is made of: one specification that all three formats are written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from core.exports.tables import Format, Value

Row = TypeVar("Row")
Datum = Value | tuple[str, ...]
_MOST_SOURCES = 10


class Unit(StrEnum):
    """What a value is counted in; the word stands in the file."""

    TEXT = "text"
    LIST = "list"
    FLAG = "yes or no"
    DATE = "date"
    MONEY = "GBP"
    PERCENT = "percent"
    AGREED_PERCENT = "percent as agreed"
    POINTS = "percentage points"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    COUNT = "number"

    @property
    def cell_format(self) -> Format:
        """How a spreadsheet holds it."""
        return _FORMATS.get(self, Format.NUMBER)


_FORMATS = {
    Unit.TEXT: Format.TEXT,
    Unit.LIST: Format.TEXT,
    Unit.FLAG: Format.TEXT,
    Unit.DATE: Format.DATE,
    Unit.MONEY: Format.MONEY,
    Unit.PERCENT: Format.PERCENT,
    Unit.POINTS: Format.PERCENT,
}


class Place(StrEnum):
    """The column of the CSV file that a field fills. One that only says which row it is, fills its own."""

    ITEM = "item"
    ITEM_NAME = "item_name"
    COUNCIL = "council"
    COUNCIL_NAME = "council_name"
    YEAR = "financial_year"
    VALUE = "value"


@dataclass(frozen=True)
class Field(Generic[Row]):
    """One value of a row: its key in JSON and CSV, its title in a workbook, and what it means.

    `qualifier` and `source` are for figures that a source states, or that are worked out from such. A code
    is a key beside the name that says the same: a workbook leaves it out.
    """

    key: str
    title: str
    value: Callable[[Row], Datum]
    says: str
    unit: Unit = Unit.TEXT
    place: Place = Place.VALUE
    qualifier: Callable[[Row], str] | None = None
    source: Callable[[Row], Sequence[str]] | None = None
    is_code: bool = False


@dataclass(frozen=True)
class FieldTable(Generic[Row]):
    """One table: its key in JSON and CSV, the name of its sheet, and what a row of it is."""

    key: str
    name: str
    title: str
    says: str
    fields: Sequence[Field[Row]]
    rows: Sequence[Row]
    note: Callable[[Row], str] | None = None

    @property
    def figures(self) -> list[Field[Row]]:
        """Fields that say something about a row, not which row it is."""
        return [field for field in self.fields if field.place == Place.VALUE]

    @property
    def has_sources(self) -> bool:
        """Whether its figures carry how exact they are and where they come from."""
        return any(field.qualifier or field.source for field in self.fields)

    def qualifier_of(self, row: Row) -> str:
        """How exact the figures of a row are: one word for all, or one for each that differs."""
        return _together([(field.title, field.qualifier(row)) for field in self.fields if field.qualifier])

    def source_of(self, row: Row) -> str:
        """Where the figures of a row stand."""
        return sources_in_words(name for field in self.fields if field.source for name in field.source(row))


AnyTable = FieldTable[Any]


def sources_in_words(names: Iterable[str]) -> str:
    """Documents in alphabetical order, the first few where there are very many."""
    ordered = sorted({name for name in names if name})
    if len(ordered) <= _MOST_SOURCES:
        return "; ".join(ordered)
    return "; ".join(ordered[:_MOST_SOURCES]) + f"; and {len(ordered) - _MOST_SOURCES} more"


def _together(words: Sequence[tuple[str, str]]) -> str:
    stated = [(title, word) for title, word in words if word]
    if len({word for _, word in stated}) <= 1:
        return stated[0][1] if stated else ""
    return "; ".join(f"{title}: {word}" for title, word in stated)
