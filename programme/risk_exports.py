"""The registers of a programme as files, as on their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.publication import left_out
from core.rules.assessment import NotApplicable
from programme.models import Programme
from programme.queries.risks import RiskRow

_NO_SCORE = NotApplicable("an issue has happened: it has an impact and no score")


def _of_score(row: RiskRow, value: int | None) -> Value:
    return _NO_SCORE if row.is_issue else value


RISK_COLUMNS: list[Column[RiskRow]] = [
    Column("Reference", lambda row: row.risk.ref),
    Column("Register", lambda row: str(row.risk.get_register_display())),
    Column("Title", lambda row: row.risk.title),
    Column("Category", lambda row: row.risk.category),
    Column("State", lambda row: "Closed" if row.is_closed else "Open"),
    Column("Likelihood", lambda row: _of_score(row, row.risk.likelihood), Format.NUMBER),
    Column("Impact", lambda row: row.risk.impact, Format.NUMBER),
    Column("Score", lambda row: _of_score(row, row.score), Format.NUMBER),
    Column("Rating", lambda row: row.rating.word.value if row.rating else None),
    Column("Impact on single councils", lambda row: row.impact_words),
    Column("What we are doing", lambda row: row.response.text),
    Column("Owner", lambda row: str(row.risk.owner) if row.risk.owner else None),
    Column("Expected from", lambda row: row.risk.proximity_on, Format.DATE),
    Column("Review on", lambda row: row.risk.review_on, Format.DATE),
    Column("Closed on", lambda row: row.risk.closed_on, Format.DATE),
    Column("Why closed", lambda row: row.closed_because.text),
]


def risk_table(rows: Sequence[RiskRow], *, as_of: date) -> Table[RiskRow]:
    """The entries of a page as a file, in its order; one line an entry."""
    title = f"Risks, assumptions, issues and dependencies as at {as_of.isoformat()}"
    return Table("risks", title, RISK_COLUMNS, rows)


def risk_document(programme: Programme, rows: Sequence[RiskRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title=f"Risks, assumptions, issues and dependencies – {programme}",
        as_of=as_of,
        cover=[("Programme", str(programme)), ("Entries", str(len(rows)))],
        notes=[
            "Score is likelihood times impact, each from 1 to 5. An issue has an impact alone.",
            *filter(None, [left_out(row.risk for row in rows)]),
        ],
        tables=[risk_table(rows, as_of=as_of)],
    )
