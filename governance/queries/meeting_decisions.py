"""Decisions that a meeting of a body can have before it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import User
from governance.models import Body, CouncilDecision, Decision
from governance.rules.machine import IS_TERMINAL


def decisions_for(user: User, body: Body) -> QuerySet[Decision]:
    """Decisions that the person may read, that are not over and that the body can have before it."""
    rows = Decision.objects.visible_to(user).exclude(state__in=IS_TERMINAL).filter(_of_body(body))
    return rows.select_related("programme").order_by("programme__name", "order_index")


def can_have(body: Body, decision: Decision) -> bool:
    """Whether a decision can be on an agenda of the body. At most one query."""
    return Decision.objects.filter(_of_body(body), pk=decision.pk).exists()


def bodies_before(decision: Decision, councils: Collection[int]) -> frozenset[int]:
    """Bodies that have a decision before them, which asks these councils: an agenda of another counts not.

    One query.
    """
    concerned = Q(meeting__body__partnership=decision.programme.partnership_id)
    concerned |= Q(meeting__body__council__in=councils) | Q(meeting__body=decision.body_id)
    found = set(decision.agenda_items.filter(concerned).values_list("meeting__body", flat=True))
    return frozenset(found if decision.body_id is None else found | {decision.body_id})


def _of_body(body: Body) -> Q:
    """Decisions that are the body's, of its partnership, or that ask its council."""
    if body.partnership_id is not None:
        return Q(body=body) | Q(programme__partnership=body.partnership_id)
    asked = CouncilDecision.objects.filter(council=body.council_id).values("decision")
    return Q(body=body) | Q(pk__in=asked)
