"""Call-in, and what scrutiny recommends."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Versioned
from governance.enums import CallInOutcome, ResponseState
from governance.querysets import CallInQuerySet, RecommendationQuerySet, ResponseQuerySet


class CallIn(Versioned):
    """Scrutiny of one council stops a decision that was made and not yet implemented."""

    council_decision = models.ForeignKey(
        "governance.CouncilDecision", on_delete=models.PROTECT, related_name="call_ins"
    )
    text_number = models.PositiveSmallIntegerField("version of the text called in", default=1)
    raised_at = models.DateTimeField()
    grounds = models.TextField()
    scrutiny_meets_on = models.DateField(null=True, blank=True, help_text="when scrutiny is to hear it")
    scrutiny_met_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=CallInOutcome, blank=True)
    outcome_text = models.TextField(blank=True)
    released_on = models.DateField(null=True, blank=True)

    objects = CallInQuerySet.as_manager()

    class Meta:
        ordering = ["council_decision", "raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["council_decision", "text_number"],
                condition=Q(outcome=""),
                name="governance_call_in_one_open",
            ),
            models.CheckConstraint(
                name="governance_call_in_outcome",
                condition=Q(outcome="", released_on__isnull=True)
                | (~Q(outcome="") & Q(scrutiny_met_on__isnull=False, released_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Call-in of {self.council_decision}"


class CallInSignatory(models.Model):
    """A councillor who signed a call-in."""

    call_in = models.ForeignKey(CallIn, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["call_in", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call_in", "name"], name="governance_call_in_signatory_unique")
        ]

    def __str__(self) -> str:
        return self.name


class ScrutinyRecommendation(Versioned):
    """What a scrutiny body recommends to the executives, tracked to done."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="scrutiny_recommendations"
    )
    ref = models.CharField(max_length=40)
    body = models.ForeignKey(
        "governance.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body_text = models.CharField("made by", max_length=200, blank=True)
    decision = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    call_in = models.ForeignKey(
        CallIn, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    text = models.TextField()
    made_on = models.DateField()

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-made_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "ref"], name="governance_scrutiny_recommendation_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text[:80]}"


class ScrutinyResponse(Versioned):
    """One executive's answer to a recommendation, and what came of it."""

    recommendation = models.ForeignKey(
        ScrutinyRecommendation, on_delete=models.CASCADE, related_name="responses"
    )
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.AWAITED)
    response_due_on = models.DateField(null=True, blank=True)
    text = models.TextField("response", blank=True)
    responded_on = models.DateField(null=True, blank=True)
    action = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    action_due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "council__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "council"], name="governance_scrutiny_response_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council} on {self.recommendation}"
