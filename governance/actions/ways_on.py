"""The ways on where councils differ: a new version, on without one, the dispute steps (domain.md 2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import sent_back
from governance.actions.decisions import TEXT_LIMIT
from governance.actions.steps import settle, take_step
from governance.actions.writing import Act, act_of, change, check_past, needed, opened, text_of
from governance.enums import CouncilDecisionState, DecisionState, Step, Urgency
from governance.models import CouncilDecision, Decision
from governance.policies import check_draft, check_lead, powers_of
from governance.queries.facts import facts_of, party_name
from governance.queries.rerun_cases import is_rerun_without
from governance.rules.checks import check_proceed_without
from governance.rules.text_hash import text_hash
from programme.models import Council
from services.models import BusinessCase

# What was about the version before does not carry over: every council starts again.
_AFRESH: dict[str, object] = {
    "state": CouncilDecisionState.AWAITING.value,
    "is_left_out": False,
    "published_on": None,
    "next_meeting_on": None,
    "notice_published_on": None,
    "urgency": Urgency.NONE.value,
    "urgency_reason": "",
    "scrutiny_chair_told_on": None,
    "urgency_notice_on": None,
    "urgency_agreed_by": "",
    "urgency_agreed_on": None,
    "private_notice_on": None,
    "private_second_notice_on": None,
    "representations": "",
    "is_exempt_from_callin": False,
    "callin_exempt_reason": "",
    "callin_exempt_agreed_by": "",
    "record_url": "",
}


@transaction.atomic
def put_new_version(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    text: str,
    why: str,
    business_case: BusinessCase | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """The decision as a draft of other words: the version before is replaced, and every council starts again.

    What each council decided on the version before stays readable.
    """
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    check_seen(row, seen_version)
    text = sent_back(row, {"text": text})["text"]
    words = needed(text, "Text", "text", "Enter the words that councils are asked to approve", TEXT_LIMIT)
    reason = needed(why, "Reason", "why", "Say why a new version is put")
    if text_hash(words) == row.text_hash:
        raise Refusal("These are the words of the version before. Change them", "text")
    _check_case(row, business_case)
    act = act_of(by, channel)
    take_step(row, Step.NEW_VERSION, act, action="supersede_version", why=reason)
    for asked in CouncilDecision.objects.filter(decision=row).order_by("order_index", "pk"):
        change(asked, _AFRESH, act, action="start_again", programme=row.programme)
    return _next_version(row, words, reason, business_case, act)


@transaction.atomic
def proceed_without(
    decision: Decision,
    councils: Sequence[Council],
    *,
    by: User,
    seen_version: int,
    rerun_case: BusinessCase | None,
    why: str = "",
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """The others go ahead: only if it is severable (67) and the case was run again without them (68)."""
    row = opened(decision)
    check_lead(powers_of(by, row.programme))
    check_seen(row, seen_version)
    leaving = _leaving(row, councils)
    names = list(dict.fromkeys(party_name(asked) for asked in leaving))
    has_rerun = rerun_case is not None and is_rerun_without(rerun_case, row, councils)
    check_proceed_without(facts_of(row), names, has_rerun)
    act = act_of(by, channel, moment)
    for asked in leaving:
        change(asked, {"is_left_out": True}, act, action="leave_out_council", programme=row.programme)
    values = {"rerun_case": rerun_case}
    reason = text_of(why, "Reason", "why")
    take_step(row, Step.PROCEED_WITHOUT, act, action="proceed_without", values=values, why=reason)
    return settle(row, act)


@transaction.atomic
def start_dispute(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    disputed_on: date,
    why: str = "",
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> Decision:
    """The agreement's dispute steps begin on that day."""
    row = opened(decision)
    check_lead(powers_of(by, row.programme))
    check_seen(row, seen_version)
    act = act_of(by, channel, moment)
    check_past(disputed_on, act, "disputed_on")
    values = {"disputed_on": disputed_on}
    reason = text_of(why, "Reason", "why")
    return take_step(row, Step.DISPUTE, act, action="start_dispute", values=values, why=reason)


def _next_version(
    row: Decision, words: str, why: str, business_case: BusinessCase | None, act: Act
) -> Decision:
    values = {
        "text": words,
        "text_number": row.text_number + 1,
        "text_hash": text_hash(words),
        "state": DecisionState.DRAFT.value,
        "meeting_on": None,
        "recommended_on": None,
        "disputed_on": None,
        "rerun_case": None,
        "legal_basis_confirmed_by": None,
        "business_case": business_case or row.business_case,
    }
    return change(row, values, act, action="put_new_version", programme=row.programme, why=why)


def _check_case(decision: Decision, case: BusinessCase | None) -> None:
    if case is not None and case.programme_id != decision.programme_id:
        raise Refusal("Choose one of this programme", "business_case")


def _leaving(decision: Decision, councils: Sequence[Council]) -> list[CouncilDecision]:
    """What the councils that are left out were asked; some council must remain, and all must be asked."""
    if not councils:
        raise Refusal("Choose the councils that the others go ahead without", "councils")
    rows = CouncilDecision.objects.filter(decision=decision).select_related("council")
    asked = list(rows.order_by("order_index", "pk"))
    keys = {council.pk for council in councils}
    strangers = [council for council in councils if council.pk not in {row.council_id for row in asked}]
    if strangers:
        raise Refusal(f"{strangers[0]} was not asked", "councils")
    if all(row.council_id in keys or row.is_left_out for row in asked):
        raise Refusal("At least one council must go ahead", "councils")
    return [row for row in asked if row.council_id in keys]
