"""What must be settled when a council leaves, as a file."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.tables import Column, Table
from programme.queries.leaving import LeavingGroup, LeavingItem

COLUMNS: list[Column[LeavingItem]] = [
    Column("Step", lambda item: str(item.step.label)),
    Column("What is to be settled", lambda item: item.text),
    Column("Settled", lambda item: "yes" if item.is_settled else "no"),
    Column("Before it can leave", lambda item: "yes" if item.blocks else "no"),
]


def leaving_table(groups: Sequence[LeavingGroup]) -> Table[LeavingItem]:
    """Every item in the order of the steps."""
    rows = [item for group in groups for item in group.items]
    return Table("Leaving", "What must be settled", COLUMNS, rows)
