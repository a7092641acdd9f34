"""Budgets of the councils, and what was taken out of them for a saving."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits.querysets import BudgetLineQuerySet, BudgetReductionQuerySet
from core.models import Entered, Versioned


class BudgetLine(Versioned):
    """What one council has in its budget under one ledger code in one year, before any saving."""

    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="budget_lines")
    ledger_code = models.CharField(max_length=40)
    fy = models.PositiveSmallIntegerField("financial year")
    budget_pence = models.BigIntegerField()
    name = models.CharField(max_length=200)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["council", "ledger_code", "fy"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "ledger_code", "fy"],
                name="benefits_budget_line_unique",
                violation_error_message="This code already has a budget in this year",
            ),
            models.CheckConstraint(
                name="benefits_budget_line_amount",
                condition=Q(budget_pence__range=(0, 10**12)),
                violation_error_message="Budget must be £0 or more",
            ),
            models.CheckConstraint(name="benefits_budget_line_code", condition=~Q(ledger_code="")),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_code} {self.name}"


class BudgetReduction(Entered):
    """What a council took out of one budget line for one line of savings (INV-20, INV-21).

    Never edited: a wrong one is withdrawn, with its reason, and entered again.
    """

    line = models.ForeignKey("benefits.Line", on_delete=models.PROTECT, related_name="budget_reductions")
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="reductions")
    amount_pence = models.BigIntegerField()
    not_same_reason = models.CharField(
        max_length=500,
        blank=True,
        help_text="why it is not the saving that another programme claims from this code and year",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = BudgetReductionQuerySet.as_manager()

    class Meta:
        ordering = ["budget_line", "line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "budget_line"],
                condition=Q(withdrawn_at__isnull=True),
                name="benefits_reduction_unique",
                violation_error_message="A reduction of this code is already recorded for this line",
            ),
            models.CheckConstraint(
                name="benefits_reduction_amount",
                condition=Q(amount_pence__range=(1, 10**12)),
                violation_error_message="Reduction must be more than £0",
            ),
            models.CheckConstraint(
                name="benefits_reduction_withdrawn",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.budget_line.ledger_code}"
