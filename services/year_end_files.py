"""A year end as a file: one row for each pool and council."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.exports.tables import Column, Format, Table
from core.rules.calendar import fy_file_key
from services.queries.key_runs import TrueUpRow
from services.queries.year_end import YearEnd, YearEndPool
from services.rules.key_record import weight_text, weight_words


@dataclass(frozen=True, slots=True)
class PoolCouncil:
    """One council in one pool; without `row` where the pool has had no true-up."""

    fy: int
    pool: YearEndPool
    council: str
    row: TrueUpRow | None


COLUMNS: list[Column[PoolCouncil]] = [
    Column("Financial year", lambda one: fy_file_key(one.fy)),
    Column("Pool", lambda one: one.pool.pool.name),
    Column("Result", lambda one: one.pool.word),
    Column("What was counted", lambda one: one.pool.true_up.driver if one.pool.true_up else None),
    Column("Tolerance, points", lambda one: _tolerance(one.pool)),
    Column("Council", lambda one: one.council),
    Column("Counted", lambda one: Decimal(weight_text(one.row.quantity)) if one.row else None, Format.NUMBER),
    Column("Estimated, %", lambda one: one.row.estimated_percent if one.row else None, Format.PERCENT),
    Column("Actual, %", lambda one: one.row.actual_percent if one.row else None, Format.PERCENT),
    Column("Estimated share", lambda one: one.row.charged_pence if one.row else None, Format.MONEY),
    Column("Final share", lambda one: one.row.final_pence if one.row else None, Format.MONEY),
    Column("Owed", lambda one: one.row.settlement_pence if one.row else None, Format.MONEY),
]


def year_end_table(found: YearEnd) -> Table[PoolCouncil]:
    """Every pool with its councils; owed is what a council still pays, negative what it gets back."""
    rows = [
        PoolCouncil(found.fy, pool, str(council), row)
        for pool in found.pools
        for council, row in _councils(pool)
    ]
    return Table("Year end", "True-ups of the year", COLUMNS, rows, "£")


def _councils(pool: YearEndPool) -> list[tuple[object, TrueUpRow | None]]:
    if pool.rows:
        return [(row.council, row) for row in pool.rows]
    return [(council, None) for council in pool.councils] or [("All councils", None)]


def _tolerance(pool: YearEndPool) -> str | None:
    return weight_words(pool.true_up.tolerance_pp) if pool.true_up else None
