"""Use a lesson in a service review."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from programme.actions.assurance.lessons import record_use
from programme.models import Lesson, LessonUse
from services.models import ServiceReview
from services.policies import check_lead_review, check_review_open, powers_of
from services.queries.review_lessons import review_name


@transaction.atomic
def use_lesson_in_review(
    review: ServiceReview, *, by: User, lesson: Lesson, channel: Channel = Channel.PAGE
) -> LessonUse:
    """That the review uses the lesson, which `by` may see; a second time changes nothing."""
    programme = review.service.programme
    check_lead_review(powers_of(by, programme), review)
    check_review_open(review)
    return record_use(lesson, by=by, programme=programme, review_ref=review_name(review), channel=channel)
