"""What differs between two editions, as a file."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.tables import Column, Format, Table
from core.publishing.compare import Change
from core.rules.assessment import NotApplicable
from governance.models import Edition

_NONE = NotApplicable("There is nothing of the kind here")


def changes_table(before: Edition, after: Edition, changes: Sequence[Change]) -> Table[Change]:
    """One line a difference, in the order in which the report is read; money and days where known."""
    columns: list[Column[Change]] = [
        Column("Section", lambda one: one.section or "Header"),
        Column("Table", lambda one: one.table or _NONE),
        Column("Row", lambda one: one.row or _NONE),
        Column("Column", lambda one: one.column or _NONE),
        Column("What happened", lambda one: one.kind.value),
        Column(f"Edition {before.number}", lambda one: one.before or _NONE),
        Column(f"Edition {after.number}", lambda one: one.after or _NONE),
        Column(f"Edition {before.number}, £", lambda one: _or(one.before_pence), Format.MONEY),
        Column(f"Edition {after.number}, £", lambda one: _or(one.after_pence), Format.MONEY),
        Column("Difference, £", lambda one: _or(one.pence), Format.MONEY),
        Column("Difference, days", lambda one: _or(one.days), Format.NUMBER),
        Column("Difference in words", lambda one: one.difference or _NONE),
    ]
    return Table("differences", f"What differs from {before} to {after}", columns, changes)


def _or(figure: int | None) -> int | NotApplicable:
    return _NONE if figure is None else figure
