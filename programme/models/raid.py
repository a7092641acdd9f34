"""Risks and lessons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Versioned
from programme.querysets import OfProgrammeQuerySet


class Risk(Versioned):
    """Something that may go wrong, or has (domain.md 2.11). Score = likelihood times impact."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="risks")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    has_occurred = models.BooleanField(null=True)
    response = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="risks"
    )
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Risk"].as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_risk_unique"),
            models.CheckConstraint(
                name="programme_risk_score",
                condition=Q(likelihood__isnull=True, impact__isnull=True)
                | Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                violation_error_message="Likelihood and impact must both be from 1 to 5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None where the source gives no scores."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact


class Lesson(Versioned):
    """What was learnt, for later reviews."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="lessons")
    ref = models.CharField(max_length=40)
    text = models.TextField()
    order_index = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Lesson"].as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="programme_lesson_unique")]

    def __str__(self) -> str:
        return self.text
