"""How far the eight lessons that every gate review asks about are met, as the latest review found it."""

from __future__ import annotations

from core.exports.tables import Column, Table
from core.publishing.content import Block, Words
from core.rules.calendar import format_date
from core.rules.words import mid_sentence
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from programme.queries.assurance.gate_reviews import ChecklistRow

_COLUMNS: list[Column[ChecklistRow]] = [
    Column("Lesson", lambda row: f"{row.lesson.name}. {row.lesson.question}"),
    Column("Met", lambda row: str(row.answer.get_answer_display()) if row.answer else "Not answered"),
    Column("Evidence", lambda row: row.answer.evidence if row.answer else None),
]


def eight_lessons(facts: Facts) -> list[Block]:
    """The checklist of the latest gate review held by the day."""
    held = [row for row in facts.gate_reviews if row.review.held_on <= facts.seen_on]
    if not held:
        return [Words("No gate review has asked about the eight lessons yet.")]
    last = max(held, key=lambda row: (row.review.held_on, row.review.pk))
    caption = (
        f"The eight lessons, as the review at {mid_sentence(last.review.get_gate_display())} found them on "
        f"{format_date(last.review.held_on)}"
    )
    return [frozen(Table("", caption, _COLUMNS, last.checklist), "eight-lessons")]
