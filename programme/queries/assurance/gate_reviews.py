"""The gate reviews of a programme: what was judged, how the eight lessons stand, what is recommended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from core.rules.words import count_of
from programme.enums import GateRecommendationState, LessonAnswer
from programme.models import GateAnswer, GateRecommendation, GateReview, Programme
from programme.policies import Powers
from programme.rules.assurance.checklist import ChecklistLesson, checklist
from programme.rules.assurance.gate_review import is_late, meaning_of


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation, whether it is late, and what the person may do with it."""

    recommendation: GateRecommendation
    is_late: bool
    can_change: bool = False
    can_finish: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor rejected."""
        return self.recommendation.state == GateRecommendationState.OPEN

    @property
    def word(self) -> str:
        """Open, Overdue, Done or Rejected."""
        return "Overdue" if self.is_late else str(self.recommendation.get_state_display())


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One of the eight lessons with the answer of a review; None where it is not answered yet."""

    lesson: ChecklistLesson
    answer: GateAnswer | None


@dataclass(frozen=True, slots=True)
class GateReviewRow:
    """One review with all eight lessons and its recommendations."""

    review: GateReview
    checklist: tuple[ChecklistRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    can_record: bool = False

    @property
    def meaning(self) -> str:
        """What the point of the scale says."""
        return meaning_of(self.review.delivery_confidence)

    @property
    def is_answered(self) -> bool:
        """Whether all eight lessons are answered."""
        return all(row.answer for row in self.checklist)

    @property
    def answers_words(self) -> str:
        """5 met, 2 partly met, 1 not met; Not answered yet."""
        counts = Counter(row.answer.answer for row in self.checklist if row.answer)
        said = [f"{counts[one]} {str(one.label).lower()}" for one in LessonAnswer if counts[one]]
        return ", ".join(said) or "Not answered yet"

    @property
    def open_words(self) -> str:
        """2 open of 5 recommendations; None."""
        total = len(self.recommendations)
        still = sum(row.is_open for row in self.recommendations)
        return f"{still} open of {count_of(total, 'recommendation')}" if total else "None"


def with_parts(reviews: QuerySet[GateReview]) -> QuerySet[GateReview]:
    """Reviews with all that a row shows, in three queries."""
    recommendations = GateRecommendation.objects.select_related("owner").order_by("number")
    return reviews.select_related("programme__partnership", "source").prefetch_related(
        "answers", Prefetch("recommendations", recommendations)
    )


def gate_review_rows(
    programme: Programme, *, as_of: date, powers: Powers | None = None
) -> list[GateReviewRow]:
    """The reviews of the programme, the latest first. Three queries."""
    found = with_parts(programme.gate_reviews.order_by("-held_on", "-pk"))
    return [gate_review_row(review, as_of=as_of, powers=powers) for review in found]


def gate_review_row(review: GateReview, *, as_of: date, powers: Powers | None = None) -> GateReviewRow:
    """Where one review read `with_parts` stands."""
    given = {answer.lesson: answer for answer in review.answers.all()}
    return GateReviewRow(
        review,
        tuple(ChecklistRow(lesson, given.get(lesson.code)) for lesson in checklist()),
        tuple(_row(one, review, as_of, powers) for one in review.recommendations.all()),
        powers is not None and powers.records_gates(review.programme),
    )


def recommendations_of(rows: Sequence[GateReviewRow]) -> list[RecommendationRow]:
    """Every recommendation: what is open first, by its day; then what is settled, the latest first."""
    every = [one for row in rows for one in row.recommendations]
    still = sorted((one for one in every if one.is_open), key=_by_day)
    settled = sorted((one for one in every if not one.is_open), key=_by_end, reverse=True)
    return still + settled


def _row(
    one: GateRecommendation, review: GateReview, as_of: date, powers: Powers | None
) -> RecommendationRow:
    one.review = review
    return RecommendationRow(
        one,
        is_late(one.state, one.due_on, as_of),
        powers is not None and powers.records_gates(review.programme),
        powers is not None and powers.may_finish(one),
    )


def _by_day(row: RecommendationRow) -> tuple[date, int, int]:
    one = row.recommendation
    return one.due_on or date.max, -one.review_id, one.number


def _by_end(row: RecommendationRow) -> tuple[date, int]:
    return row.recommendation.settled_on or date.min, row.recommendation.pk
