"""Gate reviews with their answers to the checklist and their recommendations."""

from __future__ import annotations

from typing import Any

from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.enums import ConfidenceScale, GateRecommendationState
from programme.models import GateAnswer, GateRecommendation, GateReview, Programme


def load_gate_reviews(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, GateReview]:
    """The reviews by id."""
    rows = programme.gate_reviews.select_related("source").prefetch_related("answers", "recommendations")
    existing = {review.ref: review for review in rows}
    found = {}
    for entry in file.entries("gate_reviews"):
        ref = entry.text("id")
        review = existing.get(ref) or GateReview(programme=programme, ref=ref)
        values = {
            "gate": entry.integer("gate"),
            "held_on": entry.day("held_on"),
            "reviewers": entry.text("reviewers"),
            "scale": entry.text("scale") or ConfidenceScale.THREE.value,
            "delivery_confidence": entry.text("confidence"),
            "summary": entry.text("summary"),
            "source": loading.source(entry),
        }
        parts = [_answers_part(entry, review)]
        known = list(review.recommendations.all()) if review.pk else []
        wanted = Wanted("gate review", f"Gate review {ref}", file.key, values, parts=parts)
        found[ref] = save_row(loading, review, wanted)
        _load_recommendations(loading, file, entry, found[ref], known)
    report_kept(loading, "gate review", existing, found)
    return found


def _answers_part(entry: Entry, review: GateReview) -> Part:
    """The answers to the checklist, replaced as a whole."""
    now = {row.lesson: [row.answer, row.evidence] for row in review.answers.all()} if review.pk else {}
    wanted: dict[str, list[Any]] = {
        one.text("lesson"): [one.text("answer"), one.text("evidence")] for one in entry.entries("answers")
    }

    def write() -> None:
        review.answers.all().delete()
        GateAnswer.objects.bulk_create(
            GateAnswer(review=review, lesson=code, answer=answer, evidence=evidence)
            for code, (answer, evidence) in wanted.items()
        )

    return Part("answers", now, wanted, write)


def _load_recommendations(
    loading: Loading, file: CaseFile, entry: Entry, review: GateReview, known: list[GateRecommendation]
) -> None:
    existing = {row.number: row for row in known}
    for one in entry.entries("recommendations"):
        number = one.integer("number") or 0
        row = existing.get(number) or GateRecommendation(review=review, number=number)
        values = {
            "text": one.text("text"),
            "urgency": one.text("urgency"),
            "owner": loading.user(one, "owner"),
            "due_on": one.day("due_on"),
            "state": one.text("state") or GateRecommendationState.OPEN.value,
            "settled_on": one.day("settled_on"),
            "settled_because": one.text("settled_because"),
        }
        label = f"Recommendation {review.ref}.{number}"
        save_row(loading, row, Wanted("gate recommendation", label, file.key, values))
    named = (f"{review.ref}.{one.integer('number')}" for one in entry.entries("recommendations"))
    report_kept(loading, "recommendation", (f"{review.ref}.{number}" for number in existing), named)
