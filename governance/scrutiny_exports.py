"""Scrutiny's recommendations as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Format, Table
from governance.queries.scrutiny import RecommendationRow, ResponseRow

COLUMNS: list[Column[ResponseRow]] = [
    Column("Reference", lambda row: row.recommendation.ref),
    Column("Recommendation", lambda row: row.recommendation.text),
    Column("Made by", lambda row: row.made_by),
    Column("Made on", lambda row: row.recommendation.made_on, Format.DATE),
    Column("Decision", lambda row: row.recommendation.decision.ref if row.recommendation.decision else None),
    Column("Council", lambda row: row.response.council.short_name),
    Column("State", lambda row: row.word),
    Column("Response due", lambda row: row.response.response_due_on, Format.DATE),
    Column("Responded on", lambda row: row.response.responded_on, Format.DATE),
    Column("Response", lambda row: row.response.text),
    Column("Action", lambda row: row.response.action),
    Column("Owner", lambda row: str(row.response.owner) if row.response.owner else None),
    Column("Action due", lambda row: row.response.action_due_on, Format.DATE),
    Column("Done on", lambda row: row.response.done_on, Format.DATE),
]


def scrutiny_table(rows: Sequence[RecommendationRow], *, as_of: date) -> Table[ResponseRow]:
    """The recommendations of a page as a file; one line an executive's answer."""
    answers = [answer for row in rows for answer in row.responses]
    return Table("scrutiny", f"Scrutiny recommendations as at {as_of.isoformat()}", COLUMNS, answers)
