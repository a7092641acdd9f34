"""The register of partnerships as files, as on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benefits.queries.partnership_register import RegisterRow
from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.assessment import NotAssessable

NOT_STATED = NotAssessable("Not stated")
NOTES = (
    "Plan and saving are the cashable savings of all years of a partnership’s programmes that have figures.",
    "The plan to date ends with each programme’s data cut-off; what is verified is compared with it.",
    "Since is the day on which the partnership was formed, or else on which its first council joined.",
)


def _since(row: RegisterRow) -> Value:
    if row.since is None:
        return NOT_STATED
    return row.since.first_on if row.since.is_exact else str(row.since)


COLUMNS: list[Column[RegisterRow]] = [
    Column("Partnership", lambda row: row.partnership.name, width=40),
    Column("Councils", lambda row: "; ".join(one.name for one in row.councils) or NOT_STATED, width=50),
    Column("How they work together", lambda row: str(row.partnership.get_model_display()), width=24),
    Column("Since", _since, Format.DATE, width=18),
    Column("Services shared", lambda row: len(row.services), Format.NUMBER),
    Column("Names of services shared", lambda row: "; ".join(row.services) or "None", width=60),
    Column("Programmes", lambda row: "; ".join(one.name for one in row.programmes) or "None", width=40),
    Column("State", lambda row: row.states, width=18),
    Column("Planned, all years", lambda row: row.figures.current, Format.MONEY),
    Column("Planned to date", lambda row: row.figures.current_to_date, Format.MONEY),
    Column("Verified to date", lambda row: row.figures.verified, Format.MONEY),
    Column("Programmes without figures", lambda row: row.without, Format.NUMBER),
]


def register_table(rows: Sequence[RegisterRow]) -> Table[RegisterRow]:
    """The rows of the page, one line a partnership."""
    return Table("partnerships", "Register of partnerships", COLUMNS, rows, unit="£")


def register_document(rows: Sequence[RegisterRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title="Register of partnerships",
        as_of=as_of,
        cover=[("Partnerships", str(len(rows)))],
        notes=NOTES,
        tables=[register_table(rows)],
    )
