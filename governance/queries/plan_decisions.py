"""Which decisions approved a plan version: how a number is followed up the golden thread (INV-46)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benefits.queries.trace import DecisionLink
from governance.models import Decision


def decisions_of_plans(plan_versions: Sequence[int]) -> Mapping[int, Sequence[DecisionLink]]:
    """Decisions that approve these plan versions, by the version's key. One query."""
    found: dict[int, list[DecisionLink]] = {key: [] for key in plan_versions}
    decisions = Decision.objects.filter(plan_version__in=plan_versions).order_by("order_index", "pk")
    for decision in decisions:
        if decision.plan_version_id is not None:
            found[decision.plan_version_id].append(
                DecisionLink(
                    decision.ref, decision.title, decision.get_absolute_url(), decision.get_state_display()
                )
            )
    return found
