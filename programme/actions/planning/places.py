"""Give a row of a programme its place among the others of its kind."""

from __future__ import annotations

from programme.models import Milestone, Phase, Tranche
from programme.rules.planning.places import placed


def place(row: Milestone | Phase | Tranche, position: int) -> None:
    """Put the row at `position`, from 1 on; others make room. Call it inside the transaction of the write.

    Nobody's edit of another row is stale for that: only its place changes.
    """
    rows = type(row)._meta.base_manager.filter(programme=row.programme_id)
    there = dict(rows.order_by("order_index", "pk").values_list("pk", "order_index"))
    for index, pk in enumerate(placed(list(there), row.pk, position)):
        if there[pk] != index:
            rows.filter(pk=pk).update(order_index=index)


def place_of(row: Milestone | Phase | Tranche) -> int:
    """Where the row stands among those of its kind, from 1 on. One query."""
    rows = type(row)._meta.base_manager.filter(programme=row.programme_id)
    return list(rows.order_by("order_index", "pk").values_list("pk", flat=True)).index(row.pk) + 1
