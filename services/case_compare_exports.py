"""The comparison of two versions of a business case as a file."""

from __future__ import annotations

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotApplicable
from services.queries.case_compare import CaseComparison, Change, MoneyChange

Row = Change | MoneyChange
_IN_WORDS = NotApplicable("This difference is in words")
_IN_POUNDS = NotApplicable("This difference is in pounds")
_NO_YEAR = NotApplicable("This difference is not of one year")


def comparison_table(comparison: CaseComparison) -> Table[Row]:
    """A row for each difference: totals, then amounts, then what differs in words."""
    title = f"Version {comparison.older.number} compared with version {comparison.newer.number}"
    rows: list[Row] = [*comparison.totals, *comparison.amounts, *comparison.words]
    return Table("comparison", title, COLUMNS, rows)


def _year(row: Row) -> Value:
    year = row.year if isinstance(row, MoneyChange) else ""
    return year or _NO_YEAR


def _pence(row: Row, side: str) -> Value:
    return getattr(row, side) if isinstance(row, MoneyChange) else _IN_WORDS


def _text(row: Row, side: str) -> Value:
    return getattr(row, side) if isinstance(row, Change) else _IN_POUNDS


COLUMNS: list[Column[Row]] = [
    Column("Part", lambda row: row.part),
    Column("Item", lambda row: row.item),
    Column("What", lambda row: row.what),
    Column("Financial year", _year),
    Column("Before (£)", lambda row: _pence(row, "before"), Format.MONEY),
    Column("After (£)", lambda row: _pence(row, "after"), Format.MONEY),
    Column("Difference (£)", lambda row: _pence(row, "difference"), Format.MONEY),
    Column("Before", lambda row: _text(row, "before")),
    Column("After", lambda row: _text(row, "after")),
]
