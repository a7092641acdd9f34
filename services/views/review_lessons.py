"""Use a lesson in a service review."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from programme.views.assurance.lessons import USED, visible_lesson
from services.actions.review_lessons import use_lesson_in_review
from services.views.reviews import visible_review


@login_required
@require_POST
def review_lesson_use(request: HttpRequest, pk: int, lesson_pk: int) -> HttpResponse:
    """Use a lesson in the review."""
    review, lesson = visible_review(request, pk), visible_lesson(request, lesson_pk)
    use_lesson_in_review(review, by=person(request), lesson=lesson)
    messages.success(request, USED)
    return redirect(reverse("services:review_detail", args=[pk]) + "#h-used")
