"""Record the consultations of a service review; a redundancy has a minimum time (row 80)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in, sent_back
from core.rules.text import check_text
from programme.models import Council
from services.actions.review_saving import changed, record_of_review, save_changes
from services.models import Consultation, ServiceReview
from services.policies import check_record_consultation, check_review_open, powers_of
from services.queries.establishments import proposal_in, proposal_of, redundancies
from services.queries.review_partners import check_partner
from services.queries.review_period import period_of
from services.rules.consultation_record import ConsultationRecord, check_consultation, shown_count
from services.rules.establishment import add_up

MOST_AFFECTED = 999_999
PLACE_LIMIT = 200
WITHHELD = "withheld"


@transaction.atomic
def record_consultation(
    review: ServiceReview,
    *,
    by: User,
    council: Council,
    record: ConsultationRecord,
    channel: str = Channel.PAGE,
) -> Consultation:
    """Record that `council` consults. Refuses dates as rows 12, 13 and 80.

    The minimum time counts whatever the council proposes at the same place, also in programmes that `by` may
    not see: the law does. Of those the refusal says how many there are, and no more.
    """
    check_record_consultation(powers_of(by, review.service.programme), council)
    check_partner(review.service.programme, council)
    check_review_open(review)
    check_not_stand_in(record.establishment, "establishment")
    _check(review, record, council.pk)
    made = Consultation.objects.create(
        review=review, council=council, created_by=by, updated_by=by, **_values(record)
    )
    record_of_review(
        review,
        by=by,
        action="record_consultation",
        channel=channel,
        before={},
        after={"council": str(council), **_shown(_values(record))},
    )
    return made


@transaction.atomic
def update_consultation(
    consultation: Consultation,
    *,
    by: User,
    seen_version: int,
    record: ConsultationRecord,
    channel: str = Channel.PAGE,
) -> Consultation:
    """Change what is recorded of a consultation. Refuses dates as rows 12, 13 and 80, and stale edits."""
    review = consultation.review
    check_record_consultation(powers_of(by, review.service.programme), consultation.council)
    check_review_open(review)
    check_seen(consultation, seen_version)
    record = replace(record, **sent_back(consultation, {"establishment": record.establishment}))
    new = changed(consultation, _values(record))
    if not new:
        return consultation
    _check(review, record, consultation.council_id, but=consultation)
    before = {name: getattr(consultation, name) for name in new}
    saved = save_changes(consultation, by=by, values=new)
    about = {"council": str(consultation.council)}
    record_of_review(
        review,
        by=by,
        action="update_consultation",
        channel=channel,
        before={**about, **_kept(consultation, before)},
        after={**about, **_kept(consultation, new)},
    )
    return saved


def _check(
    review: ServiceReview, record: ConsultationRecord, council_id: int, but: Consultation | None = None
) -> None:
    if record.affected_count is not None and not 0 <= record.affected_count <= MOST_AFFECTED:
        words = f"Number of people must be a whole number from 0 to {MOST_AFFECTED:,}"
        raise Refusal(words, "affected_count", "80")
    check_text(record.establishment, "Establishment", PLACE_LIMIT, "establishment")
    # Two that are recorded at once count with each other.
    Council.objects.select_for_update(no_key=True).get(pk=council_id)
    others = [proposal_of(one) for one in redundancies().filter(council=council_id) if one != but]
    added = add_up(proposal_in(record), others)
    check_consultation(record, period_of(review.service.programme), added)


def _values(record: ConsultationRecord) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "affected_count": record.affected_count,
        "started_on": record.started_on,
        "ended_on": record.ended_on,
        "first_dismissal_on": record.first_dismissal_on,
        "transfer_on": record.transfer_on,
        "establishment": record.establishment.strip(),
    }


def _kept(consultation: Consultation, values: dict[str, Any]) -> dict[str, Any]:
    """The values as the history keeps them: nothing that is withheld."""
    hidden = {*consultation.withheld_fields, *consultation.withheld_figures}
    if not consultation.is_withheld:
        hidden = set()
    return {name: WITHHELD if name in hidden else value for name, value in _shown(values).items()}


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    """The values as the history keeps them: a count of few people never stands in it (INV-38)."""
    return {name: shown_count(value) if name == "affected_count" else value for name, value in values.items()}
