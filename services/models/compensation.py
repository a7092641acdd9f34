"""Payments between councils so that none is worse off (F-21, F-22)."""

from __future__ import annotations

from django.db import models

from core.models import Versioned
from services.enums import TestBasis


class Compensation(Versioned):
    """An arrangement by which councils that gain pay a partner that would be worse off."""

    business_case = models.ForeignKey(
        "services.BusinessCase", on_delete=models.CASCADE, related_name="compensations"
    )
    beneficiary = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=7, choices=TestBasis)
    cap_pence = models.BigIntegerField(null=True, blank=True)
    decision_ref = models.CharField("decision", max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["business_case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_case", "beneficiary", "basis"], name="services_compensation_unique"
            )
        ]

    def __str__(self) -> str:
        return f"Compensation for {self.beneficiary}"


class CompensationPayment(models.Model):
    """What one council receives (positive) or pays (negative) in one year; each year sums to 0 (INV-26)."""

    compensation = models.ForeignKey(Compensation, on_delete=models.CASCADE, related_name="payments")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    fy = models.PositiveSmallIntegerField("financial year")
    amount_pence = models.BigIntegerField()

    class Meta:
        ordering = ["compensation", "fy", "council"]
        constraints = [
            models.UniqueConstraint(
                fields=["compensation", "council", "fy"], name="services_compensation_payment_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compensation} {self.council} {self.fy}"
