"""Lessons as files, as on their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Table
from programme.models import Programme
from programme.queries.assurance.lessons import LessonRow

LESSON_COLUMNS: list[Column[LessonRow]] = [
    Column("Programme", lambda row: str(row.lesson.programme)),
    Column("Reference", lambda row: row.lesson.ref),
    Column("What was learnt", lambda row: row.lesson.text),
    Column("Evidence", lambda row: row.lesson.evidence or None),
    Column("Recommended change", lambda row: row.lesson.recommended_change or None),
    Column("Concerns", lambda row: row.concern_words),
    Column("Learnt at", lambda row: row.learnt.title),
    Column("Used in", lambda row: "; ".join(one.place.title for one in row.used) or None),
    Column("Source", lambda row: str(row.lesson.source) if row.lesson.source else None),
]


def lesson_table(rows: Sequence[LessonRow]) -> Table[LessonRow]:
    """The lessons of a page as a file, in its order."""
    return Table("lessons", "Lessons", LESSON_COLUMNS, rows)


def lesson_document(programme: Programme, rows: Sequence[LessonRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title=f"Lessons – {programme}",
        as_of=as_of,
        cover=[("Programme", str(programme)), ("Lessons", str(len(rows)))],
        notes=["Used in: later reviews that took a lesson up, of those that you can open."],
        tables=[lesson_table(rows)],
    )
