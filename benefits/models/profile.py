"""What belongs to one benefit: shares, planned values, readings, evidence, reviews, steps and handovers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benefits.enums import BenefitState, BenefitStep, HandoverState
from benefits.querysets import HandoverQuerySet, OfBenefitQuerySet
from core.models import Entered
from services.enums import Confidence


def _period() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 is April; empty: whole year")


class BenefitShare(models.Model):
    """What part of a benefit one council has; none at all where they are not agreed."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.CASCADE, related_name="shares")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    percent = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering = ["benefit", "council"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "council"], name="benefits_share_unique"),
            models.CheckConstraint(
                name="benefits_share_percent",
                condition=Q(percent__range=(0, 100)),
                violation_error_message="Share must be from 0 to 100 per cent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% of {self.benefit} for {self.council}"


class ProfileEntry(models.Model):
    """The planned value of a benefit's measure at the end of a month or in a year: its trajectory."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.CASCADE, related_name="trajectory")
    fy = models.PositiveSmallIntegerField("financial year")
    period = _period()
    value = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering = ["benefit", "fy", F("period").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "fy", "period"],
                condition=Q(period__isnull=False),
                name="benefits_trajectory_month_unique",
            ),
            models.UniqueConstraint(
                fields=["benefit", "fy"],
                condition=Q(period__isnull=True),
                name="benefits_trajectory_year_unique",
            ),
            models.CheckConstraint(
                name="benefits_trajectory_period",
                condition=Q(period__isnull=True) | Q(period__range=(1, 12)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.fy} {self.period or ''}".strip()


class MeasureReading(Entered):
    """A value that was measured. Append-only; of several for one time and council the last one counts."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.PROTECT, related_name="readings")
    council = models.ForeignKey(
        "programme.Council",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: the benefit as a whole",
    )
    fy = models.PositiveSmallIntegerField("financial year")
    period = _period()
    value = models.DecimalField(max_digits=14, decimal_places=3)
    note = models.CharField(max_length=500, blank=True)

    objects = OfBenefitQuerySet["MeasureReading"].as_manager()

    class Meta:
        ordering = ["benefit", "pk"]
        indexes = [models.Index(fields=["benefit", "fy", "period"], name="benefits_reading_time")]
        constraints = [
            models.CheckConstraint(
                name="benefits_reading_period",
                condition=Q(period__isnull=True) | Q(period__range=(1, 12)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.fy} {self.period or ''}".strip()


class BenefitEvidence(Entered):
    """Where one can see that a benefit is there. Append-only."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.PROTECT, related_name="evidence")
    text = models.CharField(max_length=500, help_text="a document reference or a link")

    objects = OfBenefitQuerySet["BenefitEvidence"].as_manager()

    class Meta:
        ordering = ["benefit", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_evidence_text",
                condition=~Q(text=""),
                violation_error_message="Say where the evidence is",
            )
        ]

    def __str__(self) -> str:
        return self.text


class BenefitReview(Entered):
    """What a review of a benefit found, and when the next one is due. Append-only."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    finding = models.TextField()
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    next_review_on = models.DateField(null=True, blank=True)

    objects = OfBenefitQuerySet["BenefitReview"].as_manager()

    class Meta:
        ordering = ["benefit", "reviewed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_review_next",
                condition=Q(next_review_on__isnull=True) | Q(next_review_on__gt=F("reviewed_on")),
                violation_error_message="The next review must be after this one",
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.benefit} on {self.reviewed_on}"


class BenefitTransition(models.Model):
    """A step that a benefit took: from which state to which, why, and what was agreed. Append-only."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.PROTECT, related_name="transitions")
    step = models.CharField(max_length=8, choices=BenefitStep)
    from_state = models.CharField(max_length=12, choices=BenefitState)
    to_state = models.CharField(max_length=12, choices=BenefitState)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    agreed = models.JSONField(default=dict, blank=True, help_text="measure and target as approved")

    objects = OfBenefitQuerySet["BenefitTransition"].as_manager()

    class Meta:
        ordering = ["benefit", "pk"]

    def __str__(self) -> str:
        return f"{self.benefit}: {self.from_state} to {self.to_state}"


class BenefitHandover(models.Model):
    """An owner offers a benefit to the next one, who answers for it once they accept."""

    benefit = models.ForeignKey("benefits.Benefit", on_delete=models.PROTECT, related_name="handovers")
    from_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="benefits_offered"
    )
    note = models.TextField(help_text="what the next owner has to know")
    review_on = models.DateField(help_text="when the next owner reviews it first")
    state = models.CharField(max_length=9, choices=HandoverState, default=HandoverState.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True, help_text="why it was declined or taken back")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["benefit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit"],
                condition=Q(state=HandoverState.OFFERED),
                name="benefits_handover_one_open",
            ),
            models.CheckConstraint(
                name="benefits_handover_answered",
                condition=Q(state=HandoverState.OFFERED, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=HandoverState.OFFERED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} to {self.to_owner}"
