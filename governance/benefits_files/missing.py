"""What a file cannot say, gathered from all its tables, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.rules.assessment import NotAssessable
from governance.benefits_files.fields import AnyTable, Field, FieldTable, Place, Unit


@dataclass(frozen=True, slots=True)
class MissingRow:
    """Figures of one table that cannot be worked out for one reason, and for which councils."""

    number: int
    table: AnyTable
    figures: tuple[str, ...]
    councils: tuple[str, ...]
    reason: str


def missing_table(tables: Sequence[AnyTable]) -> FieldTable[MissingRow]:
    """A row a table and reason."""
    return FieldTable(
        "not_assessable",
        "Not assessable",
        "What cannot be worked out, and why",
        "A row a table and reason",
        [
            Field("number", "Number", lambda row: str(row.number), "Number of the row", place=Place.ITEM),
            Field("table", "Table", lambda row: row.table.key, "Key of the table"),
            Field("sheet", "Sheet", lambda row: row.table.name, "Its sheet"),
            Field(
                "figures",
                "Figures",
                lambda row: row.figures,
                "Keys of the figures that are missing",
                Unit.LIST,
            ),
            Field("councils", "Councils", lambda row: row.councils, "Councils for which they are", Unit.LIST),
            Field("reason", "Reason", lambda row: row.reason, "What is missing"),
        ],
        list(_rows(tables)),
    )


def _rows(tables: Sequence[AnyTable]) -> Iterator[MissingRow]:
    found = (missing for table in tables for missing in _missing(table))
    for number, missing in enumerate(found, 1):
        yield MissingRow(number, *missing)


def _missing(table: AnyTable) -> Iterator[tuple[AnyTable, tuple[str, ...], tuple[str, ...], str]]:
    whose = next((field for field in table.fields if field.place == Place.COUNCIL_NAME), None)
    figures: dict[str, dict[str, None]] = {}
    councils: dict[str, dict[str, None]] = {}
    for row in table.rows:
        for field, reason in _reasons(table.figures, row):
            figures.setdefault(reason, {})[field.key] = None
            named = councils.setdefault(reason, {})
            if whose:
                named[str(whose.value(row))] = None
    for reason, keys in figures.items():
        yield table, tuple(keys), tuple(councils[reason]), reason


def _reasons(fields: Iterable[Field[object]], row: object) -> Iterator[tuple[Field[object], str]]:
    for field in fields:
        value = field.value(row)
        if isinstance(value, NotAssessable):
            yield field, value.reason
