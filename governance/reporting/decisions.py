"""Section 11: each decision, each council's answer to it, and where councils disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from core.exports.tables import Column, Format, Table
from core.publication import shown
from core.publishing.content import Section, Words
from governance.models import CouncilDecision
from governance.queries.decisions import DecisionRow
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.words import narrative, table_or
from governance.rules.position import Position, PositionWord


@dataclass(frozen=True, slots=True)
class _Answer:
    """One council's answer to one decision, or to a part of it."""

    row: DecisionRow
    asked: CouncilDecision
    position: Position

    @property
    def what(self) -> str:
        """The decision, and the part of it where parts go their own ways."""
        title = f"{self.row.decision.ref} {self.row.decision.title}"
        return f"{title}: {self.asked.element.title}" if self.asked.element else title

    @property
    def reason(self) -> str | None:
        """What the council stated; of a withheld decision the sentence that stands for it."""
        said = self.asked.statement
        if not said:
            records = sorted(self.asked.records.all(), key=lambda record: record.pk)
            said = records[-1].reasons if records else ""
        return shown(self.row.decision, said).text or None


_APART = frozenset(
    {PositionWord.CHANGED, PositionWord.REJECTED, PositionWord.DEFERRED, PositionWord.DECLINED}
)
_DECISIONS: list[Column[DecisionRow]] = [
    Column("Reference", lambda row: row.decision.ref),
    Column("Decision", lambda row: row.decision.title),
    Column("Can we start?", lambda row: row.start.word.value),
    Column("In effect from, or the earliest date", lambda row: row.start.on, Format.DATE),
    Column("Why", lambda row: row.start_line),
    Column("Waiting for", lambda row: ", ".join(row.start.waiting_for) or None),
]
_ANSWERS: list[Column[_Answer]] = [
    Column("Decision", lambda one: one.what),
    Column("Council", lambda one: one.position.council),
    Column("Answer", lambda one: one.position.word.value),
    Column("When", lambda one: one.position.when or None),
    Column("Call-in and next step", lambda one: one.position.next_step or None),
    Column("In effect for this council from", lambda one: one.position.effective_on, Format.DATE),
]
_OPEN: list[Column[_Answer]] = [
    Column("Decision", lambda one: one.what),
    Column("Council", lambda one: one.position.council),
    Column("Answer", lambda one: one.position.word.value),
    Column("Reason that the council stated", lambda one: one.reason),
]


def decisions(facts: Facts) -> Section:
    """Each decision, each council's answer, and open disagreements with the reasons that councils stated."""
    rows = facts.board.rows
    answers = [one for row in rows for one in _answers(row)]
    prefetch_related_objects([one.asked for one in answers], "records")
    differing = [one for one in answers if one.position.differs or one.position.word in _APART]
    table = frozen(Table("", "Decisions", _DECISIONS, rows), "decisions")
    each = frozen(Table("", "Answers of each council", _ANSWERS, answers), "council-decisions")
    apart = frozen(Table("", "Where councils disagree", _OPEN, differing), "disagreements")
    return Section(
        "11",
        "Decisions",
        (
            *narrative(facts, "11"),
            Words(facts.board.sentence),
            *table_or(table, "No decision is recorded."),
            *([each] if answers else []),
            *table_or(apart, "No council has rejected, changed or deferred a decision."),
        ),
    )


def _answers(row: DecisionRow) -> Iterator[_Answer]:
    return (_Answer(row, asked, position) for asked, position in row.answers)
