"""The councils of a body, in their fixed order, and who may sit on it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from programme.models import Council, Partnership
from programme.queries.partners import partner_councils


def body_councils(owner: Partnership | Council) -> list[Council]:
    """The partners of today in the partnership's order, or the one council. At most one query."""
    return [owner] if isinstance(owner, Council) else partner_councils(owner.pk)


def possible_members(owner: Partnership | Council) -> QuerySet[User]:
    """People with an active account and a role today in the partnership or the council, by name."""
    held = RoleHeld.objects.current(today()).exclude(role=RoleName.ADMINISTRATOR)
    keys = [council.pk for council in body_councils(owner)]
    condition = Q(council__in=keys)
    if isinstance(owner, Partnership):
        condition |= Q(partnership=owner.pk)
    users = held.filter(condition).values("user")
    return User.objects.filter(is_active=True, pk__in=users).order_by("name", "pk")
