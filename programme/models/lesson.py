"""Lessons: what was learnt, where, and the reviews in which it was used again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import Versioned
from programme.enums import Gate
from programme.querysets import LessonUseQuerySet, OfProgrammeQuerySet

_NO_GATE = Q(gate_review__isnull=True)
_NO_MILESTONE = Q(milestone__isnull=True)
_NO_REVIEW = Q(review_ref="")


class Lesson(Versioned):
    """What was learnt, for later reviews (domain.md 2.11).

    It was learnt in the programme as a whole, at a gate review, at a milestone, or in a service review, which
    a floor above names by the references of service and review: S-1/SR-1. What it concerns, a gate or a kind
    of service, is how a later review is offered it; a lesson that names neither concerns every review.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="lessons")
    ref = models.CharField(max_length=40)
    text = models.TextField(help_text="what happened, and what was learnt from it")
    evidence = models.TextField(blank=True)
    recommended_change = models.TextField(blank=True)
    gate = models.PositiveSmallIntegerField(choices=Gate, null=True, blank=True)
    service_kind = models.CharField(max_length=20, blank=True)
    gate_review = models.ForeignKey(
        "programme.GateReview", on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    milestone = models.ForeignKey(
        "programme.Milestone", on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    review_ref = models.CharField("service review", max_length=90, blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Lesson"].as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_lesson_unique"),
            models.CheckConstraint(
                name="programme_lesson_place",
                condition=(_NO_GATE & _NO_MILESTONE) | (_NO_GATE & _NO_REVIEW) | (_NO_MILESTONE & _NO_REVIEW),
                violation_error_message="A lesson was learnt in one place",
            ),
            models.CheckConstraint(
                name="programme_lesson_gate",
                condition=Q(gate__isnull=True) | Q(gate__range=(0, 5)),
                violation_error_message="Choose a gate from 0 to 5",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The page of the lesson."""
        return reverse("programme:lesson_detail", args=[self.pk])


class LessonUse(models.Model):
    """That a lesson was used in a later review, of its own programme or of another; never changed."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="uses")
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    gate_review = models.ForeignKey(
        "programme.GateReview", on_delete=models.CASCADE, null=True, blank=True, related_name="lessons_used"
    )
    review_ref = models.CharField("service review", max_length=90, blank=True)
    used_at = models.DateTimeField(default=timezone.now, editable=False)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LessonUseQuerySet.as_manager()

    class Meta:
        ordering = ["used_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_lesson_use_place",
                condition=(_NO_GATE & ~_NO_REVIEW) | (~_NO_GATE & _NO_REVIEW),
                violation_error_message="A lesson is used in a gate review or in a service review",
            ),
            models.UniqueConstraint(
                fields=["lesson", "gate_review"],
                condition=Q(gate_review__isnull=False),
                name="programme_lesson_use_gate",
            ),
            models.UniqueConstraint(
                fields=["lesson", "programme", "review_ref"],
                condition=~Q(review_ref=""),
                name="programme_lesson_use_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson.ref} in {self.programme}"
