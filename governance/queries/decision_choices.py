"""The decisions of a programme, for the floors below that name one (domain.md 2.10, row 23)."""

from __future__ import annotations

from collections.abc import Sequence

from governance.enums import DecisionState
from governance.models import Decision
from programme.models import Programme
from services.queries.decision_choices import DecisionChoice

_NOT_AGREED = frozenset(
    {
        DecisionState.DRAFT,
        DecisionState.BLOCKED,
        DecisionState.SUPERSEDED,
        DecisionState.LAPSED,
        DecisionState.WITHDRAWN,
    }
)
_IN_FORCE = frozenset({DecisionState.EFFECTIVE, DecisionState.IMPLEMENTED})


def decisions_of_programme(programme: Programme) -> Sequence[DecisionChoice]:
    """The decisions of a programme, in their order. One query."""
    decisions = Decision.objects.filter(programme=programme).order_by("order_index", "pk")
    return [
        DecisionChoice(
            decision.ref,
            decision.title,
            decision.get_absolute_url(),
            str(decision.get_state_display()),
            decision.state not in _NOT_AGREED,
            decision.state in _IN_FORCE,
        )
        for decision in decisions
    ]
