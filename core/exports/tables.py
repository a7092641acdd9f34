"""What a file of figures holds: columns, tables and whole documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.rounding import Exact

Row = TypeVar("Row")
Value = str | Exact | date | NotAssessable | NotApplicable | Withheld | None


class Format(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title, how a row gives its value, and how that is written.

    Money is given in pence and written in pounds; a percentage is given exactly, 100 being all. A date that
    is no single day is given in words. A workbook that is to be edited and sent back offers the `choices` of
    a column in its cells; those of a column that `is_locked` stay as they are. `width` is in letters of a
    workbook; without it a column is as wide as its format needs. `less` are the titles of two columns of
    which this one is the difference, which a spreadsheet then works out itself; so it does with the total of
    a column that `is_summed`.
    """

    title: str
    value: Callable[[Row], Value]
    format: Format = Format.TEXT
    choices: Sequence[str] = ()
    is_locked: bool = False
    width: int = 0
    less: tuple[str, str] | None = None
    is_summed: bool = False


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One table: a short name for its file or sheet, a title that says what it holds, columns and rows.

    `rows` may be a query set or a generator: a CSV file is written as they come. `total` stands under them in
    a spreadsheet and not in a CSV file, where every line is a row of the same kind.
    """

    name: str
    title: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    unit: str = ""
    total: Row | None = None

    @property
    def titles(self) -> list[str]:
        """Column titles, in order."""
        return [column.title for column in self.columns]

    def values(self, row: Row) -> list[Value]:
        """Values of one row, in the order of the columns."""
        return [column.value(row) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Document:
    """Several tables with a cover that says what they are, and notes that say how to read them.

    `as_of` is the day the figures are given for; files carry it as their date, so that the same figures
    give the same bytes (INV-47). One that `is_to_edit` opens on its first table, whose titles cannot be
    changed, and has the notes behind it alone.
    """

    title: str
    as_of: date
    cover: Sequence[tuple[str, str]]
    notes: Sequence[str]
    tables: Sequence[Table[Any]]
    is_to_edit: bool = False
