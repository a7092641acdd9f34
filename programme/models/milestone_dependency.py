"""What waits for what: dependencies between milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from core.models import Versioned
from programme.querysets import DependencyQuerySet
from programme.rules.schedule import LONGEST_LAG


class MilestoneDependency(Versioned):
    """A milestone waits for another, finish to start: it comes no earlier than so many working days after."""

    predecessor = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.CASCADE,
        related_name="waited_for",
        help_text="what comes first",
    )
    successor = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.CASCADE,
        related_name="waits_for",
        help_text="what waits for it",
    )
    lag_days = models.PositiveSmallIntegerField(
        "working days in between", default=0, help_text="working days; 0 means the same day will do"
    )

    objects = DependencyQuerySet.as_manager()

    class Meta:
        ordering = ["successor", "predecessor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="programme_dependency_unique"),
            models.CheckConstraint(
                name="programme_dependency_itself",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="A milestone cannot wait for itself",
            ),
            models.CheckConstraint(name="programme_dependency_lag", condition=Q(lag_days__lte=LONGEST_LAG)),
        ]

    def __str__(self) -> str:
        return f"{self.successor} waits for {self.predecessor}"

    def get_absolute_url(self) -> str:
        return self.successor.get_absolute_url()
