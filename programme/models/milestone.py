"""Milestones: plan, forecast and actual."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from programme.enums import MilestoneKind, MilestoneState
from programme.querysets import MilestoneQuerySet
from programme.rules.planning.terms import LAST_GATE


class Milestone(Versioned, ImpreciseDates):
    """A dated event of a programme (domain.md 2.4).

    `plan_*` is a copy of the current plan version's date and changes only with it; `forecast_*` is what
    is expected now; `actual_*` is what happened.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(
        "programme.Phase", on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    tranche = models.ForeignKey(
        "programme.Tranche", on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=MilestoneKind, default=MilestoneKind.NOT_STATED)
    gate_number = models.PositiveSmallIntegerField(
        "gate", null=True, blank=True, help_text="from 0 to 5, of a milestone of the kind gate"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    councils = models.ManyToManyField(
        "programme.Council", blank=True, related_name="milestones", help_text="empty: all partner councils"
    )
    is_critical = models.BooleanField("key milestone", default=False)
    order_index = models.PositiveSmallIntegerField(default=0)
    plan_first_on = first_on()
    plan_last_on = last_on()
    plan_precision = precision()
    plan_text = date_text()
    forecast_first_on = first_on()
    forecast_last_on = last_on()
    forecast_precision = precision()
    forecast_text = date_text()
    actual_first_on = first_on()
    actual_last_on = last_on()
    actual_precision = precision()
    actual_text = date_text()
    stated_state = models.CharField(max_length=20, choices=MilestoneState, default=MilestoneState.PLANNED)
    decision_ref = models.CharField(
        "decision", max_length=40, blank=True, help_text="the decision that must be in effect first"
    )
    evidence = models.CharField(max_length=500, blank=True, help_text="a link or a document reference")
    note = models.TextField(blank=True, help_text="shown to the steering group")
    case_note = models.TextField(blank=True, help_text="note of the source")
    forecast_updated_at = models.DateTimeField(null=True, blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        indexes = [models.Index(fields=["owner", "forecast_last_on"], name="programme_milestone_due")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_milestone_unique"),
            date_order("programme_milestone", "plan"),
            date_order("programme_milestone", "forecast"),
            date_order("programme_milestone", "actual"),
            models.CheckConstraint(
                name="programme_milestone_gate",
                condition=Q(gate_number__isnull=True)
                | Q(kind=MilestoneKind.GATE.value, gate_number__lte=LAST_GATE),
                violation_error_message="A gate number is from 0 to 5, of a milestone of the kind gate",
            ),
            models.CheckConstraint(
                name="programme_milestone_evidence",
                condition=Q(is_critical=False)
                | Q(actual_last_on__isnull=True)
                | Q(source__isnull=False)
                | ~Q(evidence=""),
                violation_error_message="Add evidence that the milestone was achieved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("programme:milestone_detail", args=[self.pk])
