"""Service reviews: whether a service should be shared, and what each council says of itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import Publication, Versioned
from core.models.publication import publication_constraints
from services.enums import ConsultationKind, QuestionSet, ReviewState
from services.querysets import OfReviewQuerySet, ReviewQuerySet


class ServiceReview(Versioned):
    """A structured look at one service across partners that ends in a decision to share or not."""

    service = models.ForeignKey("services.Service", on_delete=models.PROTECT, related_name="reviews")
    ref = models.CharField(max_length=40)
    state = models.CharField(max_length=18, choices=ReviewState, default=ReviewState.PROPOSED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sensitive = models.BooleanField("politically sensitive", default=False)
    chosen_because = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    equality_impact_done = models.BooleanField("equality impact assessed", default=False)
    staff_consulted_on = models.DateField(null=True, blank=True)
    recommendation = models.TextField(blank=True)
    outcome_reason = models.TextField(blank=True, help_text="why it was decided, deferred or taken up again")
    deferred_until_on = models.DateField(null=True, blank=True)
    go_live_on = models.DateField(null=True, blank=True)
    decision_ref = models.CharField("decision", max_length=40, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["service", "ref"]
        constraints = [models.UniqueConstraint(fields=["service", "ref"], name="services_review_unique")]

    def __str__(self) -> str:
        return f"Review of {self.service}"


class ReviewTask(models.Model):
    """One thing that a review has to settle, from the template of its kind of service or added by hand."""

    review = models.ForeignKey(ServiceReview, on_delete=models.CASCADE, related_name="tasks")
    order_index = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["review", "order_index", "pk"]
        constraints = [
            models.CheckConstraint(
                name="services_review_task_done",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text


class RedLine(Versioned):
    """What a council will not give up, declared early."""

    review = models.ForeignKey(ServiceReview, on_delete=models.CASCADE, related_name="red_lines")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    is_respected = models.BooleanField(null=True, blank=True, help_text="empty: not yet answered")
    note = models.CharField(max_length=500, blank=True)

    objects = OfReviewQuerySet["RedLine"].as_manager()

    class Meta:
        ordering = ["review", "council", "pk"]

    def __str__(self) -> str:
        return self.text


class AssessmentAnswer(Versioned):
    """How many people of one council gave one score, 1 to 5, to one question (F-34)."""

    review = models.ForeignKey(ServiceReview, on_delete=models.CASCADE, related_name="answers")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    question_set = models.CharField(max_length=12, choices=QuestionSet)
    question = models.CharField(max_length=40, help_text="code of the question in its set")
    score = models.PositiveSmallIntegerField()
    responses = models.PositiveSmallIntegerField(default=1)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["review", "question_set", "question", "council", "score"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "council", "question_set", "question", "score"],
                name="services_answer_unique",
            ),
            models.CheckConstraint(
                name="services_answer_score",
                condition=Q(score__range=(1, 5)),
                violation_error_message="Score must be between 1 and 5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.question}: {self.score}"


class Consultation(Versioned, Publication):
    """A consultation of staff or the public; a redundancy has a minimum time before the first dismissal.

    Its council, kind, start and end are open; place, people affected and the days of dismissal and transfer
    may be withheld.
    """

    withheld_fields = ("establishment",)
    withheld_figures = ("affected_count", "first_dismissal_on", "transfer_on")
    open_fields = ()

    review = models.ForeignKey(ServiceReview, on_delete=models.CASCADE, related_name="consultations")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConsultationKind)
    affected_count = models.PositiveIntegerField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    first_dismissal_on = models.DateField(null=True, blank=True)
    transfer_on = models.DateField(null=True, blank=True, help_text="when staff move, of a transfer (TUPE)")
    establishment = models.CharField(
        max_length=200, blank=True, help_text="the place of work whose people are counted"
    )

    objects = OfReviewQuerySet["Consultation"].as_manager()

    class Meta:
        ordering = ["review", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="services_consultation_dates",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="End date must be on or after the start date",
            ),
            *publication_constraints("services_consultation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} consultation of {self.council}"

    def get_absolute_url(self) -> str:
        """Where it stands on the page of its review."""
        return f"{reverse('services:review_detail', args=[self.review_id])}#consultations"
