"""Gate reviews: the judgement of independent peers, eight lessons asked each time, and recommendations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from programme.enums import ConfidenceScale, Gate, GateRecommendationState, GateUrgency, LessonAnswer
from programme.querysets import GateRecommendationQuerySet, OfProgrammeQuerySet
from programme.rules.delivery_confidence import DeliveryConfidence

_POINTS = [(point.value, point.value) for point in DeliveryConfidence]


class GateReview(Versioned):
    """An independent review of a programme at one of the gates 0 to 5, on a day (domain.md 2.11).

    Its answers to the checklist are part of it: a change of them is a new version of the review.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="gate_reviews"
    )
    ref = models.CharField(max_length=40)
    gate = models.PositiveSmallIntegerField(choices=Gate)
    held_on = models.DateField()
    reviewers = models.CharField(max_length=500)
    scale = models.CharField(max_length=5, choices=ConfidenceScale, default=ConfidenceScale.THREE)
    delivery_confidence = models.CharField(max_length=11, choices=_POINTS)
    summary = models.TextField()
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["GateReview"].as_manager()

    class Meta:
        ordering = ["programme", "-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_gate_review_unique"),
            models.CheckConstraint(
                name="programme_gate_review_gate",
                condition=Q(gate__range=(0, 5)),
                violation_error_message="Choose a gate from 0 to 5",
            ),
            models.CheckConstraint(
                name="programme_gate_review_scale",
                condition=Q(scale=ConfidenceScale.FIVE)
                | ~Q(
                    delivery_confidence__in=(
                        DeliveryConfidence.AMBER_GREEN.value,
                        DeliveryConfidence.AMBER_RED.value,
                    )
                ),
                violation_error_message="Three points are Green, Amber and Red",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_gate_display()}"

    def get_absolute_url(self) -> str:
        """The page of the review."""
        return reverse("programme:gate_review_detail", args=[self.pk])


class GateAnswer(models.Model):
    """How far one of the eight lessons is met, as the reviewers of one review found it."""

    review = models.ForeignKey(GateReview, on_delete=models.CASCADE, related_name="answers")
    lesson = models.CharField(max_length=20, help_text="code of the lesson in the checklist")
    answer = models.CharField(max_length=7, choices=LessonAnswer)
    evidence = models.CharField(max_length=1000)

    class Meta:
        ordering = ["review", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "lesson"], name="programme_gate_answer_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.get_answer_display()}"


class GateRecommendation(Versioned):
    """What the reviewers recommend, who answers for it, by when, and what became of it."""

    review = models.ForeignKey(GateReview, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(help_text="from 1 in each review")
    text = models.CharField(max_length=1000)
    urgency = models.CharField(max_length=11, choices=GateUrgency)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=GateRecommendationState, default=GateRecommendationState.OPEN
    )
    settled_on = models.DateField(null=True, blank=True)
    settled_because = models.CharField(
        max_length=1000, blank=True, help_text="how it was done, or why it was rejected"
    )

    objects = GateRecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="programme_gate_recommendation_unique"),
            models.CheckConstraint(
                name="programme_gate_recommendation_settled",
                condition=Q(state=GateRecommendationState.OPEN, settled_on__isnull=True, settled_because="")
                | (
                    ~Q(state=GateRecommendationState.OPEN)
                    & Q(settled_on__isnull=False)
                    & ~Q(settled_because="")
                ),
                violation_error_message="What is done or rejected has a day and words, what is open has none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"

    def get_absolute_url(self) -> str:
        """Its place on the page of the review."""
        return f"{self.review.get_absolute_url()}#recommendation-{self.number}"

    @property
    def ref(self) -> str:
        """GR-02.3: the third recommendation of the second review."""
        return f"{self.review.ref}.{self.number}"
