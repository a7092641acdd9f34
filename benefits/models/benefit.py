"""Benefit profiles and the money lines of benefits and costs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from benefits.enums import (
    BenefitClass,
    BenefitKind,
    BenefitState,
    Combining,
    Direction,
    Frequency,
    Recurrence,
)
from benefits.querysets import BenefitQuerySet, LineQuerySet
from core.models import Sourced, Versioned
from services.enums import Confidence, CostType, LineKind

DOAM = ("description", "observable", "attribution", "measurement")


def _ticked_with_text(test: str) -> models.CheckConstraint:
    """One of the four tests is met only where its text says how."""
    return models.CheckConstraint(
        name=f"benefits_benefit_{test}_test",
        condition=Q(**{f"has_{test}": False}) | ~Q(**{f"doam_{test}": ""}),
        violation_error_message="Say how the benefit meets this test",
    )


class Benefit(Versioned, Sourced):
    """The agreed definition of one benefit (domain.md 2.9). The target may be empty.

    What enables it, what it depends on and its objectives are links of the benefits map.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="benefits")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=60, blank=True, help_text="the councils’ own heading")
    service_feature = models.CharField(
        max_length=500, blank=True, help_text="what in the service brings it about"
    )
    potential_costs = models.CharField(max_length=500, blank=True)
    activities = models.TextField("activities required", blank=True)
    dependencies = models.CharField(
        max_length=500, blank=True, help_text="what it depends on beside the benefits map"
    )
    order_index = models.PositiveSmallIntegerField(default=0)
    benefit_class = models.CharField("class", max_length=12, choices=BenefitClass)
    kind = models.CharField(max_length=16, choices=BenefitKind, default=BenefitKind.NOT_STATED)
    is_disbenefit = models.BooleanField("dis-benefit", default=False)
    state = models.CharField(max_length=12, choices=BenefitState, default=BenefitState.IDENTIFIED)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    sro = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: the programme’s own",
    )
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    risks = models.ManyToManyField("programme.Risk", blank=True, related_name="benefits")
    lesson = models.ForeignKey(
        "programme.Lesson",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="benefits",
        help_text="what was learnt where it was not realised",
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
    counterfactual = models.CharField(
        max_length=500, blank=True, help_text="what would have happened without this programme"
    )
    title_reason = models.CharField(
        max_length=500, blank=True, help_text="why the title starts with no word of change"
    )
    full_year_pence = models.BigIntegerField(
        null=True, blank=True, help_text="worth of a full year, once it comes in full"
    )
    recurrence = models.CharField(max_length=10, choices=Recurrence, default=Recurrence.NOT_STATED)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    early_reason = models.CharField(
        max_length=500, blank=True, help_text="why it starts before what enables it"
    )
    review_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    measure_name = models.CharField("measure", max_length=200, blank=True)
    measure_unit = models.CharField("unit", max_length=40, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.NOT_STATED)
    measure_source = models.CharField(max_length=200, blank=True, help_text="where the values come from")
    measure_method = models.CharField(max_length=500, blank=True, help_text="how they are counted")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.NOT_STATED)
    combining = models.CharField(max_length=10, choices=Combining, default=Combining.NOT_STATED)
    starting_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    starting_on = models.DateField("day of the starting value", null=True, blank=True)
    starting_reason = models.CharField(max_length=500, blank=True, help_text="why there is no starting value")
    target_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    percent_reason = models.CharField(
        max_length=500, blank=True, help_text="why a percentage is below 0 or above 100"
    )
    target_text = models.CharField(max_length=200, blank=True, help_text="a target that is not a number")
    no_target_reason = models.CharField(max_length=500, blank=True, help_text="why no target is set")
    actual_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    measured_text = models.CharField("measured", max_length=120, blank=True)
    has_description = models.BooleanField("meets the test of description", default=False)
    doam_description = models.CharField(max_length=500, blank=True)
    has_observable = models.BooleanField("meets the test of an observable outcome", default=False)
    doam_observable = models.CharField(max_length=500, blank=True)
    has_attribution = models.BooleanField("meets the test of attribution", default=False)
    doam_attribution = models.CharField(max_length=500, blank=True)
    has_measurement = models.BooleanField("meets the test of measurement", default=False)
    doam_measurement = models.CharField(max_length=500, blank=True)
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
            models.CheckConstraint(
                name="benefits_benefit_dates",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="End date must be on or after the start date",
            ),
            models.CheckConstraint(
                name="benefits_benefit_full_year",
                condition=Q(full_year_pence__isnull=True) | Q(full_year_pence__range=(0, 10**12)),
                violation_error_message="Amount must be £10,000,000,000 or less",
            ),
            *(_ticked_with_text(test) for test in DOAM),
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
