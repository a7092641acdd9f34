"""What must be met before a decision takes effect, beside the councils' approval (INV-07)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in
from core.rules.calendar import format_date
from governance.actions.steps import settle
from governance.actions.writing import act_of, change, check_past, needed, opened, trace
from governance.enums import DecisionState
from governance.models import Decision, DecisionCondition
from governance.policies import check_draft, check_meet_condition, powers_of
from governance.queries.facts import proposal_of, with_answers
from governance.rules.conditions import check_council_condition
from governance.rules.machine import IS_TERMINAL
from programme.models import Council

CONDITION_LIMIT = 500


@transaction.atomic
def add_condition(
    decision: Decision,
    *,
    by: User,
    seen_version: int,
    text: str,
    council: Council | None = None,
    channel: str = Channel.PAGE,
) -> DecisionCondition:
    """A condition of the decision as a whole, or one that a council set; nothing takes effect before it."""
    row = opened(decision)
    powers = powers_of(by, row.programme)
    if council is None:
        check_draft(powers)
    else:
        check_meet_condition(powers, council)
    check_seen(row, seen_version)
    _check_not_over(row)
    words = needed(text, "Condition", "text", "Enter the condition", CONDITION_LIMIT)
    check_not_stand_in(words, "text")
    if council is not None:
        _check_council(row, council)
    last = row.conditions.aggregate(last=Max("order_index"))["last"]
    condition = DecisionCondition.objects.create(
        decision=row,
        council=council,
        text=words,
        order_index=0 if last is None else last + 1,
        created_by=by,
        updated_by=by,
    )
    after = {"text": words, "council": council.key if council else None}
    trace(condition, act_of(by, channel), action="add_condition", programme=row.programme, after=after)
    return condition


@transaction.atomic
def meet_condition(
    condition: DecisionCondition,
    *,
    by: User,
    seen_version: int,
    met_on: date,
    evidence: str,
    moment: datetime | None = None,
    channel: str = Channel.PAGE,
) -> DecisionCondition:
    """The condition as met on that day, with what shows it; then all that follows from it happens."""
    decision = opened(condition.decision)
    stored = DecisionCondition.objects.select_for_update(of=("self",)).select_related("council")
    row = stored.get(pk=condition.pk)
    check_meet_condition(powers_of(by, decision.programme), row.council)
    check_seen(row, seen_version)
    if row.met_on is not None:
        raise Refusal(f"It was met on {format_date(row.met_on)}", "met_on")
    act = act_of(by, channel, moment)
    check_past(met_on, act, "met_on")
    shown = needed(evidence, "Evidence", "evidence", "Say what shows that it was met", CONDITION_LIMIT)
    check_not_stand_in(shown, "evidence")
    values = {"met_on": met_on, "met_by": by, "evidence": shown}
    change(row, values, act, action="meet_condition", programme=decision.programme)
    settle(decision, act)
    return row


def takes_conditions(decision: Decision) -> bool:
    """Whether a condition can still be added: not once it is in effect, or over."""
    return decision.state not in {*IS_TERMINAL, DecisionState.EFFECTIVE}


def _check_council(decision: Decision, council: Council) -> None:
    stored = with_answers(Decision.objects.filter(pk=decision.pk)).get()
    proposal = proposal_of(stored)
    asked = zip(stored.council_decisions.all(), proposal.answers, strict=True)
    own = [answer for row, answer in asked if row.council_id == council.pk]
    check_council_condition(str(council), own, proposal)


def _check_not_over(decision: Decision) -> None:
    if not takes_conditions(decision):
        state = str(decision.get_state_display()).lower()
        raise Refusal(f"This decision is {state}, so no condition can be added")
