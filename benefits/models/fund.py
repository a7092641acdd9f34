"""A transition fund: what councils paid in, and the one-off costs it paid (domain.md 2.10, INV-28)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse

from benefits.querysets import FundQuerySet
from core.models import Entered, Versioned

models.CharField.register_lookup(Length)


class Fund(Versioned):
    """A pot of one programme for the one-off costs of change. Its balance is never below £0."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="funds")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    pool = models.ForeignKey(
        "services.CostPool",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funds",
        help_text="whose key says what each council pays in, and gets back",
    )

    objects = FundQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "ref"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="benefits_fund_unique")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benefits:fund_detail", args=[self.pk])


class FundContribution(Entered):
    """What one council paid into a fund; negative where it was paid back. Append-only."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="contributions")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()
    paid_on = models.DateField()
    explanation = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["fund", "paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_contribution_amount",
                condition=Q(amount_pence__range=(-(10**12), 10**12)) & ~Q(amount_pence=0),
            ),
            models.CheckConstraint(
                name="benefits_contribution_negative",
                condition=Q(amount_pence__gt=0) | Q(explanation__length__gte=10),
                violation_error_message="Explain why this payment is negative, in at least 10 characters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.council} {self.paid_on}"


class FundClosing(Entered):
    """That a fund was closed and what it held went back to the councils. Append-only."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="closings")
    closed_on = models.DateField()
    returned_pence = models.BigIntegerField()

    class Meta:
        ordering = ["fund", "pk"]
        constraints = [
            models.CheckConstraint(name="benefits_fund_closing_sign", condition=Q(returned_pence__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.fund} closed {self.closed_on}"


class FundDrawdown(Entered):
    """What a fund paid of one actual one-off cost. Append-only; a cost that is reversed gives it back."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="drawdowns")
    actual = models.ForeignKey("benefits.ActualAmount", on_delete=models.PROTECT, related_name="drawdowns")
    amount_pence = models.BigIntegerField()
    drawn_on = models.DateField()

    class Meta:
        ordering = ["fund", "drawn_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_drawdown_amount", condition=Q(amount_pence__range=(1, 10**12))
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.drawn_on}"
