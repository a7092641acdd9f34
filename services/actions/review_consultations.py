"""Record the consultations of a service review; a redundancy has a minimum time (row 80)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.publication import Withholding, record_withheld_at_once
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in, sent_back
from core.rules.text import check_text
from programme.actions.withholding import withheld_in
from programme.models import Council
from programme.publication_policies import check_change_withheld, refuse_withheld, roles_here
from services.actions.review_saving import changed, record_of_review, save_changes
from services.models import Consultation, ServiceReview
from services.policies import check_record_consultation, check_review_open, powers_of
from services.queries.establishments import proposal_in, proposal_of, redundancies
from services.queries.review_partners import check_partner
from services.queries.review_period import period_of
from services.rules.consultation_record import ConsultationRecord, check_consultation, shown_count
from services.rules.establishment import Proposal, add_up

MOST_AFFECTED = 999_999
PLACE_LIMIT = 200
WITHHELD = "withheld"
# Open, but from both follows by when a first dismissal may be.
COUNTED_FROM = ("kind", "started_on")


@transaction.atomic
def record_consultation(
    review: ServiceReview,
    *,
    by: User,
    council: Council,
    record: ConsultationRecord,
    withholding: Withholding | None = None,
    channel: str = Channel.PAGE,
) -> Consultation:
    """Record that `council` consults, withheld from its beginning where that is said. Refuses dates as rows
    12, 13 and 80.

    The minimum time counts whatever the council proposes at the same place, also in programmes that `by` may
    not see: the law does. Of those the refusal says how many there are, and no more; where one is
    withheld from `by` the longest time counts, so that nobody finds its place, people or days by trying.
    """
    programme = review.service.programme
    check_record_consultation(powers_of(by, programme), council)
    check_partner(programme, council)
    check_review_open(review)
    check_not_stand_in(record.establishment, "establishment")
    withheld = withheld_in(programme, withholding, by=by, councils={council.pk})
    _check(review, record, council.pk, by)
    made = Consultation.objects.create(
        review=review, council=council, created_by=by, updated_by=by, **_values(record), **withheld
    )
    record_of_review(
        review,
        by=by,
        action="record_consultation",
        channel=channel,
        before={},
        after={"council": str(council), **_kept(made, _values(record))},
    )
    record_withheld_at_once(made, by=by, channel=channel, scope=programme.key)
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
    """Change what is recorded of a consultation. Refuses dates as rows 12, 13 and 80, and stale edits.

    A withheld figure that is not sent stays as it is. Who may not open what is withheld changes its end
    alone: what a rule refuses of the rest would tell of the days and people (403).
    """
    review = consultation.review
    check_record_consultation(powers_of(by, review.service.programme), consultation.council)
    check_review_open(review)
    check_seen(consultation, seen_version)
    opens = _check_withheld(consultation, by, record)
    record = _with_kept(consultation, record)
    new = changed(consultation, _values(record))
    if not new:
        return consultation
    told = record if opens else record.without_figures()
    _check(review, told, consultation.council_id, by, but=consultation)
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


def _check_withheld(consultation: Consultation, by: User, record: ConsultationRecord) -> bool:
    """Whether the person knows all of the consultation; refuses (403) what they may not change of it."""
    if not consultation.is_withheld:
        return True
    here = roles_here(by, consultation.review.service.programme, {consultation.council_id})
    if here.opens(consultation):
        return True
    is_told = any(getattr(record, name) is not None for name in consultation.withheld_figures)
    if is_told or any(getattr(record, name) != getattr(consultation, name) for name in COUNTED_FROM):
        refuse_withheld()
    check_change_withheld(consultation, here, [(consultation.establishment, record.establishment)])
    return False


def _with_kept(consultation: Consultation, record: ConsultationRecord) -> ConsultationRecord:
    """The record with what is withheld and was not sent, or came back as it was shown, as it is stored."""
    text = sent_back(consultation, {"establishment": record.establishment})
    if not consultation.is_withheld:
        return replace(record, **text)
    figures = {
        name: getattr(consultation, name)
        for name in consultation.withheld_figures
        if getattr(record, name) is None
    }
    return replace(record, **text, **figures)


def _check(
    review: ServiceReview,
    record: ConsultationRecord,
    council_id: int,
    by: User,
    but: Consultation | None = None,
) -> None:
    if record.affected_count is not None and not 0 <= record.affected_count <= MOST_AFFECTED:
        words = f"Number of people must be a whole number from 0 to {MOST_AFFECTED:,}"
        raise Refusal(words, "affected_count", "80")
    check_text(record.establishment, "Establishment", PLACE_LIMIT, "establishment")
    # Two that are recorded at once count with each other.
    Council.objects.select_for_update(no_key=True).get(pk=council_id)
    others = [one for one in redundancies().filter(council=council_id) if one != but]
    added = add_up(proposal_in(record), [_proposal_to(by, one, record.establishment) for one in others])
    check_consultation(record, period_of(review.service.programme), added)


def _proposal_to(by: User, one: Consultation, place: str) -> Proposal:
    """Another redundancy of the council as far as the person may know it."""
    proposal = proposal_of(one)
    if not one.is_withheld or roles_here(by, one.review.service.programme, {one.council_id}).opens(one):
        return proposal
    return proposal.as_withheld(place)


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
