"""Take a service review from one state to the next: the one door through which its state changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.clock import today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import check_within
from core.rules.text import check_text
from services.actions.review_saving import changed, record_of_review, save_changes
from services.enums import ReviewState
from services.models import ServiceReview
from services.policies import check_lead_review, check_review_open, powers_of
from services.queries.decision_choices import decisions_to_choose
from services.queries.review_period import period_of
from services.queries.reviews import review_row
from services.rules.review import ReviewFacts, check_step


@dataclass(frozen=True, slots=True)
class StepGiven:
    """What is said with a step: why, the decision that was taken, until when, since when."""

    reason: str = ""
    decision_ref: str = ""
    deferred_until_on: date | None = None
    go_live_on: date | None = None


@transaction.atomic
def step_review(
    review: ServiceReview,
    *,
    by: User,
    seen_version: int,
    to: ReviewState,
    given: StepGiven,
    channel: str = Channel.PAGE,
) -> ServiceReview:
    """Take the review to the state `to`.

    Refuses, each with what to do, a step that does not follow or that something stops (domain.md 2.5), and
    with StaleEdit where another edit came after `seen_version`.
    """
    check_lead_review(powers_of(by, review.service.programme), review)
    check_review_open(review)
    check_seen(review, seen_version)
    said = _clean(given)
    _check_days(review, said)
    _check_decision(review, said)
    now = review_row(review)
    check_seen(now.review, seen_version)
    check_step(_with(now.facts, said), to, today())
    return _save(review, by, to, said, channel)


def _clean(given: StepGiven) -> StepGiven:
    try:
        return replace(
            given,
            reason=check_text(given.reason, "Reason"),
            decision_ref=check_text(given.decision_ref, "Decision", 40),
        )
    except Refusal as refusal:
        field = "decision_ref" if refusal.message.startswith("Decision") else "reason"
        raise Refusal(refusal.message, field, refusal.code) from refusal


def _check_days(review: ServiceReview, said: StepGiven) -> None:
    period = period_of(review.service.programme)
    refusals = []
    for field, day in (("deferred_until_on", said.deferred_until_on), ("go_live_on", said.go_live_on)):
        if day is None or period is None:
            continue
        try:
            check_within(day, *period)
        except Refusal as refusal:
            refusals.append(Refusal(refusal.message, field, refusal.code))
    if refusals:
        raise Refusals(refusals)


def _check_decision(review: ServiceReview, said: StepGiven) -> None:
    """Refuse a decision that the programme does not have, or that has not been agreed."""
    if not said.decision_ref or said.decision_ref == review.decision_ref:
        return
    choices = decisions_to_choose(review.service.programme)
    if said.decision_ref not in {choice.ref for choice in choices}:
        raise Refusal("Choose the decision that was taken", "decision_ref", "2.5")


def _with(facts: ReviewFacts, said: StepGiven) -> ReviewFacts:
    """The facts as they would be after the step; what was already recorded stays where nothing is said."""
    return replace(
        facts,
        reason=said.reason,
        decision_ref=said.decision_ref or facts.decision_ref,
        deferred_until_on=said.deferred_until_on,
        go_live_on=said.go_live_on or facts.go_live_on,
    )


def _save(review: ServiceReview, by: User, to: ReviewState, said: StepGiven, channel: str) -> ServiceReview:
    given: dict[str, Any] = {
        "state": to.value,
        "outcome_reason": said.reason or review.outcome_reason,
        "decision_ref": said.decision_ref or review.decision_ref,
        "deferred_until_on": said.deferred_until_on if to == ReviewState.DEFERRED else None,
        "go_live_on": said.go_live_on or review.go_live_on,
    }
    new = changed(review, given)
    before = {name: getattr(review, name) for name in new}
    saved = save_changes(review, by=by, values=new)
    record_of_review(
        saved,
        by=by,
        action="step_review",
        channel=channel,
        before={**before, "version": saved.version - 1},
        after={**new, "version": saved.version},
        why=said.reason,
    )
    return saved
