"""Services that councils run, and what each council spends on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Sourced, Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from services.enums import Confidence, Provider, ReviewState, ServiceStatus
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
    contract_end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service", "council__name"]
        constraints = [
            models.UniqueConstraint(fields=["service", "council"], name="services_service_council_unique"),
            models.CheckConstraint(
                name="services_service_council_fte", condition=Q(fte__isnull=True) | Q(fte__gte=0)
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


class ServiceReview(Versioned):
    """A structured look at one service across partners that ends in a decision to share or not."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reviews")
    ref = models.CharField(max_length=40)
    state = models.CharField(max_length=18, choices=ReviewState, default=ReviewState.PROPOSED)
    is_sensitive = models.BooleanField("politically sensitive", default=False)
    chosen_because = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service", "ref"]
        constraints = [models.UniqueConstraint(fields=["service", "ref"], name="services_review_unique")]

    def __str__(self) -> str:
        return f"Review of {self.service}"
