"""How certain it is that a case keeps the quality of the service (F-24)."""

from __future__ import annotations

from django.db import models

from core.models import Entered
from services.enums import Confidence


class QualityJudgement(Entered):
    """What was judged of one version, by whom, when and why; the latest counts. Append-only."""

    business_case = models.ForeignKey(
        "services.BusinessCase", on_delete=models.PROTECT, related_name="quality_judgements"
    )
    certainty = models.CharField(max_length=6, choices=Confidence)
    reason = models.TextField()

    class Meta:
        ordering = ["business_case", "pk"]
        constraints = [
            models.CheckConstraint(
                name="services_quality_reason",
                condition=~models.Q(reason=""),
                violation_error_message="Say why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.business_case}: {self.get_certainty_display()}"
