"""Tie a milestone to the decision that it waits for."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal
from governance.actions.writing import act_of, change, opened
from governance.models import Decision
from governance.policies import check_draft, powers_of
from programme.models import Milestone


@transaction.atomic
def tie_milestone(
    decision: Decision,
    milestone: Milestone,
    *,
    by: User,
    seen_version: int,
    is_tied: bool = True,
    channel: str = Channel.PAGE,
) -> Milestone:
    """The milestone as one that cannot be achieved before the decision is in effect, or no longer so.

    `seen_version` is that of the milestone.
    """
    row = opened(decision)
    check_draft(powers_of(by, row.programme))
    if milestone.programme_id != row.programme_id:
        raise Refusal("Choose a milestone of this programme", "milestone")
    stored = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    check_seen(stored, seen_version)
    if not is_tied and stored.decision_ref != row.ref:
        raise Refusal(f"This milestone does not wait for {row.ref}", "milestone")
    values = {"decision_ref": row.ref if is_tied else ""}
    if stored.decision_ref == values["decision_ref"]:
        return stored
    return change(stored, values, act_of(by, channel), action="tie_milestone", programme=row.programme)
