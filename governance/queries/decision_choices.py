"""The decisions of a programme, for the floors below that name one (domain.md 2.10, row 23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

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


def decisions_of_programmes(programmes: Sequence[Programme]) -> Mapping[int, Sequence[DecisionChoice]]:
    """The decisions of each programme, in their order, by its primary key. One query."""
    found: dict[int, list[DecisionChoice]] = defaultdict(list)
    for decision in Decision.objects.filter(programme__in=programmes).order_by("order_index", "pk"):
        found[decision.programme_id].append(
            DecisionChoice(
                decision.ref,
                decision.title,
                decision.get_absolute_url(),
                str(decision.get_state_display()),
                decision.state not in _NOT_AGREED,
                decision.state in _IN_FORCE,
            )
        )
    return found
