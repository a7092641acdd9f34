"""What councils say of themselves in a review: means by question and council, and the gaps (F-34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.rules.assessment import NotAssessable
from core.rules.rounding import format_number
from programme.models import Council
from services.enums import QuestionSet
from services.models import AssessmentAnswer
from services.rules.review_reference import Question, questions
from services.rules.self_assessment import DimensionResult, dimension_result

Mean = Fraction | NotAssessable
Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """One council's answers to one question: how many people gave each score, their mean and the evidence."""

    council: Council
    counts: Counts
    mean: Mean
    evidence: str

    @property
    def responses(self) -> int:
        """How many people answered."""
        return sum(self.counts.values())

    @property
    def mean_words(self) -> str:
        """2.55, or [x] where nobody has answered."""
        return format_number(self.mean, 2) if isinstance(self.mean, Fraction) else "[x]"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with every council's answers, in their order."""

    question: Question
    cells: tuple[CouncilAnswer, ...]
    result: DimensionResult

    @property
    def gap_number(self) -> str:
        """2.50, or [x] where not every council has answered."""
        gap = self.result.gap
        return format_number(gap, 2) if isinstance(gap, Fraction) else "[x]"

    @property
    def gap_words(self) -> str:
        """Ashmere and Carrick differ by 2.5, the higher first; empty where no gap is known."""
        gap = self.result.gap
        if not isinstance(gap, Fraction) or gap == 0:
            return ""
        known = [(cell.mean, cell.council) for cell in self.cells if isinstance(cell.mean, Fraction)]
        highest = next(council for mean, council in known if mean == max(mean for mean, _ in known))
        lowest = next(council for mean, council in known if mean == min(mean for mean, _ in known))
        return f"{highest} and {lowest} differ by {short_number(gap)}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One question set of a review; `versions` says by council key which answers were read."""

    question_set: QuestionSet
    councils: tuple[Council, ...]
    rows: tuple[QuestionRow, ...]
    versions: Mapping[str, int]

    @property
    def flagged(self) -> tuple[QuestionRow, ...]:
        """Questions on which councils are 2 or more points apart."""
        return tuple(row for row in self.rows if row.result.is_flagged)

    @property
    def unanswered(self) -> tuple[Council, ...]:
        """Councils that have answered no question of the set."""
        return tuple(
            council
            for index, council in enumerate(self.councils)
            if not any(row.cells[index].responses for row in self.rows)
        )

    @property
    def evidence(self) -> tuple[tuple[Question, CouncilAnswer], ...]:
        """Every piece of evidence, with the question that it belongs to."""
        return tuple((row.question, cell) for row in self.rows for cell in row.cells if cell.evidence)


def assessments(answers: Iterable[AssessmentAnswer], councils: Sequence[Council]) -> list[Assessment]:
    """Both question sets of a review, from its answers. No query."""
    every = list(answers)
    return [assessment(question_set, every, councils) for question_set in QuestionSet]


def assessment(
    question_set: QuestionSet, answers: Iterable[AssessmentAnswer], councils: Sequence[Council]
) -> Assessment:
    """One question set of a review, from its answers. No query."""
    own = [answer for answer in answers if answer.question_set == question_set]
    given: dict[tuple[str, int], list[AssessmentAnswer]] = {}
    for answer in own:
        given.setdefault((answer.question, answer.council_id), []).append(answer)
    versions = {
        council.key: answers_version(answer for answer in own if answer.council_id == council.pk)
        for council in councils
    }
    rows = tuple(_row(question, councils, given) for question in questions(question_set))
    return Assessment(question_set, tuple(councils), rows, versions)


def answers_version(answers: Iterable[AssessmentAnswer]) -> int:
    """What a council's answers to one set are at: it goes up with every change, from 0 before the first."""
    return sum(answer.version for answer in answers)


def short_number(value: Fraction) -> str:
    """2.5 or 2.55: at most two decimals, without zeros at the end."""
    return format_number(value, 2).rstrip("0").rstrip(".")


def _row(
    question: Question,
    councils: Sequence[Council],
    given: Mapping[tuple[str, int], Sequence[AssessmentAnswer]],
) -> QuestionRow:
    answers = [given.get((question.code, council.pk), []) for council in councils]
    counts = [{one.score: one.responses for one in own if one.responses} for own in answers]
    result = dimension_result({str(council): own for council, own in zip(councils, counts, strict=True)})
    cells = tuple(
        CouncilAnswer(council, own_counts, result.by_council[str(council)], _evidence(own))
        for council, own_counts, own in zip(councils, counts, answers, strict=True)
    )
    return QuestionRow(question, cells, result)


def _evidence(answers: Sequence[AssessmentAnswer]) -> str:
    return next((answer.evidence for answer in answers if answer.evidence), "")
