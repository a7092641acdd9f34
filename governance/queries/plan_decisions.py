"""Which decisions approved a plan version: how a number is followed up the golden thread (INV-46)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import F

from benefits.queries.trace import DecisionLink
from core.rules.words import listed
from governance.enums import CouncilDecisionState
from governance.models import Decision


def decisions_of_plans(plan_versions: Sequence[int]) -> Mapping[int, Sequence[DecisionLink]]:
    """Decisions that approve these plan versions, by the version's key. One query."""
    found: dict[int, list[DecisionLink]] = {key: [] for key in plan_versions}
    decisions = Decision.objects.filter(plan_version__in=plan_versions).annotate(
        council_name=F("council_decisions__council__short_name"), answer=F("council_decisions__state")
    )
    rows: dict[Decision, list[str]] = {}
    for decision in decisions.order_by("order_index", "pk", "council_decisions__order_index"):
        names = rows.setdefault(decision, [])
        name = getattr(decision, "council_name", None)
        if getattr(decision, "answer", "") == CouncilDecisionState.APPROVED and name and name not in names:
            names.append(name)
    for decision, names in rows.items():
        if decision.plan_version_id is not None:
            found[decision.plan_version_id].append(_link(decision, names))
    return found


def _link(decision: Decision, names: list[str]) -> DecisionLink:
    return DecisionLink(
        decision.ref,
        decision.title,
        decision.get_absolute_url(),
        decision.get_state_display(),
        listed(names) if names else "",
    )
