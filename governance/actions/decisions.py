"""Draft a decision and take it to the joint body and on to each council."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from benefits.models import PlanProposal
from core.actions.publication import Withholding, kept_of, record_withheld_at_once
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in, sent_back
from core.rules.calendar import bank_holidays
from governance.actions.effect import check_nothing_stops, in_force
from governance.actions.quorum import check_taken
from governance.actions.steps import keep_text, settle, take_step
from governance.actions.writing import (
    act_of,
    change,
    check_on_or_after,
    check_past,
    needed,
    opened,
    plain,
    text_of,
    trace,
)
from governance.enums import DecisionKind, DecisionState, Step
from governance.models import Body, Decision
from governance.policies import check_clerk, check_confirm_basis, check_draft, check_lead, powers_of
from governance.queries.facts import facts_of
from governance.rules.checks import check_implement, check_withdraw
from governance.rules.facts import Day
from governance.rules.text_hash import text_hash
from programme.actions.withholding import withheld_in
from programme.enums import Matter
from programme.models import Agreement, Programme
from services.models import ApportionmentKey, BusinessCase, Compensation

TITLE_LIMIT, SUMMARY_LIMIT, TEXT_LIMIT = 300, 500, 20_000
LONGEST_LAPSE = 3_650
_OPEN = (DecisionState.DRAFT, DecisionState.NOTICE_OPEN)
_NOT_SENT = (*_OPEN, DecisionState.TABLED, DecisionState.RECOMMENDED)


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision as people write it, with what it approves."""

    title: str
    text: str
    body: Body | None = None
    kind: str = DecisionKind.RECOMMENDATION
    summary: str = ""
    reasons: str = ""
    alternatives_rejected: str = ""
    conflicts_of_interest: str = ""
    matter: str = Matter.OTHER
    is_reserved_matter: bool = False
    is_severable: bool = False
    is_key: bool = False
    not_before_on: date | None = None
    lapse_after_days: int = 180
    note: str = ""
    business_case: BusinessCase | None = None
    plan_proposal: PlanProposal | None = None
    apportionment_key: ApportionmentKey | None = None
    compensation: Compensation | None = None
    agreement: Agreement | None = None


