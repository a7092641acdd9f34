"""Services that go live together."""

from __future__ import annotations

from django.db import models

from core.models import Versioned
from programme.querysets import OfProgrammeQuerySet


class Tranche(Versioned):
    """One group of services going live together, in the order of the rollout (domain.md 1.2).

    Later ones may be indicative: their content and dates are not decided yet.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="tranches")
    ref = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    is_indicative = models.BooleanField("indicative", default=False)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Tranche"].as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_tranche_unique"),
        ]

    def __str__(self) -> str:
        return self.label
