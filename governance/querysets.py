"""The vocabulary of bodies and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from governance.enums import CouncilDecisionState
from programme.querysets import OfProgrammeQuerySet, readable

if TYPE_CHECKING:
    from governance.models import Body, CouncilDecision, Decision  # noqa: F401


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies of partnerships."""

    def visible_to(self, user: User) -> Self:
        """Bodies of the partnerships that `user` may read; none for a visitor who has not signed in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "partnership"))


class DecisionQuerySet(OfProgrammeQuerySet["Decision"]):
    """Decisions."""


class CouncilDecisionQuerySet(models.QuerySet["CouncilDecision"]):
    """Each council's own decisions."""

    def awaited(self) -> Self:
        """Those that a council has still to take."""
        return self.filter(state__in=(CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED))
