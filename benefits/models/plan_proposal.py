"""A proposed plan: what it would hold, until the councils' decision on it takes effect (domain.md 2.7)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from benefits.enums import OPEN_PROPOSALS, ProposalState, RebaselineReason
from benefits.models.ledger import LedgerAmount, once
from benefits.querysets import PlanProposalQuerySet
from core.models import Entered, Sourced, Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision


class PlanProposal(Versioned):
    """A proposed plan version: the first one, or a re-baseline with its reason (INV-05).

    Once it is submitted its content is frozen, also in the database; `content_hash` says what was submitted.
    The plan version itself is made when the decision takes effect, and not before (INV-14).
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="plan_proposals"
    )
    number = models.PositiveSmallIntegerField(help_text="the number that the plan version would get")
    based_on = models.ForeignKey(
        "programme.PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    reason_code = models.CharField("reason", max_length=16, choices=RebaselineReason, blank=True)
    narrative = models.TextField("explanation", blank=True)
    state = models.CharField(max_length=9, choices=ProposalState, default=ProposalState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the dates and amounts as submitted"
    )
    decision_ref = models.CharField("decision that settled it", max_length=40, blank=True)
    ended_reason = models.CharField("why it was withdrawn or refused", max_length=500, blank=True)
    plan_version = models.OneToOneField(
        "programme.PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    objects = PlanProposalQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=OPEN_PROPOSALS),
                name="benefits_proposal_one_open",
            ),
            models.CheckConstraint(
                name="benefits_proposal_submitted",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True, content_hash="")
                | (Q(submitted_at__isnull=False, submitted_by__isnull=False) & ~Q(content_hash="")),
            ),
            models.CheckConstraint(
                name="benefits_proposal_reason",
                condition=Q(submitted_at__isnull=True)
                | Q(number=1, reason_code=RebaselineReason.FIRST_PLAN)
                | (
                    Q(number__gte=2)
                    & ~Q(reason_code__in=("", RebaselineReason.FIRST_PLAN))
                    & Q(narrative__length__gte=50)
                ),
                violation_error_message="Choose a reason and explain the change in at least 50 characters",
            ),
            models.CheckConstraint(
                name="benefits_proposal_approved",
                condition=Q(
                    state=ProposalState.APPROVED, plan_version__isnull=False, submitted_at__isnull=False
                )
                | (~Q(state=ProposalState.APPROVED) & Q(plan_version__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"proposed plan version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("benefits:plan_proposal_detail", args=[self.pk])


class ProposalAmount(LedgerAmount):
    """An amount that a proposed plan holds; copied into the plan version when that is made."""

    proposal = models.ForeignKey(PlanProposal, on_delete=models.PROTECT, related_name="amounts")

    class Meta:
        ordering = ["proposal", "line", "council", "fy", "period"]
        constraints = [
            *once("benefits_proposal", "proposal"),
            models.CheckConstraint(
                name="benefits_proposal_sign",
                condition=Q(amount_pence__gte=0),
                violation_error_message="Planned saving must be £0 or more. Record a cost as a cost line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council} {self.fy}"


class ProposalDate(ImpreciseDates, Sourced):
    """The date of one milestone in a proposed plan."""

    proposal = models.ForeignKey(PlanProposal, on_delete=models.PROTECT, related_name="dates")
    milestone = models.ForeignKey("programme.Milestone", on_delete=models.PROTECT, related_name="+")
    date_first_on = first_on()
    date_last_on = last_on()
    date_precision = precision()
    date_text = date_text()

    class Meta:
        ordering = ["proposal", "milestone"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "milestone"], name="benefits_proposal_date_unique"),
            date_order("benefits_proposaldate", "date"),
            models.CheckConstraint(
                name="benefits_proposaldate_stated", condition=Q(date_first_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} in {self.proposal}"


class PlanOpinion(Entered):
    """Whether a council's section 151 officer supports a proposed plan. Append-only; the last one counts."""

    proposal = models.ForeignKey(PlanProposal, on_delete=models.PROTECT, related_name="opinions")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    is_in = models.BooleanField("supports it")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["proposal", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_opinion_reason",
                condition=Q(is_in=True) | Q(reason__length__gte=10),
                violation_error_message="Explain why you do not support it, in at least 10 characters",
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}: {'in' if self.is_in else 'out'}"
