"""What passes to the successors of councils that are abolished, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.enums import EntryKind
from benefits.queries.succession import Succession, YearPassing
from core.exports.tables import Column, Format, Table
from core.rules.calendar import fy_file_key


@dataclass(frozen=True, slots=True)
class PassingRow:
    """One year of one line: who bears how much of it after the succession."""

    council: str
    kind: EntryKind
    year: YearPassing
    bearer: str
    pence: int


COLUMNS: list[Column[PassingRow]] = [
    Column("Council", lambda row: row.council),
    Column("Ledger", lambda row: str(row.kind.label)),
    Column("Line reference", lambda row: row.year.line.ref),
    Column("Line", lambda row: row.year.line.title),
    Column("Financial year", lambda row: fy_file_key(row.year.fy)),
    Column("Amount before", lambda row: row.year.held_pence, Format.MONEY),
    Column("Borne by", lambda row: row.bearer),
    Column("Amount after", lambda row: row.pence, Format.MONEY),
]


def passing_rows(found: Sequence[Succession]) -> Table[PassingRow]:
    """Every amount that passes, one row for the council and one for each successor."""
    rows = [
        PassingRow(str(one.council), ledger.kind, year, bearer, pence)
        for one in found
        for ledger in (one.plan, one.forecast)
        for year in ledger.years
        for bearer, pence in zip(
            map(str, (one.council, *one.successors)), (year.kept_pence, *year.taken_pence), strict=True
        )
    ]
    return Table("Succession", "What passes to successors", COLUMNS, rows, "£")
