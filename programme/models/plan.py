"""Plan versions: the approved plan, immutable in code and in the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Entered, Sourced
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from programme.querysets import PlanVersionQuerySet


class PlanVersion(Entered):
    """One approved plan of a programme (INV-02). Number 1 is the original and stays visible (INV-04).

    The row announces how many dates and amounts it holds and their hash; the database refuses a further
    one, and refuses to update or delete any. The current version on a day is the highest one in effect.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="plan_versions"
    )
    number = models.PositiveSmallIntegerField()
    approved_on = models.DateField()
    effective_on = models.DateField(help_text="from this day forecasts are compared with this version")
    reason = models.CharField(max_length=300, blank=True)
    narrative = models.TextField(blank=True)
    date_count = models.PositiveIntegerField(help_text="milestone dates in this version")
    amount_count = models.PositiveIntegerField(help_text="amounts in this version")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the dates and amounts")

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_plan_version_unique"),
            models.CheckConstraint(name="programme_plan_version_number", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="programme_plan_version_reason",
                condition=Q(number=1) | (~Q(reason="") & ~Q(narrative="")),
                violation_error_message="Choose a reason and explain the change",
            ),
        ]

    def __str__(self) -> str:
        return f"plan version {self.number}"


class PlanDate(ImpreciseDates, Sourced):
    """The date of one milestone in one plan version. Immutable."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="dates")
    milestone = models.ForeignKey("programme.Milestone", on_delete=models.PROTECT, related_name="plan_dates")
    date_first_on = first_on()
    date_last_on = last_on()
    date_precision = precision()
    date_text = date_text()

    class Meta:
        ordering = ["plan_version", "milestone"]
        constraints = [
            models.UniqueConstraint(fields=["plan_version", "milestone"], name="programme_plan_date_unique"),
            date_order("programme_plandate", "date"),
            models.CheckConstraint(
                name="programme_plandate_stated", condition=Q(date_first_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} in {self.plan_version}"
