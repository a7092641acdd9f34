"""The three ledgers: plan, forecast and actual. Each row is written once and never edited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from benefits.enums import Outcome
from benefits.querysets import ActualAmountQuerySet, ForecastAmountQuerySet, PlanAmountQuerySet
from core.models import Entered, Sourced

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


class LedgerAmount(Sourced):
    """An amount of one line for one council, in a month (period 1 is April) or a whole financial year."""

    line = models.ForeignKey("benefits.Line", on_delete=models.PROTECT, related_name="%(class)ss")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="%(class)ss")
    fy = models.PositiveSmallIntegerField("financial year")
    period = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 is April; empty: whole year"
    )
    amount_pence = models.BigIntegerField()

    class Meta:
        abstract = True


def once(name: str, parent: str) -> list[models.BaseConstraint]:
    """Constraints of a ledger: one amount a line, council and time in each `parent`, of a possible size."""
    fields = [parent, "line", "council", "fy"]
    return [
        models.UniqueConstraint(
            fields=[*fields, "period"], condition=Q(period__isnull=False), name=f"{name}_month_unique"
        ),
        models.UniqueConstraint(fields=fields, condition=Q(period__isnull=True), name=f"{name}_year_unique"),
        models.CheckConstraint(
            name=f"{name}_period", condition=Q(period__isnull=True) | Q(period__range=(1, 12))
        ),
        models.CheckConstraint(name=f"{name}_limit", condition=Q(amount_pence__range=(-(10**12), 10**12))),
    ]


class PlanAmount(LedgerAmount):
    """An amount in one plan version. Immutable, also in the database (INV-02)."""

    plan_version = models.ForeignKey(
        "programme.PlanVersion", on_delete=models.PROTECT, related_name="amounts"
    )

    objects = PlanAmountQuerySet.as_manager()

    class Meta:
        ordering = ["plan_version", "line", "council", "fy", "period"]
        indexes = [models.Index(fields=["line", "council", "fy"], name="benefits_plan_line")]
        constraints = [
            *once("benefits_plan", "plan_version"),
            models.CheckConstraint(
                name="benefits_plan_sign",
                condition=Q(amount_pence__gte=0),
                violation_error_message="Planned saving must be £0 or more. Record a cost as a cost line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council} {self.fy}"


class ForecastSnapshot(Entered):
    """What was expected on one day. Append-only; the latest that holds a line for a council is current."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="forecasts")
    as_at_on = models.DateField()
    commentary = models.TextField(blank=True)

    class Meta:
        ordering = ["programme", "as_at_on", "pk"]
        indexes = [models.Index(fields=["programme", "as_at_on"], name="benefits_snapshot_day")]

    def __str__(self) -> str:
        return f"forecast of {self.as_at_on}"


class ForecastAmount(LedgerAmount):
    """An amount in one forecast snapshot; negative only with an explanation. Append-only."""

    snapshot = models.ForeignKey(ForecastSnapshot, on_delete=models.PROTECT, related_name="amounts")
    explanation = models.CharField(max_length=500, blank=True)

    objects = ForecastAmountQuerySet.as_manager()

    class Meta:
        ordering = ["snapshot", "line", "council", "fy", "period"]
        indexes = [models.Index(fields=["line", "council", "snapshot"], name="benefits_forecast_line")]
        constraints = [
            *once("benefits_forecast", "snapshot"),
            models.CheckConstraint(
                name="benefits_forecast_negative",
                condition=Q(amount_pence__gte=0) | Q(explanation__length__gte=10),
                violation_error_message="Explain why this saving is negative, in at least 10 characters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council} {self.fy}"


class ActualAmount(LedgerAmount, Entered):
    """An amount that a council claims for one month. Append-only; a reversal is a new row."""

    explanation = models.CharField(max_length=500, blank=True)
    ledger_code = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    objects = ActualAmountQuerySet.as_manager()

    class Meta:
        ordering = ["line", "council", "fy", "period", "pk"]
        indexes = [
            models.Index(fields=["line", "council", "fy", "period"], name="benefits_actual_line"),
            models.Index(
                fields=["council", "ledger_code", "fy"],
                condition=~Q(ledger_code=""),
                name="benefits_actual_code",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="benefits_actual_period",
                condition=Q(period__range=(1, 12)),
                violation_error_message="Choose the month",
            ),
            models.CheckConstraint(
                name="benefits_actual_limit", condition=Q(amount_pence__range=(-(10**12), 10**12))
            ),
            models.CheckConstraint(
                name="benefits_actual_negative",
                condition=Q(amount_pence__gte=0) | Q(explanation__length__gte=10),
                violation_error_message="Explain why this saving is negative, in at least 10 characters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council} {self.fy} month {self.period}"


class Verification(models.Model):
    """The answer of the council's section 151 officer, or of their deputy, to one amount. Append-only."""

    actual = models.OneToOneField(ActualAmount, on_delete=models.PROTECT, related_name="verification")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    verified_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy_role = models.ForeignKey(
        "accounts.RoleHeld",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="as whose deputy it was given; empty for the section 151 officer",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="benefits_verification_reason",
                condition=Q(outcome=Outcome.VERIFIED) | Q(reason__length__gte=10),
                violation_error_message="Explain why the amount is returned, in at least 10 characters",
            )
        ]

    def __str__(self) -> str:
        return f"{self.actual} {self.outcome}"

    @property
    def signature(self) -> str:
        """Who answered: W Shah; or R Jones, deputy of Carrick’s section 151 officer."""
        if self.deputy_role_id is None:
            return str(self.verified_by)
        return f"{self.verified_by}, deputy of {self.actual.council}’s section 151 officer"
