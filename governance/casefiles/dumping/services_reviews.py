"""Service reviews with what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from core.publication import shown
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    moment_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import Council
from services.models import AssessmentAnswer, Consultation, RedLine, ReviewTask, ServiceReview

ONE_RESPONSE = 1
REVIEW_ROWS: Sequence[str] = (
    "reviews__owner",
    "reviews__lead_council",
    "reviews__tasks__council",
    "reviews__tasks__done_by",
    "reviews__red_lines__council",
    "reviews__answers__council",
    "reviews__consultations__council",
)


def dump_review(review: ServiceReview) -> Fields:
    """A review; what belongs to it comes with the rows that REVIEW_ROWS names."""
    answers = sorted(
        review.answers.all(), key=lambda row: (row.question_set, row.question, row.council.key, row.score)
    )
    return compact(
        {
            "id": review.ref,
            "state": str(review.state),
            "owner": email_of(review.owner),
            "lead": key_of(review.lead_council),
            "sensitive": review.is_sensitive or None,
            "chosen_because": review.chosen_because,
            "scope": review.scope,
            "started": day_of(review.started_on),
            "equality_impact_done": review.equality_impact_done or None,
            "staff_consulted": day_of(review.staff_consulted_on),
            "recommendation": review.recommendation,
            "outcome_reason": review.outcome_reason,
            "deferred_until": day_of(review.deferred_until_on),
            "go_live": day_of(review.go_live_on),
            "decision": review.decision_ref,
            "tasks": [_task(task) for task in review.tasks.all()],
            "red_lines": [
                _red_line(row)
                for row in sorted(review.red_lines.all(), key=lambda row: (row.council.key, row.pk))
            ],
            "answers": [_answer(answer) for answer in answers],
            "consultations": [_consultation(row) for row in review.consultations.all()],
        }
    )


def key_of(council: Council | None) -> str | None:
    """Key of a council."""
    return council.key if council else None


def _task(task: ReviewTask) -> Inline:
    return inline(
        {
            "text": task.text,
            "council": key_of(task.council),
            "done_at": moment_of(task.done_at),
            "done_by": email_of(task.done_by),
        }
    )


def _red_line(row: RedLine) -> Inline:
    return inline(
        {"council": row.council.key, "text": row.text, "respected": row.is_respected, "note": row.note}
    )


def _answer(answer: AssessmentAnswer) -> Inline:
    return inline(
        {
            "council": answer.council.key,
            "set": str(answer.question_set),
            "question": answer.question,
            "score": answer.score,
            "responses": unless(answer.responses, ONE_RESPONSE),
            "evidence": answer.evidence,
        }
    )


def _consultation(row: Consultation) -> Inline:
    return inline(
        {
            "council": row.council.key,
            "kind": str(row.kind),
            "affected": None if row.is_withheld else row.affected_count,
            "started": day_of(row.started_on),
            "ended": day_of(row.ended_on),
            "first_dismissal": None if row.is_withheld else day_of(row.first_dismissal_on),
            "transfer": None if row.is_withheld else day_of(row.transfer_on),
            "establishment": shown(row, row.establishment).text,
        }
    )
