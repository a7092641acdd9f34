"""Decisions that still wait for a council that leaves (INV-42)."""

from __future__ import annotations

from governance.enums import CouncilDecisionState, DecisionState
from governance.models import CouncilDecision, Decision
from programme.enums import LeavingStep
from programme.queries.leaving import Leaving, LeavingItem

_OPEN = (
    DecisionState.NOTICE_OPEN,
    DecisionState.TABLED,
    DecisionState.RECOMMENDED,
    DecisionState.RATIFYING,
    DecisionState.CALLIN,
    DecisionState.CALLED_IN,
    DecisionState.BLOCKED,
    DecisionState.IN_DISPUTE,
)
_UNDECIDED = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)


def decisions_to_settle(asked: Leaving) -> list[LeavingItem]:
    """Decisions of the partnership that the council is asked to take and has not taken. One query."""
    waiting = CouncilDecision.objects.filter(
        council=asked.council, is_left_out=False, state__in=_UNDECIDED, decision__state__in=_OPEN
    )
    visible = Decision.objects.visible_to(asked.user).filter(programme__partnership=asked.partnership)
    rows = visible.filter(pk__in=waiting.values("decision")).order_by("programme", "order_index", "pk")
    return [
        LeavingItem(
            LeavingStep.DECISIONS,
            f"Decision {one.ref} waits for {asked.council}: let it decide, or put a new version without it",
            one.get_absolute_url(),
        )
        for one in rows
    ]
