"""The vocabulary of services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from programme.models import Programme

if TYPE_CHECKING:
    from services.models import Service  # noqa: F401


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services."""

    def visible_to(self, user: User) -> Self:
        """Services of the programmes that `user` may read."""
        return self.filter(programme__in=Programme.objects.visible_to(user))
