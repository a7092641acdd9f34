"""Milestones of all programmes as files, as on their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Table
from programme.exports import MILESTONE_COLUMNS
from programme.queries.milestones import MilestoneRow

# Each programme has its own meetings, so slippage since the last one is in its own file.
_NOT_HERE = frozenset({"Days slipped since last report", "Last report"})
ALL_COLUMNS: list[Column[MilestoneRow]] = [
    Column("Programme", lambda row: row.milestone.programme.name),
    Column("Kind", lambda row: str(row.milestone.get_kind_display())),
    *(column for column in MILESTONE_COLUMNS if column.title not in _NOT_HERE),
]


def all_milestones_table(rows: Sequence[MilestoneRow], *, as_of: date) -> Table[MilestoneRow]:
    """One line a milestone, in the order of the page."""
    title = f"Milestones of all programmes as at {as_of.isoformat()}"
    return Table("milestones", title, ALL_COLUMNS, rows)


def all_milestones_document(rows: Sequence[MilestoneRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title="Milestones of all programmes",
        as_of=as_of,
        cover=[("Milestones", str(len(rows)))],
        notes=["Ratings compare with each programme’s current plan. More than 0 days is later."],
        tables=[all_milestones_table(rows, as_of=as_of)],
    )
