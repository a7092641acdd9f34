"""The vocabulary of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from programme.models import Programme

if TYPE_CHECKING:
    from governance.models import Decision  # noqa: F401


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, user: User) -> Self:
        """Decisions of the programmes that `user` may read."""
        return self.filter(programme__in=Programme.objects.visible_to(user))
