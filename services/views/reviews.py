"""The service reviews of a programme, and the story of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.exports.responses import csv_response
from programme.queries.partners import partner_councils
from programme.views.assurance.offers import offers_of
from programme.views.context import visible_programme
from services.models import ServiceReview
from services.policies import powers_of
from services.queries.review_assessment import assessments
from services.queries.review_lessons import lessons_for_review, lessons_used_in
from services.queries.review_story import review_story
from services.queries.reviews import review_rows
from services.review_charts import assessment_chart
from services.review_exports import assessment_table

# Reviews have no menu entry of their own: they stand under services.
from services.views.ways_on import case_of_service_url, review_to_do

MENU_PAGE = "services:service_list"


@login_required
@require_safe
def review_list(request: HttpRequest, key: str) -> HttpResponse:
    """Reviews: where each stands, what stops its next step and who must act."""
    programme = visible_programme(person(request), key)
    context = {
        "programme": programme,
        "councils": partner_councils(programme.partnership_id),
        "rows": review_rows(programme),
        "can_start": powers_of(person(request), programme).is_manager,
        "menu_page": MENU_PAGE,
    }
    return render(request, "services/review_list.html", context)


@login_required
@require_safe
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole story of one review."""
    review = visible_review(request, pk)
    programme = review.service.programme
    powers = powers_of(person(request), programme)
    story = review_story(review, powers, viewer=person(request))
    csv_url = reverse("services:review_assessment_csv", args=[pk])
    sets = [(one, assessment_chart(one, csv_url=csv_url)) for one in story.assessments]
    may_start = powers.is_manager and story.row.case is None
    context = review_context(review) | {
        "story": story,
        "lessons": offers_of(
            lessons_for_review(review, person(request)),
            lessons_used_in(review, person(request)),
            lambda lesson: reverse("services:review_lesson_use", args=[pk, lesson.pk]),
            can_use=story.can_lead,
        ),
        "sets": sets,
        "stops": review_to_do(story.row.outlook.stops, story.row, powers),
        "remains": review_to_do(story.row.outlook.remains, story.row, powers),
        "start_case_url": case_of_service_url(review.service_id, programme.key, None) if may_start else "",
    }
    return render(request, "services/review_detail.html", context)


@login_required
@require_safe
def review_assessment_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The self-assessments of a review: a row for each question and council."""
    review = visible_review(request, pk)
    councils = partner_councils(review.service.programme.partnership_id)
    answers = review.answers.select_related("council")
    table = assessment_table(assessments(answers, councils))
    return csv_response(table, f"{review.ref}-self-assessment".lower())


def visible_review(request: HttpRequest, pk: int) -> ServiceReview:
    """The review, or nothing there (404) for a person who may not see it."""
    reviews = ServiceReview.objects.visible_to(person(request)).select_related(
        "service__programme__partnership", "owner", "lead_council"
    )
    return get_object_or_404(reviews, pk=pk)


def review_context(review: ServiceReview) -> dict[str, Any]:
    """What every page of a review shows around itself."""
    programme = review.service.programme
    return {
        "review": review,
        "programme": programme,
        "councils": partner_councils(programme.partnership_id),
        "menu_page": MENU_PAGE,
    }
