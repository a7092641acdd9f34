"""Decisions that several sovereign councils must each take."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionKind, DecisionState
from governance.querysets import CouncilDecisionQuerySet, DecisionQuerySet


class Decision(Versioned, ImpreciseDates):
    """One text put to every required council (domain.md 2.8)."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(
        "governance.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    body_text = models.CharField("taken by", max_length=200, blank=True)
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=14, choices=DecisionKind, default=DecisionKind.RECOMMENDATION)
    state = models.CharField(max_length=18, choices=DecisionState, default=DecisionState.DRAFT)
    text = models.TextField(blank=True)
    text_number = models.PositiveSmallIntegerField("version of the text", default=1)
    text_hash = models.CharField(max_length=64, blank=True)
    reasons = models.TextField(blank=True)
    is_key = models.BooleanField("key decision", default=False)
    taken_first_on = first_on()
    taken_last_on = last_on()
    taken_precision = precision()
    taken_text = date_text()
    meeting_on = models.DateField(
        null=True, blank=True, help_text="the body's meeting that has it on its agenda"
    )
    recommended_on = models.DateField(null=True, blank=True)
    not_before_on = models.DateField(null=True, blank=True)
    lapse_after_days = models.PositiveSmallIntegerField(default=180)
    plan_version = models.ForeignKey(
        "programme.PlanVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the plan version that this decision approves",
    )
    business_case = models.ForeignKey(
        "services.BusinessCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the business case that this decision approves",
    )
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="governance_decision_unique"),
            date_order("governance_decision", "taken"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:decision_detail", args=[self.pk])


class CouncilDecision(Versioned, ImpreciseDates):
    """One council's own formal decision on one exact version of the text."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="council_decisions")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="council_decisions"
    )
    party_text = models.CharField(
        max_length=200, blank=True, help_text="a council that the source does not name"
    )
    order_index = models.PositiveSmallIntegerField(default=0)
    approval_body = models.CharField(max_length=16, choices=ApprovalBody, default=ApprovalBody.NOT_STATED)
    state = models.CharField(
        max_length=16, choices=CouncilDecisionState, default=CouncilDecisionState.AWAITING
    )
    text_number = models.PositiveSmallIntegerField("version of the text decided on", null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    decided_first_on = first_on()
    decided_last_on = last_on()
    decided_precision = precision()
    decided_text = date_text()
    published_on = models.DateField(null=True, blank=True)
    next_meeting_on = models.DateField(
        null=True, blank=True, help_text="when this council decides, or decides again"
    )
    notice_published_on = models.DateField(null=True, blank=True)
    statement = models.TextField(blank=True)

    objects = CouncilDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "order_index"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "council"],
                condition=Q(council__isnull=False),
                name="governance_council_decision_unique",
            ),
            models.CheckConstraint(
                name="governance_council_decision_party",
                condition=Q(council__isnull=False) | ~Q(party_text=""),
            ),
            date_order("governance_council_decision", "decided"),
        ]

    def __str__(self) -> str:
        return f"{self.council or self.party_text}: {self.decision}"
