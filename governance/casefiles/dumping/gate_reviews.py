"""Gate reviews with their answers to the checklist and their recommendations."""

from __future__ import annotations

from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    source_of,
    unless,
)
from programme.enums import ConfidenceScale, GateRecommendationState
from programme.models import GateRecommendation, GateReview, Programme


def dump_gate_reviews(programme: Programme) -> list[Fields]:
    """Reviews in the order of their days."""
    rows = programme.gate_reviews.select_related("source").prefetch_related(
        "answers", "recommendations__owner"
    )
    return [_review(review) for review in rows.order_by("held_on", "ref")]


def _review(review: GateReview) -> Fields:
    answers = sorted(review.answers.all(), key=lambda one: one.lesson)
    return compact(
        {
            "id": review.ref,
            "gate": review.gate,
            "held_on": day_of(review.held_on),
            "reviewers": review.reviewers,
            "scale": unless(review.scale, ConfidenceScale.THREE.value),
            "confidence": review.delivery_confidence,
            "summary": review.summary,
            "answers": [
                inline({"lesson": one.lesson, "answer": str(one.answer), "evidence": one.evidence})
                for one in answers
            ],
            "recommendations": [_recommendation(one) for one in review.recommendations.all()],
            "source": source_of(review.source),
        }
    )


def _recommendation(one: GateRecommendation) -> Fields:
    return compact(
        {
            "number": one.number,
            "text": one.text,
            "urgency": str(one.urgency),
            "owner": email_of(one.owner),
            "due_on": day_of(one.due_on),
            "state": unless(one.state, GateRecommendationState.OPEN.value),
            "settled_on": day_of(one.settled_on),
            "settled_because": one.settled_because,
        }
    )
