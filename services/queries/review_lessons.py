"""Service reviews as places of lessons: how lessons name them, and what each is offered."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from accounts.models import User
from programme.models import Lesson
from programme.queries.assurance.lesson_places import ServiceReviewPlace
from programme.queries.assurance.lessons import lessons_for_service, lessons_used_in_service
from services.models import ServiceReview


def review_name(review: ServiceReview) -> str:
    """How lessons name a review: S-1/SR-1."""
    return f"{review.service.ref}/{review.ref}"


def review_places(programmes: Collection[int]) -> list[ServiceReviewPlace]:
    """The service reviews of these programmes. One query."""
    reviews = ServiceReview.objects.filter(service__programme__in=programmes).select_related("service")
    return [
        ServiceReviewPlace(
            review.service.programme_id,
            review_name(review),
            f"Service review {review.ref} of {review.service}",
            reverse("services:review_detail", args=[review.pk]),
        )
        for review in reviews
    ]


def lessons_for_review(review: ServiceReview, user: User) -> list[Lesson]:
    """What the review is offered, of the lessons that `user` may see. One query."""
    service = review.service
    return lessons_for_service(service.programme, review_name(review), service.kind, user)


def lessons_used_in(review: ServiceReview, user: User) -> list[Lesson]:
    """What the review used, of the lessons that `user` may see. One query."""
    return lessons_used_in_service(review.service.programme, review_name(review), user)
