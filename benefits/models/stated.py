"""Figures as a source prints them, before they are anybody's ledger entry."""

from __future__ import annotations

from django.db import models

from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.querysets import StatedFigureQuerySet
from core.models import Sourced, Versioned


class StatedFigure(Versioned, Sourced):
    """A saving, cost, grant or exit cost as its source states it: rounded, undated or unsplit if it is so."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="stated_figures"
    )
    ref = models.CharField(max_length=40)
    section = models.CharField(max_length=9, choices=StatedSection)
    order_index = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=300)
    stated_kind = models.CharField(max_length=9, choices=StatedKind, blank=True)
    category = models.CharField(max_length=40, blank=True)
    group = models.CharField(
        max_length=120, blank=True, help_text="what belongs together, such as one contract"
    )
    amount_pence = models.BigIntegerField(
        null=True, blank=True, help_text="as printed; a negative saving is a cost; empty: not stated"
    )
    recurrence = models.CharField(max_length=10, choices=Recurrence, default=Recurrence.NOT_STATED)
    period_text = models.CharField("period", max_length=120, blank=True)
    is_combined = models.BooleanField(default=False, help_text="stated for all councils together")
    councils = models.ManyToManyField("programme.Council", blank=True, related_name="stated_figures")
    counts_in_total = models.BooleanField(
        default=True, help_text="false for printed totals and text figures that repeat other lines"
    )
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True, help_text="further facts of the case file")

    objects = StatedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "section", "order_index"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="benefits_stated_unique")]

    def __str__(self) -> str:
        return f"{self.ref} {self.label}"
