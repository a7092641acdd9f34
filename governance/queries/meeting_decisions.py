"""Decisions that a meeting of a body can have before it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from governance.models import Body, Decision
from governance.rules.machine import IS_TERMINAL


def decisions_for(user: User, body: Body) -> QuerySet[Decision]:
    """Decisions that the person may read and that are not over: those of a joint body's partnership."""
    rows = Decision.objects.visible_to(user).exclude(state__in=IS_TERMINAL)
    if body.partnership_id is not None:
        rows = rows.filter(programme__partnership=body.partnership_id)
    return rows.select_related("programme").order_by("programme__name", "order_index")
