"""Who may own a part of a programme's work."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from programme.enums import MemberStatus
from programme.models import Programme

_READERS_ONLY = (RoleName.ADMINISTRATOR, RoleName.AUDITOR)


def possible_owners(programme: Programme) -> QuerySet[User]:
    """People with an active account and a role today in the programme's partnership, by name."""
    held = RoleHeld.objects.current(today()).exclude(role__in=_READERS_ONLY)
    in_it = held.filter(
        Q(partnership=programme.partnership_id)
        | Q(
            council__memberships__partnership=programme.partnership_id,
            council__memberships__status=MemberStatus.ACTIVE,
        )
    )
    return User.objects.filter(is_active=True, pk__in=in_it.values("user")).order_by("name", "pk")
