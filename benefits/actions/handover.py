"""Hand a benefit over: its owner offers it to the next one, who answers for it once they accept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from benefits.actions.benefit_history import check_open
from benefits.enums import HandoverState
from benefits.models import Benefit, BenefitHandover
from benefits.profile_policies import check_answer_for, check_answer_handover, check_take_back
from core.actions import audit
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.calendar import format_date
from core.rules.text import check_reason, check_text, is_reason, reason_asked
from programme.models import Programme
from programme.queries.people import possible_owners


@transaction.atomic
def offer_benefit(
    benefit: Benefit,
    *,
    by: User,
    to: User | None,
    note: str,
    review_on: date | None,
    channel: Channel = Channel.PAGE,
) -> BenefitHandover:
    """The offer; until it is accepted the present owner answers for the benefit.

    Refuses a person without an active account (row 45), the owner themselves, a note that says nothing, and
    a first review that is not to come, or not after the programme closes.
    """
    check_answer_for(by, benefit)
    programme = Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_open(benefit)
    said = check_text(note, "Note", field="note")
    person, day = _checked(benefit, programme, to, said, review_on)
    waiting = benefit.handovers.open().select_related("to_owner").first()
    if waiting is not None:
        raise Refusal(f"This benefit is already offered to {waiting.to_owner}. Take that back first", "to")
    offer = BenefitHandover.objects.create(
        benefit=benefit,
        from_owner=benefit.owner,
        to_owner=person,
        note=said,
        review_on=day,
        offered_at=now(),
        offered_by=by,
    )
    after = {"to": person.email, "review_on": day.isoformat()}
    _audit(offer, by=by, action="offer_benefit", channel=channel, after=after, why=said)
    return offer


@transaction.atomic
def accept_handover(
    handover: BenefitHandover, *, by: User, channel: Channel = Channel.PAGE
) -> BenefitHandover:
    """The benefit is the person's own from now on, with the review date that was offered."""
    check_answer_handover(by, handover)
    locked = _open(handover)
    benefit = Benefit.objects.select_for_update(of=("self",)).get(pk=locked.benefit_id)
    if benefit.owner_id != locked.from_owner_id:
        raise Refusal("Somebody else owns this benefit since it was offered. Ask for a new offer", code="2.9")
    before = {"owner": benefit.owner.email if benefit.owner else None, "review_on": _day(benefit.review_on)}
    Benefit.objects.filter(pk=benefit.pk).update(
        owner=by,
        review_on=locked.review_on,
        version=F("version") + 1,
        updated_at=now(),
        updated_by=by,
    )
    audit.record(
        benefit,
        by=by,
        action="hand_over_benefit",
        channel=channel,
        scope=benefit.programme.key,
        before=before | {"version": benefit.version},
        after={"owner": by.email, "review_on": _day(locked.review_on), "version": benefit.version + 1},
        why=locked.note,
    )
    return _answer(locked, HandoverState.ACCEPTED, "", by, channel)


@transaction.atomic
def decline_handover(
    handover: BenefitHandover, *, by: User, reason: str, channel: Channel = Channel.PAGE
) -> BenefitHandover:
    """The benefit stays with its owner; refuses without a reason."""
    check_answer_handover(by, handover)
    locked = _open(handover)
    said = check_text(reason, "Reason", 500, "reason")
    check_reason(said, "Explain why you do not take it", code="2.9")
    return _answer(locked, HandoverState.DECLINED, said, by, channel)


@transaction.atomic
def cancel_handover(
    handover: BenefitHandover, *, by: User, channel: Channel = Channel.PAGE
) -> BenefitHandover:
    """The offer is taken back; the owner stays."""
    check_take_back(by, handover)
    return _answer(_open(handover), HandoverState.CANCELLED, "", by, channel)


def _checked(
    benefit: Benefit, programme: Programme, to: User | None, note: str, review_on: date | None
) -> tuple[User, date]:
    said = []
    if to is None or to not in possible_owners(programme):
        said.append(Refusal("Choose a benefit owner who has an active account", "to", "45"))
    elif to.pk == benefit.owner_id:
        said.append(Refusal(f"{to} owns this benefit already", "to", "45"))
    if not is_reason(note):
        said.append(reason_asked("Say what the next owner has to know", "note", "2.9"))
    if review_on is None or review_on <= today():
        said.append(Refusal("The first review must be after today", "review_on", "2.9"))
    elif programme.closes_on is not None and review_on <= programme.closes_on:
        closes = format_date(programme.closes_on)
        said.append(Refusal(f"The first review must be after the programme closes on {closes}", "review_on"))
    if said or to is None or review_on is None:
        raise Refusals(said)
    return to, review_on


def _open(handover: BenefitHandover) -> BenefitHandover:
    """The offer, locked; refuses one that was answered."""
    rows = BenefitHandover.objects.select_for_update(of=("self",)).select_related("benefit__programme")
    locked = rows.get(pk=handover.pk)
    if locked.state != HandoverState.OFFERED:
        state = str(locked.get_state_display()).lower()
        raise Refusal(f"This offer is already {state}", code="2.9")
    return locked


def _answer(
    handover: BenefitHandover, state: HandoverState, answer: str, by: User, channel: Channel
) -> BenefitHandover:
    handover.state, handover.answer = state, answer
    handover.answered_at, handover.answered_by = now(), by
    handover.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    after = {"state": state.value}
    _audit(handover, by=by, action=f"{state.value}_handover", channel=channel, after=after, why=answer)
    return handover


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _audit(
    handover: BenefitHandover, *, by: User, action: str, channel: Channel, after: dict[str, Any], why: str
) -> None:
    benefit = handover.benefit
    audit.record(
        handover,
        by=by,
        action=action,
        channel=channel,
        scope=benefit.programme.key,
        after={"benefit": benefit.ref, **after},
        why=why,
    )
