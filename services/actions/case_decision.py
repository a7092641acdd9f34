"""What councils' decisions make of an issued business case; called by the floor that holds decisions."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.enums import Channel
from services.actions.case_version import save_case
from services.enums import CaseState
from services.models import BusinessCase
from services.rules.case_states import OPEN

# From which states a decision takes a case on; from any other it leaves the case as it is.
_FROM: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.RECOMMENDED: frozenset({CaseState.ISSUED}),
    CaseState.APPROVED: frozenset({CaseState.ISSUED, CaseState.RECOMMENDED}),
    CaseState.REJECTED: frozenset({CaseState.ISSUED, CaseState.RECOMMENDED}),
}
_PUT = frozenset({CaseState.ISSUED, CaseState.RECOMMENDED, CaseState.APPROVED})


def why_not_approved(case: BusinessCase) -> str:
    """Why councils cannot approve this version, in words; empty where they can."""
    if case.state in _PUT:
        return ""
    if case.state in OPEN:
        return f"Issue {case} before councils are asked to approve it"
    return f"{case} is {str(case.get_state_display()).lower()}, so councils cannot approve it"


@transaction.atomic
def follow_decision(
    case: BusinessCase, state: CaseState, *, by: User | None, decision_ref: str, channel: str = Channel.TASK
) -> BusinessCase:
    """The case as recommended, approved or rejected by a decision; nothing where it is so already.

    Approval supersedes the version that was approved before. Nobody acts (None) when time alone does.
    """
    rows = BusinessCase.objects.select_for_update(of=("self",)).select_related("programme", "updated_by")
    stored = rows.get(pk=case.pk)
    if stored.state not in _FROM[state]:
        return stored
    if state == CaseState.APPROVED:
        earlier = rows.filter(programme=stored.programme_id, ref=stored.ref, state=CaseState.APPROVED)
        for other in earlier.exclude(pk=stored.pk).order_by("number"):
            _save(other, CaseState.SUPERSEDED, by, f"Version {stored.number} was approved", channel)
    return _save(stored, state, by, decision_ref, channel)


def _save(case: BusinessCase, state: CaseState, by: User | None, why: str, channel: str) -> BusinessCase:
    saved = save_case(case, by=by or case.updated_by, values={"state": state})
    record(
        saved,
        by=by,
        action="follow_decision",
        channel=channel,
        scope=saved.programme.key,
        before={"state": str(case.state), "version": case.version},
        after={"state": state.value, "version": saved.version},
        why=why,
    )
    return saved
