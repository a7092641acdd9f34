"""Record gate reviews of a programme, and their answers to the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Min

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.models import GateAnswer, GateReview, Programme
from programme.policies import check_record_gates
from programme.rules.assurance.checklist import Given, check_answers
from programme.rules.assurance.gate_review import check_confidence, check_gate, check_held, check_moved

REVIEWERS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class GateReviewTerms:
    """What is recorded of a review: at which gate, when, by whom, how sure delivery is, and why."""

    gate: int
    held_on: date
    reviewers: str
    scale: str
    delivery_confidence: str
    summary: str


@transaction.atomic
def record_gate_review(
    programme: Programme, *, by: User, terms: GateReviewTerms, channel: Channel = Channel.PAGE
) -> GateReview:
    """A review of the programme, under the next reference. Refuses a day to come (row 11)."""
    check_record_gates(by, programme)
    values = _checked(terms)
    Programme.objects.select_for_update().get(pk=programme.pk)
    taken = programme.gate_reviews.values_list("ref", flat=True)
    review = GateReview.objects.create(
        programme=programme, ref=next_reference("GR-", taken, width=2), created_by=by, updated_by=by, **values
    )
    _record(review, by, "record_gate_review", channel, after=_plain(values))
    return review


@transaction.atomic
def update_gate_review(
    review: GateReview,
    *,
    by: User,
    seen_version: int,
    terms: GateReviewTerms,
    channel: Channel = Channel.PAGE,
) -> GateReview:
    """The review with other terms; refuses a stale edit (row 84), and a day after the first of its
    recommendations is due (row 12). No change leaves no trace."""
    check_record_gates(by, review.programme)
    check_seen(review, seen_version)
    values = _checked(terms)
    changed = {name: value for name, value in values.items() if value != getattr(review, name)}
    if not changed:
        return review
    if "held_on" in changed:
        due = review.recommendations.aggregate(first=Min("due_on"))["first"]
        check_moved(changed["held_on"], due)
    before = {name: getattr(review, name) for name in changed}
    write_next(review, changed, by=by, seen_version=seen_version)
    return _saved(review, by, "update_gate_review", channel, before=_plain(before), after=_plain(changed))


@transaction.atomic
def save_checklist(
    review: GateReview,
    *,
    by: User,
    seen_version: int,
    answers: Mapping[str, Given],
    channel: Channel = Channel.PAGE,
) -> GateReview:
    """The answers to all eight lessons, in place of those before; refuses fewer, and stale edits."""
    check_record_gates(by, review.programme)
    check_seen(review, seen_version)
    after = check_answers(answers)
    before = answers_of(review)
    changed = [code for code in after if after[code] != before.get(code)]
    if not changed:
        return review
    write_next(review, {}, by=by, seen_version=seen_version)
    review.answers.all().delete()
    GateAnswer.objects.bulk_create(
        GateAnswer(review=review, lesson=code, answer=one.answer, evidence=one.evidence)
        for code, one in after.items()
    )
    return _saved(
        review,
        by,
        "save_gate_checklist",
        channel,
        before={code: asdict(before[code]) for code in changed if code in before},
        after={code: asdict(after[code]) for code in changed},
    )


def terms_of(review: GateReview) -> GateReviewTerms:
    """What is recorded of the review now."""
    return GateReviewTerms(
        review.gate,
        review.held_on,
        review.reviewers,
        review.scale,
        review.delivery_confidence,
        review.summary,
    )


def answers_of(review: GateReview) -> dict[str, Given]:
    """The answers to the checklist as they are, by code of the lesson. One query, if they were not read."""
    return {row.lesson: Given(row.answer, row.evidence) for row in review.answers.all()}


def _checked(terms: GateReviewTerms) -> dict[str, Any]:
    check_gate(terms.gate)
    check_held(terms.held_on, today())
    reviewers = check_text(terms.reviewers, "Reviewers", REVIEWERS_LIMIT, "reviewers")
    if not reviewers:
        raise Refusal("Name the reviewers", "reviewers")
    summary = check_text(terms.summary, "Summary", field="summary")
    if not summary:
        raise Refusal("Enter the summary", "summary")
    return {
        "gate": terms.gate,
        "held_on": terms.held_on,
        "reviewers": reviewers,
        "scale": terms.scale,
        "delivery_confidence": check_confidence(terms.scale, terms.delivery_confidence).value,
        "summary": summary,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _saved(
    review: GateReview,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
) -> GateReview:
    saved = GateReview.objects.select_related("programme__partnership", "source").get(pk=review.pk)
    versions = {"version": review.version}, {"version": saved.version}
    _record(saved, by, action, channel, before=before | versions[0], after=after | versions[1])
    return saved


def _record(
    review: GateReview,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    scope = review.programme.key
    audit.record(review, by=by, action=action, channel=channel, scope=scope, before=before, after=after)
