"""How far from plan an amount of a programme may be before it must be explained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from benefits.rules.commentary import LIMIT_PENCE, LIMIT_PERCENT, Limits
from core.models import Versioned
from programme.querysets import OfProgrammeQuerySet


class CommentaryLimit(Versioned):
    """The limits of one programme; none where it keeps those of the product."""

    programme = models.OneToOneField(
        "programme.Programme", on_delete=models.CASCADE, related_name="commentary_limit"
    )
    percent = models.PositiveSmallIntegerField(default=LIMIT_PERCENT)
    pence = models.BigIntegerField("pounds, in pence", default=LIMIT_PENCE)

    objects = OfProgrammeQuerySet["CommentaryLimit"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="benefits_commentary_limit",
                condition=Q(percent__range=(0, 100), pence__range=(0, 10**12)),
                violation_error_message="Enter a whole percentage from 0 to 100, and £0 or more",
            )
        ]

    def __str__(self) -> str:
        return f"limits of {self.programme}"

    @property
    def limits(self) -> Limits:
        """The limits as the rules read them."""
        return Limits(self.percent, self.pence)
