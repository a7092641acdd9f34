"""Business cases: the figures that councils approve."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Sourced, Versioned
from programme.enums import PriceBasis
from programme.querysets import OfProgrammeQuerySet
from services.enums import CaseStage, CaseState, CostType, LineKind


class BusinessCase(Versioned):
    """One version of the case for a programme or one of its services (domain.md 2.6)."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="business_cases"
    )
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="business_cases"
    )
    ref = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField("version number", default=1)
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=3, choices=CaseStage)
    state = models.CharField(max_length=16, choices=CaseState, default=CaseState.DRAFT)
    base_fy = models.PositiveSmallIntegerField("base year")
    horizon_years = models.PositiveSmallIntegerField(default=5)
    price_basis = models.CharField(max_length=10, choices=PriceBasis, default=PriceBasis.REAL)

    objects = OfProgrammeQuerySet["BusinessCase"].as_manager()

    class Meta:
        ordering = ["programme", "ref", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref", "number"], name="services_case_unique"),
            models.CheckConstraint(name="services_case_horizon", condition=Q(horizon_years__range=(1, 60))),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class BusinessCaseLine(Sourced):
    """One line of benefit or cost in a business case."""

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="lines")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=LineKind)
    cost_type = models.CharField(max_length=16, choices=CostType, blank=True)
    key_text = models.CharField(
        "how it is shared", max_length=200, blank=True, help_text="for example by population, or equally"
    )
    order_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["business_case", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "ref"], name="services_case_line_unique")
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class BusinessCaseAmount(models.Model):
    """A line's amount for one council and financial year; the kind of the line fixes its sign."""

    line = models.ForeignKey(BusinessCaseLine, on_delete=models.CASCADE, related_name="amounts")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    fy = models.PositiveSmallIntegerField("financial year")
    amount_pence = models.BigIntegerField()

    class Meta:
        ordering = ["line", "council", "fy"]
        constraints = [
            models.UniqueConstraint(fields=["line", "council", "fy"], name="services_case_amount_unique"),
            models.CheckConstraint(name="services_case_amount_sign", condition=Q(amount_pence__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council} {self.fy}"
