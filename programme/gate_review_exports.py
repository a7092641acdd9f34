"""The recommendations of gate reviews as files, as on their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table
from programme.models import Programme
from programme.queries.assurance.gate_reviews import RecommendationRow

RECOMMENDATION_COLUMNS: list[Column[RecommendationRow]] = [
    Column("Reference", lambda row: row.recommendation.ref),
    Column("Gate", lambda row: str(row.recommendation.review.get_gate_display())),
    Column("Review held on", lambda row: row.recommendation.review.held_on, Format.DATE),
    Column("Recommendation", lambda row: row.recommendation.text),
    Column("Urgency", lambda row: str(row.recommendation.get_urgency_display())),
    Column("Owner", lambda row: str(row.recommendation.owner) if row.recommendation.owner else None),
    Column("To be done by", lambda row: row.recommendation.due_on, Format.DATE),
    Column("State", lambda row: row.word),
    Column("Settled on", lambda row: row.recommendation.settled_on, Format.DATE),
    Column("How it was done, or why rejected", lambda row: row.recommendation.settled_because),
]


def recommendation_table(rows: Sequence[RecommendationRow]) -> Table[RecommendationRow]:
    """The recommendations of a page as a file, in its order."""
    return Table("recommendations", "Recommendations of gate reviews", RECOMMENDATION_COLUMNS, rows)


def recommendation_document(
    programme: Programme, rows: Sequence[RecommendationRow], *, as_of: date
) -> Document:
    """The same as a workbook."""
    return Document(
        title=f"Recommendations of gate reviews – {programme}",
        as_of=as_of,
        cover=[("Programme", str(programme)), ("Recommendations", str(len(rows)))],
        notes=["Overdue: open, and past the day by which it was to be done."],
        tables=[recommendation_table(rows)],
    )
