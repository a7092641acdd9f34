"""Apply what time alone brings to decisions: call-ins that closed, days that came, lapses."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core.enums import Channel
from core.errors import Refusal, Refusals
from governance.actions.steps import settle
from governance.actions.writing import Act, opened
from governance.enums import DecisionState
from governance.models import Decision

logger = logging.getLogger(__name__)

# From these a decision moves on when its time comes.
_MOVES = (
    DecisionState.RATIFYING,
    DecisionState.RESOLVED,
    DecisionState.CALLIN,
    DecisionState.CALLED_IN,
    DecisionState.BLOCKED,
    DecisionState.PROCEEDING_WITHOUT,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision that moved by itself, from which state to which."""

    programme: str
    ref: str
    from_state: str
    to_state: str


def apply_due_decisions(moment: datetime) -> list[Moved]:
    """Every decision on which time alone brought something by `moment`, with what it did.

    Late or twice gives the same rows, but for the moment at which they were written. One decision that
    cannot move does not stop the others.
    """
    waiting = Decision.objects.filter(state__in=_MOVES).order_by("programme", "order_index", "pk")
    found = (_apply(key, moment) for key in waiting.values_list("pk", flat=True))
    return [moved for moved in found if moved is not None]


def _apply(decision_id: int, moment: datetime) -> Moved | None:
    try:
        with transaction.atomic():
            decision = opened(decision_id)
            before = decision.state
            settle(decision, Act(None, moment, Channel.TASK))
    except (Refusal, Refusals):
        logger.exception("Decision %s could not move on by itself", decision_id)
        return None
    if decision.state == before:
        return None
    return Moved(decision.programme.key, decision.ref, before, decision.state)
