"""The comparison of two versions of a business case as a file."""

from __future__ import annotations

from core.exports.tables import Column, Format, Table
from core.rules.assessment import Withheld
from services.queries.case_compare import CaseComparison, Change, MoneyChange

Row = Change | MoneyChange


def comparison_table(comparison: CaseComparison) -> Table[Row]:
    """A row for each difference: totals, then amounts, then what differs in words."""
    title = f"Version {comparison.older.number} compared with version {comparison.newer.number}"
    rows: list[Row] = [*comparison.totals, *comparison.amounts, *comparison.words]
    return Table("comparison", title, COLUMNS, rows)


def _pence(row: Row, side: str) -> int | Withheld | str | None:
    return getattr(row, side) if isinstance(row, MoneyChange) else ""


def _text(row: Row, side: str) -> str:
    return getattr(row, side) if isinstance(row, Change) else ""


COLUMNS: list[Column[Row]] = [
    Column("Part", lambda row: row.part),
    Column("Item", lambda row: row.item),
    Column("What", lambda row: row.what),
    Column("Financial year", lambda row: row.year if isinstance(row, MoneyChange) else ""),
    Column("Before (£)", lambda row: _pence(row, "before"), Format.MONEY),
    Column("After (£)", lambda row: _pence(row, "after"), Format.MONEY),
    Column("Difference (£)", lambda row: _pence(row, "difference"), Format.MONEY),
    Column("Before", lambda row: _text(row, "before")),
    Column("After", lambda row: _text(row, "after")),
]
