"""Apportionment: dated keys by pool, the runs that used them, and year-end true-ups (domain.md 2.10)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from core.models import Entered, Versioned
from programme.querysets import OfProgrammeQuerySet
from services.enums import KeyBasis, TrueUpResult
from services.querysets import KeyQuerySet, RunQuerySet, TrueUpQuerySet


class CostPool(Versioned):
    """What is shared by one key at a time: running costs, one-off costs, the savings of a service."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="cost_pools")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)

    objects = OfProgrammeQuerySet["CostPool"].as_manager()

    class Meta:
        ordering = ["programme", "order_index", "ref"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="services_pool_unique")]

    def __str__(self) -> str:
        return self.name


class ApportionmentKey(Versioned):
    """The weights by which a pool is shared from one day to another; one key a pool and day (INV-25)."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="keys")
    basis = models.CharField(max_length=16, choices=KeyBasis)
    effective_from_on = models.DateField()
    effective_to_on = models.DateField(null=True, blank=True, help_text="last day; empty: no end yet")
    as_at_on = models.DateField(null=True, blank=True, help_text="day of the driver data")
    driver_source = models.CharField(max_length=300, blank=True, help_text="where the driver data come from")
    review_on = models.DateField(null=True, blank=True)
    decision_ref = models.CharField("decision", max_length=40, help_text="the decision that agreed this key")
    note = models.TextField(blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["pool", "effective_from_on"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "effective_from_on"], name="services_key_unique"),
            models.CheckConstraint(
                name="services_key_dates",
                condition=Q(effective_to_on__isnull=True) | Q(effective_to_on__gte=F("effective_from_on")),
                violation_error_message="End date must be on or after the start date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {self.get_basis_display().lower()}"


class KeyWeight(models.Model):
    """One council's weight in a key; 0 where it pays nothing."""

    key = models.ForeignKey(ApportionmentKey, on_delete=models.CASCADE, related_name="weights")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["key", "council"]
        constraints = [
            models.UniqueConstraint(fields=["key", "council"], name="services_key_weight_unique"),
            models.CheckConstraint(
                name="services_key_weight_sign",
                condition=Q(weight__gte=0),
                violation_error_message="A share must be 0 or more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.council}"


class ApportionmentRun(Entered):
    """One amount as it was shared, kept for ever: later keys never restate it (INV-24). Append-only."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="runs")
    key = models.ForeignKey(ApportionmentKey, on_delete=models.PROTECT, null=True, related_name="runs")
    line = models.ForeignKey(
        "services.BusinessCaseLine", on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    purpose = models.CharField(max_length=200, blank=True)
    fy = models.PositiveSmallIntegerField("financial year")
    total_pence = models.BigIntegerField()
    weights = models.JSONField(
        default=list, help_text="what was used: for each key its days, its basis and each council's weight"
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["pool", "fy", "pk"]
        indexes = [models.Index(fields=["line", "fy"], name="services_run_line")]

    def __str__(self) -> str:
        return f"{self.pool} {self.fy}"


class ApportionmentShare(models.Model):
    """One council's share of a run; the shares of a run sum to its total (INV-23). Append-only."""

    run = models.ForeignKey(ApportionmentRun, on_delete=models.PROTECT, related_name="shares")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    share_pence = models.BigIntegerField()

    class Meta:
        ordering = ["run", "council"]
        constraints = [models.UniqueConstraint(fields=["run", "council"], name="services_run_share_unique")]

    def __str__(self) -> str:
        return f"{self.run} {self.council}"


class TrueUp(Entered):
    """The year-end comparison of estimated and actual drivers of one pool (F-23)."""

    key = models.ForeignKey(ApportionmentKey, on_delete=models.PROTECT, related_name="true_ups")
    fy = models.PositiveSmallIntegerField("financial year")
    driver = models.CharField(max_length=200, help_text="what was counted, for example claims")
    driver_source = models.CharField(max_length=300, blank=True)
    tolerance_pp = models.DecimalField("tolerance in percentage points", max_digits=5, decimal_places=2)
    result = models.CharField(max_length=5, choices=TrueUpResult)
    estimate_run = models.ForeignKey(ApportionmentRun, on_delete=models.PROTECT, related_name="+")
    final_run = models.ForeignKey(ApportionmentRun, on_delete=models.PROTECT, related_name="+")

    objects = TrueUpQuerySet.as_manager()

    class Meta:
        ordering = ["key", "fy"]
        constraints = [models.UniqueConstraint(fields=["key", "fy"], name="services_true_up_unique")]

    def __str__(self) -> str:
        return f"True-up of {self.key} {self.fy}"


class TrueUpDriver(models.Model):
    """One council's actual driver in a true-up."""

    true_up = models.ForeignKey(TrueUp, on_delete=models.PROTECT, related_name="drivers")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["true_up", "council"]
        constraints = [
            models.UniqueConstraint(fields=["true_up", "council"], name="services_true_up_driver_unique"),
            models.CheckConstraint(name="services_true_up_driver_sign", condition=Q(quantity__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.true_up} {self.council}"
