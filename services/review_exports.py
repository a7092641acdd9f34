"""The self-assessments of a review as a file: a row for each question and council."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotAssessable
from core.rules.rounding import round_to
from services.actions.review_answers import SCORES
from services.queries.review_assessment import Assessment, CouncilAnswer, QuestionRow


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One council's answers to one question, with the gap between all councils."""

    assessment: Assessment
    row: QuestionRow
    cell: CouncilAnswer


def assessment_table(assessments: Iterable[Assessment]) -> Table[AssessmentLine]:
    """Every question of every set in its order, and in it every council in theirs."""
    lines = [
        AssessmentLine(assessment, row, cell)
        for assessment in assessments
        for row in assessment.rows
        for cell in row.cells
    ]
    return Table("self-assessment", "What each council says of itself", COLUMNS, lines)


def _number(value: Fraction | NotAssessable) -> Value:
    return round_to(value, 2) if isinstance(value, Fraction) else value


def _people(score: int) -> Column[AssessmentLine]:
    return Column(f"People who answered {score}", lambda line: line.cell.counts.get(score, 0), Format.NUMBER)


COLUMNS: list[Column[AssessmentLine]] = [
    Column("Question set", lambda line: str(line.assessment.question_set.label)),
    Column("Question", lambda line: line.row.question.name),
    Column("Council", lambda line: str(line.cell.council)),
    *(_people(score) for score in SCORES),
    Column("Mean", lambda line: _number(line.cell.mean), Format.NUMBER),
    Column("Gap between councils", lambda line: _number(line.row.result.gap), Format.NUMBER),
    Column("Flagged", lambda line: "Yes" if line.row.result.is_flagged else "No"),
    Column("Evidence", lambda line: line.cell.evidence or None),
    Column("Source of the question", lambda line: line.row.question.source),
]
