"""Services that councils run, and what each council spends on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Sourced, Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus
from services.querysets import ServiceQuerySet


class Service(Versioned, ImpreciseDates):
    """A service in the scope of a programme (domain.md 2.5)."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="services")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=16, choices=ServiceStatus, default=ServiceStatus.NOT_SHARED)
    lead_council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="services_led"
    )
    councils_text = models.CharField(
        max_length=200, blank=True, help_text="where the source does not name the councils"
    )
    since_first_on = first_on()
    since_last_on = last_on()
    since_precision = precision()
    since_text = date_text()
    planned_first_on = first_on()
    planned_last_on = last_on()
    planned_precision = precision()
    planned_text = date_text()
    kind = models.CharField(max_length=12, choices=ServiceKind, default=ServiceKind.OTHER)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="services_service_unique"),
            date_order("services_service", "since"),
            date_order("services_service", "planned"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceCouncil(models.Model):
    """One council's own version of a service: its state, provider and people."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="provisions")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="provisions")
    status = models.CharField(
        max_length=16, choices=ServiceStatus, blank=True, help_text="empty: as the service"
    )
    provider = models.CharField(max_length=12, choices=Provider, default=Provider.NOT_STATED)
    fte = models.DecimalField("full-time equivalents", max_digits=7, decimal_places=2, null=True, blank=True)
    provider_name = models.CharField(max_length=120, blank=True)
    contract_end_on = models.DateField(null=True, blank=True)
    contract_break_on = models.DateField(
        null=True, blank=True, help_text="first day on which the contract can be ended early"
    )
    shared_percent = models.DecimalField(
        "already shared",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="percent of the service, by cost, that this council already shares",
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["service", "council__name"]
        constraints = [
            models.UniqueConstraint(fields=["service", "council"], name="services_service_council_unique"),
            models.CheckConstraint(
                name="services_service_council_fte", condition=Q(fte__isnull=True) | Q(fte__gte=0)
            ),
            models.CheckConstraint(
                name="services_service_council_shared",
                condition=Q(shared_percent__isnull=True) | Q(shared_percent__range=(0, 100)),
                violation_error_message="Percentage must be between 0 and 100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.council}"


class ServiceCost(Sourced):
    """What one council spends on a service in one financial year."""

    provision = models.ForeignKey(ServiceCouncil, on_delete=models.CASCADE, related_name="costs")
    fy = models.PositiveSmallIntegerField("financial year")
    amount_pence = models.BigIntegerField()
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.MEDIUM)

    class Meta:
        ordering = ["provision", "fy"]
        constraints = [
            models.UniqueConstraint(fields=["provision", "fy"], name="services_service_cost_unique"),
            models.CheckConstraint(name="services_service_cost_sign", condition=Q(amount_pence__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.fy}"


class ServiceMeasure(Sourced):
    """How much work one council's service does in a year, or how well."""

    provision = models.ForeignKey(ServiceCouncil, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=12, choices=MeasureKind)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    fy = models.PositiveSmallIntegerField("financial year")
    value = models.DecimalField(max_digits=14, decimal_places=3)
    is_higher_better = models.BooleanField(null=True, blank=True, help_text="empty: neither way is better")

    class Meta:
        ordering = ["provision", "kind", "name", "fy"]
        constraints = [
            models.UniqueConstraint(fields=["provision", "name", "fy"], name="services_measure_unique"),
            models.CheckConstraint(
                name="services_measure_volume",
                condition=Q(kind=MeasureKind.PERFORMANCE) | Q(value__gte=0),
                violation_error_message="A volume of work must be 0 or more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.name} {self.fy}"
