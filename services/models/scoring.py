"""Scores of options by several people, each with a reason (F-28)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Versioned


class Criterion(Versioned):
    """What options are scored on, and how much it weighs; the weights of a case add up to 100."""

    business_case = models.ForeignKey(
        "services.BusinessCase", on_delete=models.CASCADE, related_name="criteria"
    )
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    weight_percent = models.PositiveSmallIntegerField()
    order_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["business_case", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "ref"], name="services_criterion_unique"),
            models.CheckConstraint(
                name="services_criterion_weight", condition=Q(weight_percent__range=(0, 100))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Score(Versioned):
    """One person's score of one option on one criterion."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    option = models.ForeignKey("services.CaseOption", on_delete=models.CASCADE, related_name="scores")
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["criterion", "option", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "option", "scored_by"], name="services_score_unique"
            ),
            models.CheckConstraint(
                name="services_score_range",
                condition=Q(score__range=(0, 100)),
                violation_error_message="Score must be between 0 and 100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option}, {self.criterion}: {self.score}"
