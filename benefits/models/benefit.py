"""Benefit profiles and the money lines of benefits and costs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from benefits.enums import BenefitClass, BenefitKind, BenefitState, Direction
from benefits.querysets import BenefitQuerySet, LineQuerySet
from core.models import Sourced, Versioned
from services.enums import Confidence, CostType, LineKind


class Benefit(Versioned, Sourced):
    """The agreed definition of one benefit (domain.md 2.9). The target may be empty."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="benefits")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    benefit_class = models.CharField("class", max_length=12, choices=BenefitClass)
    kind = models.CharField(max_length=16, choices=BenefitKind, default=BenefitKind.NOT_STATED)
    is_disbenefit = models.BooleanField("dis-benefit", default=False)
    state = models.CharField(max_length=12, choices=BenefitState, default=BenefitState.IDENTIFIED)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    councils = models.ManyToManyField(
        "programme.Council", blank=True, related_name="benefits", help_text="empty: all partner councils"
    )
    counted_in = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contains",
        help_text="the benefit whose total already holds this one; it then adds nothing (INV-18)",
    )
    attribution_percent = models.PositiveSmallIntegerField(
        default=100, help_text="part of the effect that this programme may claim"
    )
    attribution_reason = models.CharField(max_length=500, blank=True, help_text="why it is less than 100")
    title_reason = models.CharField(
        max_length=500, blank=True, help_text="why the title starts with no word of change"
    )
    starts_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    measure_name = models.CharField("measure", max_length=200, blank=True)
    measure_unit = models.CharField("unit", max_length=40, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.NOT_STATED)
    starting_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target_text = models.CharField(max_length=200, blank=True, help_text="a target that is not a number")
    actual_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    measured_text = models.CharField("measured", max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="benefits_benefit_unique"),
            models.CheckConstraint(
                name="benefits_benefit_not_in_itself",
                condition=Q(counted_in__isnull=True) | ~Q(counted_in=F("id")),
                violation_error_message="A benefit cannot be counted in itself",
            ),
            models.CheckConstraint(
                name="benefits_benefit_target",
                condition=Q(target_value__isnull=True)
                | Q(starting_value__isnull=True)
                | ~Q(target_value=F("starting_value")),
                violation_error_message="Target must be different from the starting value",
            ),
            models.CheckConstraint(
                name="benefits_benefit_cashable_or_avoided",
                condition=~Q(benefit_class=BenefitClass.CASHABLE, kind=BenefitKind.COST_AVOIDANCE),
                violation_error_message="A benefit can be cashable or cost avoidance, not both",
            ),
            models.CheckConstraint(
                name="benefits_benefit_attribution",
                condition=Q(attribution_percent=100)
                | (Q(attribution_percent__range=(0, 99)) & ~Q(attribution_reason="")),
                violation_error_message="Explain why less than 100% of the saving is claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("benefits:benefit_detail", args=[self.pk])


class Line(Versioned, Sourced):
    """A line of benefit or cost in pounds: what plan, forecast and actual amounts belong to.

    Its kind fixes the sign (F-02). A benefit line belongs to a benefit; a cost line to none.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="lines")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=16, choices=LineKind)
    cost_type = models.CharField(max_length=16, choices=CostType, blank=True)
    benefit = models.ForeignKey(
        Benefit, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    business_case_line = models.ForeignKey(
        "services.BusinessCaseLine", on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    is_budgeted = models.BooleanField(
        "income raised in a budget", default=False, help_text="unbudgeted income stays out of the headline"
    )
    starts_on = models.DateField(null=True, blank=True, help_text="first day; spreads a year over its months")
    ends_on = models.DateField(null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="benefits_line_unique"),
            models.CheckConstraint(
                name="benefits_line_dates",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="End date must be on or after the start date",
            ),
            models.CheckConstraint(
                name="benefits_line_cost_has_no_benefit",
                condition=Q(benefit__isnull=True)
                | ~Q(kind__in=[LineKind.ONE_OFF_COST, LineKind.RECURRING_COST, LineKind.GRANT]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
