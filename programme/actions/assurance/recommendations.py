"""Keep the recommendations of gate reviews: make them, change them, settle them, open them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text
from programme.actions.raid import NOT_AN_OWNER
from programme.enums import GateRecommendationState, GateUrgency
from programme.models import GateRecommendation, GateReview
from programme.policies import NOT_TO_RECORD_GATES, check_finish, check_record_gates, powers_of
from programme.queries.people import possible_owners
from programme.rules.assurance.gate_review import check_due, check_settled, check_still_open

TEXT_LIMIT = 1_000
_ENDS = (GateRecommendationState.DONE, GateRecommendationState.REJECTED)
_ASKS = {
    GateRecommendationState.DONE: "Say how it was done",
    GateRecommendationState.REJECTED: "Explain why it is rejected",
}


@dataclass(frozen=True, slots=True)
class RecommendationTerms:
    """What is recommended, how urgently, who answers for it and by when."""

    text: str
    urgency: str
    owner: User | None
    due_on: date | None


@transaction.atomic
def record_recommendation(
    review: GateReview, *, by: User, terms: RecommendationTerms, channel: Channel = Channel.PAGE
) -> GateRecommendation:
    """A recommendation of the review, under the next number of that review."""
    check_record_gates(by, review.programme)
    values = _checked(review, terms, None)
    GateReview.objects.select_for_update().get(pk=review.pk)
    last = review.recommendations.aggregate(last=Max("number"))["last"] or 0
    made = GateRecommendation.objects.create(
        review=review, number=last + 1, created_by=by, updated_by=by, **values
    )
    _record(made, by, "record_gate_recommendation", channel, after=_plain(values))
    return made


@transaction.atomic
def update_recommendation(
    recommendation: GateRecommendation,
    *,
    by: User,
    seen_version: int,
    terms: RecommendationTerms,
    channel: Channel = Channel.PAGE,
) -> GateRecommendation:
    """The recommendation with other terms; refuses what is settled, and a stale edit. No change, no trace."""
    check_record_gates(by, recommendation.review.programme)
    check_seen(recommendation, seen_version)
    check_still_open(recommendation.state, recommendation.settled_on)
    values = _checked(recommendation.review, terms, recommendation.owner_id)
    changed = {name: value for name, value in values.items() if value != getattr(recommendation, name)}
    if not changed:
        return recommendation
    return _write(recommendation, by, seen_version, "update_gate_recommendation", channel, changed)


@transaction.atomic
def settle_recommendation(
    recommendation: GateRecommendation,
    *,
    by: User,
    seen_version: int,
    state: str,
    why: str,
    channel: Channel = Channel.PAGE,
) -> GateRecommendation:
    """The recommendation done or rejected today, in words. Only who records the review rejects one."""
    check_finish(by, recommendation)
    check_seen(recommendation, seen_version)
    check_still_open(recommendation.state, recommendation.settled_on)
    if state not in _ENDS:
        raise Refusal("Choose whether it is done or rejected", "state")
    end = GateRecommendationState(state)
    if end == GateRecommendationState.REJECTED and not can_reject(by, recommendation):
        raise PermissionDenied(NOT_TO_RECORD_GATES)
    reason = check_text(why, "Reason", TEXT_LIMIT, "settled_because")
    check_reason(reason, _ASKS[end], "settled_because")
    values = {"state": end.value, "settled_on": today(), "settled_because": reason}
    return _write(recommendation, by, seen_version, "settle_gate_recommendation", channel, values)


@transaction.atomic
def reopen_recommendation(
    recommendation: GateRecommendation,
    *,
    by: User,
    seen_version: int,
    why: str,
    channel: Channel = Channel.PAGE,
) -> GateRecommendation:
    """The recommendation open again; why stands in the audit trail, as does how it was settled."""
    check_record_gates(by, recommendation.review.programme)
    check_seen(recommendation, seen_version)
    check_settled(recommendation.state)
    reason = check_text(why, "Why it is opened again", TEXT_LIMIT, "why")
    check_reason(reason, "Explain why it is opened again", "why")
    values = {"state": GateRecommendationState.OPEN.value, "settled_on": None, "settled_because": ""}
    return _write(recommendation, by, seen_version, "reopen_gate_recommendation", channel, values, why=reason)


def can_reject(user: User, recommendation: GateRecommendation) -> bool:
    """Whether `user` may reject it: not as its owner alone. One query."""
    return powers_of(user).records_gates(recommendation.review.programme)


def recommendation_terms(recommendation: GateRecommendation) -> RecommendationTerms:
    """What the recommendation says now."""
    return RecommendationTerms(
        recommendation.text, recommendation.urgency, recommendation.owner, recommendation.due_on
    )


def _checked(review: GateReview, terms: RecommendationTerms, owner_now: int | None) -> dict[str, Any]:
    text = check_text(terms.text, "Recommendation", TEXT_LIMIT, "text")
    if not text:
        raise Refusal("Enter the recommendation", "text")
    if terms.urgency not in GateUrgency.values:
        raise Refusal("Choose how urgent it is", "urgency")
    owner = terms.owner
    if owner is None:
        raise Refusal(NOT_AN_OWNER, "owner", "45")
    if owner.pk != owner_now and not possible_owners(review.programme).filter(pk=owner.pk).exists():
        raise Refusal(NOT_AN_OWNER, "owner", "45")
    if terms.due_on is None:
        raise Refusal("Enter the day by which it is to be done", "due_on")
    check_due(review.held_on, terms.due_on)
    return {"text": text, "urgency": terms.urgency, "owner": owner, "due_on": terms.due_on}


def _write(
    recommendation: GateRecommendation,
    by: User,
    seen_version: int,
    action: str,
    channel: Channel,
    values: Mapping[str, Any],
    why: str = "",
) -> GateRecommendation:
    before = _plain({name: getattr(recommendation, name) for name in values})
    write_next(recommendation, values, by=by, seen_version=seen_version)
    saved = GateRecommendation.objects.select_related("review__programme__partnership", "owner").get(
        pk=recommendation.pk
    )
    after = _plain(values) | {"version": saved.version}
    _record(saved, by, action, channel, before=before | {"version": seen_version}, after=after, why=why)
    return saved


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    owner = values.get("owner")
    return plain | ({"owner": owner.email} if owner else {})


def _record(
    recommendation: GateRecommendation,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    audit.record(
        recommendation,
        by=by,
        action=action,
        channel=channel,
        scope=recommendation.review.programme.key,
        before=before,
        after=after,
        why=why,
    )
