"""Take a version of a business case through review, statements and issue; nothing else sets its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from services.actions.case_version import audit_case, check_seen, save_case
from services.actions.runs import ToShare, keep_runs, lock_pools
from services.enums import CaseState, CaseStep, ReviewOutcome
from services.models import BusinessCase, BusinessCaseAmount, CaseReview
from services.policies import check_take_step, powers_of
from services.queries.case_content import hash_of_content, new_salt
from services.queries.case_story import case_facts
from services.queries.shares import pool_keys
from services.rules.case_states import (
    SUPERSEDED_BY_ISSUE,
    TRANSITIONS,
    CaseFacts,
    check_from,
    check_other_person,
    what_stops,
)

COMMENT_LIMIT = 4_000


@transaction.atomic
def take_step(
    case: BusinessCase,
    step: CaseStep,
    *,
    by: User,
    seen_version: int,
    comment: str = "",
    channel: str = Channel.PAGE,
) -> BusinessCase:
    """The case after a step; its row has the next version.

    Refuses a person whose role does not take it, a state from which it does not lead on, CaseChanged after
    another's edit (row 84), what the step still needs (Refusals, rows 26 to 29), approval by the author
    (row 35), and a return or withdrawal without a comment. A new version is `start_version`'s.
    """
    check_take_step(powers_of(by, case.programme), case, step)
    check_from(step, CaseState(case.state))
    check_seen(case, seen_version)
    body = _comment(step, comment)
    facts = case_facts(case)
    stops = what_stops(step, facts)
    if stops:
        raise Refusals(stops)
    return _ACTIONS[step](case, facts, by, body, channel)


def _comment(step: CaseStep, comment: str) -> str:
    body = check_text(comment, "Comment", COMMENT_LIMIT)
    if TRANSITIONS[step].needs_comment and not body:
        what = "what to change" if step == CaseStep.RETURN else "why it is withdrawn"
        raise Refusal(f"Say {what}", field="comment")
    return body


def _send_to_review(
    case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str
) -> BusinessCase:
    return _save(case, CaseStep.SEND_TO_REVIEW, by=by, why=comment, channel=channel)


def _send_to_s151(case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str) -> BusinessCase:
    return _save(case, CaseStep.SEND_TO_S151, by=by, why=comment, channel=channel)


def _agree(case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str) -> BusinessCase:
    check_other_person(CaseStep.AGREE, facts, by.pk)
    if by.pk in facts.agreed_by:
        raise Refusal("You have agreed this version already", field="step")
    _keep_review(case, ReviewOutcome.AGREED, by, comment)
    return _save(case, CaseStep.AGREE, by=by, why=comment, channel=channel)


def _return(case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str) -> BusinessCase:
    """Back to draft. Its statements are cleared, because they were made on content that will change."""
    cleared = [
        [one.council.key, one.position, one.text]
        for one in case.statements.select_related("council").order_by("council__key")
    ]
    case.statements.all().delete()
    _keep_review(case, ReviewOutcome.RETURNED, by, comment)
    before = {"statements": cleared} if cleared else {}
    return _save(case, CaseStep.RETURN, by=by, why=comment, channel=channel, before=before)


def _withdraw(case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str) -> BusinessCase:
    return _save(case, CaseStep.WITHDRAW, by=by, why=comment, channel=channel)


def _issue(case: BusinessCase, facts: CaseFacts, by: User, comment: str, channel: str) -> BusinessCase:
    """Keep the shares of all joint amounts, hash the content, freeze it, supersede earlier versions."""
    check_other_person(CaseStep.ISSUE, facts, by.pk)
    _keep_shares(case, by)
    sealed = copy(case)
    sealed.issued_at, sealed.content_salt = now(), new_salt()
    values = {
        "issued_at": sealed.issued_at,
        "issued_by": by,
        "content_hash": hash_of_content(sealed),
        "content_salt": sealed.content_salt,
    }
    saved = _save(case, CaseStep.ISSUE, by=by, why=comment, channel=channel, values=values)
    _supersede_earlier(saved, by=by, channel=channel)
    return saved


_ACTIONS: Mapping[CaseStep, Callable[[BusinessCase, CaseFacts, User, str, str], BusinessCase]] = {
    CaseStep.SEND_TO_REVIEW: _send_to_review,
    CaseStep.AGREE: _agree,
    CaseStep.SEND_TO_S151: _send_to_s151,
    CaseStep.ISSUE: _issue,
    CaseStep.RETURN: _return,
    CaseStep.WITHDRAW: _withdraw,
}


def _save(
    case: BusinessCase,
    step: CaseStep,
    *,
    by: User,
    why: str,
    channel: str,
    values: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
) -> BusinessCase:
    state = TRANSITIONS[step].to_state or CaseState(case.state)
    saved = save_case(case, by=by, values={**(values or {}), "state": state})
    extra = {"content_hash": saved.content_hash} if step == CaseStep.ISSUE else {}
    audit_case(
        saved,
        action=f"{step.value}_case",
        channel=channel,
        before={"state": str(case.state), **(before or {})},
        after={"state": state.value, **extra},
        why=why,
    )
    return saved


def _keep_review(case: BusinessCase, outcome: ReviewOutcome, by: User, comment: str) -> None:
    CaseReview.objects.create(
        business_case=case, outcome=outcome, comment=comment, reviewed_at=now(), reviewed_by=by
    )


def _keep_shares(case: BusinessCase, by: User) -> None:
    """Keep one run for each joint amount; refuses an amount that no key shares. Six queries.

    No amount is negative, whatever the kind of its line: costs and dis-benefits keep their runs too.
    """
    joint = BusinessCaseAmount.objects.filter(line__business_case=case, council=None)
    joint = joint.exclude(amount_pence=0)
    amounts = list(joint.select_related("line").order_by("line__ref", "fy"))
    lock_pools({amount.line.pool_id for amount in amounts if amount.line.pool_id is not None})
    keys = pool_keys(case.programme)
    _check_shared(amounts)
    purpose = f"Issue of {case.ref}, version {case.number}"
    keep_runs(
        keys,
        [
            ToShare(amount.line.pool_id, amount.fy, amount.amount_pence, amount.line_id, purpose)
            for amount in amounts
            if amount.line.pool_id is not None
        ],
        by=by,
    )


def _check_shared(amounts: list[BusinessCaseAmount]) -> None:
    """Refuse joint amounts of lines without a pool, whose key would share them."""
    lines = {amount.line_id: amount.line for amount in amounts if amount.line.pool_id is None}
    if lines:
        raise Refusals(
            [
                Refusal(f"Choose the key that shares {line.title} ({line.ref})", field="lines")
                for line in lines.values()
            ]
        )


def _supersede_earlier(issued: BusinessCase, *, by: User, channel: str) -> None:
    earlier = BusinessCase.objects.filter(
        programme=issued.programme_id,
        ref=issued.ref,
        number__lt=issued.number,
        state__in=SUPERSEDED_BY_ISSUE,
    )
    for case in earlier.select_related("programme").order_by("number"):
        saved = save_case(case, by=by, values={"state": CaseState.SUPERSEDED})
        record(
            saved,
            by=by,
            action="supersede_case",
            channel=channel,
            scope=case.programme.key,
            before={"state": str(case.state), "version": case.version},
            after={"state": CaseState.SUPERSEDED.value, "version": saved.version},
            why=f"Version {issued.number} was issued",
        )