@transaction.atomic
def draft_decision(
    programme: Programme,
    draft: DecisionDraft,
    *,
    by: User,
    withholding: Withholding | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """A new decision of the programme, as a draft; it gets the next reference.

    What it says is withheld from its beginning where that is said.
    """
    check_draft(powers_of(by, programme))
    act = act_of(by, channel)
    values = _checked(programme, draft)
    withheld = withheld_in(programme, withholding, by=by)
    for name in Decision.withheld_fields:
        check_not_stand_in(values[name], name)
    Programme.objects.select_for_update().get(pk=programme.pk)
    own = Decision.objects.filter(programme=programme)
    decision = Decision.objects.create(
        programme=programme,
        ref=_next_ref(own.values_list("ref", flat=True)),
        order_index=(own.aggregate(last=Max("order_index"))["last"] or 0) + 1,
        created_by=by,
        updated_by=by,
        **values,
        **withheld,
    )
    after = {name: plain(value) for name, value in values.items()} | {"ref": decision.ref}
    trace(decision, act, action="draft_decision", programme=programme, after=kept_of(decision, after))
    record_withheld_at_once(decision, by=by, channel=channel, scope=programme.key)
    return decision


@transaction.atomic
def update_decision(
    decision: Decision, draft: DecisionDraft, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> Decision:
    """The draft with other words; refuses once the text is on an agenda.

    What is withheld and comes back as it was shown stays as it is.
    """
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    check_seen(row, seen_version)
    check_not_put(row)
    texts = {name: getattr(draft, name) for name in row.withheld_fields}
    values = _checked(row.programme, replace(draft, **sent_back(row, texts)))
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    return change(row, values, act_of(by, channel), action="update_decision", programme=row.programme)


@transaction.atomic
def announce_decision(
    decision: Decision, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> Decision:
    """The draft in the public forward plan, where no council has to give notice of it by itself."""
    row = opened(decision)
    check_clerk(powers_of(by, row.programme))
    check_seen(row, seen_version)
    return take_step(row, Step.PUBLISH_NOTICE, act_of(by, channel), action="announce_decision")


@transaction.atomic
def table_decision(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    meeting_on: date,
    why: str = "",
    channel: str = Channel.PAGE,
) -> Decision:
    """The decision on the agenda of the joint body's meeting: from now on its words stay as they are."""
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    check_seen(row, seen_version)
    if not row.text:
        raise Refusal("Enter the words that councils are asked to approve", "text")
    check_nothing_stops(row)
    act = act_of(by, channel)
    keep_text(row, act, why=text_of(why, "Reason", "why"))
    values = {"meeting_on": meeting_on, "text_hash": text_hash(row.text)}
    return take_step(row, Step.TABLE, act, action="table_decision", values=values)


@transaction.atomic
def record_recommendation(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    recommended_on: date,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """What the joint body recommends; no council has decided yet (INV-06).

    Refuses a day when its meeting was not quorate (row 56, INV-10).
    """
    row = opened(decision)
    check_clerk(powers_of(by, row.programme))
    check_seen(row, seen_version)
    act = act_of(by, channel, moment)
    check_past(recommended_on, act, "recommended_on")
    check_on_or_after(recommended_on, row.meeting_on, "recommended_on", "Date")
    check_taken(row, recommended_on, "recommended_on")
    keep_text(row, act)
    values = {"recommended_on": recommended_on, "kind": DecisionKind.RECOMMENDATION.value}
    return take_step(row, Step.RECOMMEND, act, action="record_recommendation", values=values)


@transaction.atomic
def send_to_councils(
    decision: Decision, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> Decision:
    """The recommendation before every council that it needs; each decides for itself."""
    row = opened(decision)
    check_clerk(powers_of(by, row.programme))
    check_seen(row, seen_version)
    if not row.council_decisions.exists():
        raise Refusal("Say which councils must decide first", "councils")
    check_nothing_stops(row)
    act = act_of(by, channel)
    return settle(take_step(row, Step.SEND, act, action="send_to_councils"), act)


@transaction.atomic
def implement_decision(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    implemented_on: date,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """The decision as carried out; refused until it is in effect for every council (row 62)."""
    row = opened(decision)
    check_lead(powers_of(by, row.programme))
    check_seen(row, seen_version)
    act = act_of(by, channel, moment)
    settle(row, act)
    check_implement(facts_of(row), Day(act.day, bank_holidays()))
    check_past(implemented_on, act, "implemented_on")
    check_on_or_after(implemented_on, row.effective_on, "implemented_on", "Date")
    values = {"implemented_on": implemented_on}
    return take_step(row, Step.IMPLEMENT, act, action="implement_decision", values=values)


@transaction.atomic
def withdraw_decision(
    decision: Decision, *, by: User, seen_version: int, why: str, channel: str = Channel.PAGE
) -> Decision:
    """The decision withdrawn, with the reason; what councils decided stays readable."""
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    check_seen(row, seen_version)
    reason = needed(why, "Reason", "why", "Say why it is withdrawn")
    check_withdraw(in_force(row))
    return take_step(row, Step.WITHDRAW, act_of(by, channel), action="withdraw_decision", why=reason)


@transaction.atomic
def confirm_legal_basis(
    decision: Decision, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> Decision:
    """The decision with a monitoring officer's name under its legal basis."""
    row = opened(decision)
    check_confirm_basis(powers_of(by, row.programme))
    check_seen(row, seen_version)
    values = {"legal_basis_confirmed_by": by}
    return change(row, values, act_of(by, channel), action="confirm_legal_basis", programme=row.programme)


def check_not_put(decision: Decision) -> None:
    """Refuse a change of words that are on an agenda or before councils."""
    if decision.state not in _OPEN:
        state = str(decision.get_state_display()).lower()
        raise Refusal(f"This decision is {state}, so its words cannot be changed. Put a new version")


def check_not_sent(decision: Decision) -> None:
    """Refuse a change of who must decide once councils are asked."""
    if decision.state not in _NOT_SENT:
        state = str(decision.get_state_display()).lower()
        raise Refusal(f"This decision is {state}. Who must decide can change with a new version")


def _checked(programme: Programme, draft: DecisionDraft) -> dict[str, Any]:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values |= _texts(draft)
    values["text_hash"] = text_hash(values["text"])
    if draft.kind not in DecisionKind.values:
        raise Refusal("Choose what the body is asked to do", "kind")
    if draft.matter not in Matter.values:
        raise Refusal("Choose what the decision is about", "matter")
    if not 1 <= draft.lapse_after_days <= LONGEST_LAPSE:
        raise Refusal(f"Days until it lapses must be from 1 to {LONGEST_LAPSE:,}", "lapse_after_days")
    _check_links(programme, draft)
    return values


def _texts(draft: DecisionDraft) -> dict[str, str]:
    return {
        "title": needed(draft.title, "Title", "title", "Enter the title", TITLE_LIMIT),
        "summary": text_of(draft.summary, "Summary", "summary", SUMMARY_LIMIT),
        "text": text_of(draft.text, "Text", "text", TEXT_LIMIT),
        "reasons": text_of(draft.reasons, "Reasons", "reasons"),
        "alternatives_rejected": text_of(
            draft.alternatives_rejected, "Options rejected", "alternatives_rejected"
        ),
        "conflicts_of_interest": text_of(
            draft.conflicts_of_interest, "Conflicts of interest", "conflicts_of_interest"
        ),
        "note": text_of(draft.note, "Note", "note"),
    }


def _check_links(programme: Programme, draft: DecisionDraft) -> None:
    """What a decision approves is of the same programme or partnership."""
    case, key, paid = draft.business_case, draft.apportionment_key, draft.compensation
    plan = draft.plan_proposal
    of_programme = {
        "plan_proposal": plan.programme_id if plan else None,
        "business_case": case.programme_id if case else None,
        "apportionment_key": key.pool.programme_id if key else None,
        "compensation": paid.business_case.programme_id if paid else None,
    }
    for field, own in of_programme.items():
        if own not in {None, programme.pk}:
            raise Refusal("Choose one of this programme", field)
    partnership = programme.partnership_id
    if draft.agreement and draft.agreement.partnership_id != partnership:
        raise Refusal("Choose one of this partnership", "agreement")
    if draft.body and partnership != draft.body.partnership_id:
        raise Refusal("Choose a body of this partnership", "body")


def _next_ref(refs: Iterable[str]) -> str:
    numbers = [int(ref[2:]) for ref in refs if ref.startswith("D-") and ref[2:].isdigit()]
    return f"D-{max(numbers, default=0) + 1:02d}"
