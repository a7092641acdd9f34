"""The vocabulary of roles held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import RoleHeld, User  # noqa: F401


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    """Roles by person and by day."""

    def current(self, as_of: date) -> RoleHeldQuerySet:
        """Roles in force on `as_of`, both days included."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=as_of), from_on__lte=as_of)

    def held_by(self, user: User) -> RoleHeldQuerySet:
        """Roles of one person."""
        return self.filter(user=user)
