"""Start a service review and change what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.clock import today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import check_not_future
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.models import Council
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from services.actions.review_saving import changed, record_of_review, save_changes
from services.enums import ServiceKind
from services.models import ReviewTask, Service, ServiceReview
from services.policies import check_lead_review, check_review_open, check_start_review, powers_of
from services.rules.review_reference import template

_TEXTS = (
    ("chosen_because", "Chosen because"),
    ("scope", "Scope"),
    ("recommendation", "Recommendation"),
)


@dataclass(frozen=True, slots=True)
class ReviewDetails:
    """What a review says of itself, apart from its state."""

    chosen_because: str = ""
    scope: str = ""
    owner: User | None = None
    lead_council: Council | None = None
    is_sensitive: bool = False
    started_on: date | None = None
    equality_impact_done: bool = False
    staff_consulted_on: date | None = None
    recommendation: str = ""


def details_of(review: ServiceReview) -> ReviewDetails:
    """What the review says of itself now."""
    return ReviewDetails(**{field.name: getattr(review, field.name) for field in fields(ReviewDetails)})


@transaction.atomic
def start_review(
    service: Service, *, by: User, details: ReviewDetails, channel: str = Channel.PAGE
) -> ServiceReview:
    """Start a review of a service, with the tasks of the template of its kind; they can be changed later."""
    check_start_review(powers_of(by, service.programme))
    Service.objects.select_for_update().get(pk=service.pk)
    given = _checked(details, None, service)
    review = ServiceReview.objects.create(
        service=service, ref=_next_ref(service), created_by=by, updated_by=by, **_values(given)
    )
    ReviewTask.objects.bulk_create(
        ReviewTask(review=review, order_index=index, text=task.text)
        for index, task in enumerate(template(ServiceKind(service.kind)))
    )
    record_of_review(
        review,
        by=by,
        action="start_review",
        channel=channel,
        before={},
        after={"ref": review.ref, "version": review.version, **_stated(given)},
    )
    return review


@transaction.atomic
def update_review(
    review: ServiceReview,
    *,
    by: User,
    seen_version: int,
    details: ReviewDetails,
    channel: str = Channel.PAGE,
) -> ServiceReview:
    """Change what the review says of itself. Saving without a change leaves no trace.

    Refuses what may not be said, and with StaleEdit where another edit came after `seen_version`.
    """
    check_lead_review(powers_of(by, review.service.programme), review)
    check_review_open(review)
    check_seen(review, seen_version)
    given = _checked(details, details_of(review), review.service)
    new = changed(review, _values(given))
    if not new:
        return review
    before = {name: getattr(review, name) for name in new}
    saved = save_changes(review, by=by, values=new)
    record_of_review(
        saved,
        by=by,
        action="update_review",
        channel=channel,
        before={**before, "version": saved.version - 1},
        after={**new, "version": saved.version},
    )
    return saved


def _checked(details: ReviewDetails, before: ReviewDetails | None, service: Service) -> ReviewDetails:
    """The details with their texts clean; refuses all at once. People who have left may stay as they were."""
    said: list[Refusal] = []
    texts: dict[str, str] = {}
    for name, label in _TEXTS:
        try:
            texts[name] = check_text(getattr(details, name), label, field=name)
        except Refusal as refusal:
            said.append(refusal)
    if details.staff_consulted_on is not None:
        try:
            check_not_future(details.staff_consulted_on, today())
        except Refusal as refusal:
            said.append(Refusal(refusal.message, "staff_consulted_on", refusal.code))
    said += _people_refusals(details, before, service)
    if said:
        raise Refusals(said)
    return replace(
        details,
        chosen_because=texts["chosen_because"],
        scope=texts["scope"],
        recommendation=texts["recommendation"],
    )


def _people_refusals(details: ReviewDetails, before: ReviewDetails | None, service: Service) -> list[Refusal]:
    said = []
    owner, lead = details.owner, details.lead_council
    is_new_owner = owner is not None and (before is None or owner != before.owner)
    if is_new_owner and owner not in possible_owners(service.programme):
        said.append(Refusal("Choose a review owner who has an active account", "owner", "45"))
    is_new_lead = lead is not None and (before is None or lead != before.lead_council)
    if is_new_lead and lead not in partner_councils(service.programme.partnership_id):
        said.append(Refusal(f"{lead} is not a partner in this programme", "lead_council", "76"))
    return said


def _values(details: ReviewDetails) -> dict[str, Any]:
    return {field.name: getattr(details, field.name) for field in fields(ReviewDetails)}


def _stated(details: ReviewDetails) -> dict[str, Any]:
    return {name: value for name, value in _values(details).items() if value}


def _next_ref(service: Service) -> str:
    """SR-n, one more than the highest in the programme."""
    reviews = ServiceReview.objects.filter(service__programme=service.programme_id)
    return next_reference("SR-", reviews.values_list("ref", flat=True))
