"""The gate reviews of a programme as a page, their recommendations as files, and one review."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from programme.gate_review_exports import recommendation_document, recommendation_table
from programme.gate_review_filters import RecommendationFilter, Shown
from programme.models import Programme
from programme.policies import powers_of
from programme.queries.assurance.gate_reviews import (
    RecommendationRow,
    gate_review_row,
    gate_review_rows,
    recommendations_of,
)
from programme.queries.assurance.lessons import lessons_for_gate, lessons_used_at_gate
from programme.views.assurance.offers import offers_of
from programme.views.assurance.places import MENU_PAGE, list_crumbs, visible_review
from programme.views.context import programme_context, visible_programme
from programme.views.links import filter_link


@login_required
@require_safe
def gate_review_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every review with its judgement, and what all of them recommend."""
    user = person(request)
    programme = visible_programme(user, key)
    powers = powers_of(user)
    rows = gate_review_rows(programme, as_of=today(), powers=powers)
    form = RecommendationFilter(request.GET, rows=recommendations_of(rows))
    narrowed = form.narrowed()
    context = {
        "rows": rows,
        "filter": form,
        "recommendations": narrowed.rows,
        "links": [
            filter_link(
                request, "state", "" if one == Shown.OPEN else one.value, one.label, narrowed.counts[one]
            )
            for one in Shown
        ],
        "can_record": powers.records_gates(programme),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "programme/assurance/gate_review_list.html", context)


@login_required
@require_safe
def gate_review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: what was judged, the eight lessons, the recommendations."""
    review = visible_review(request, pk)
    user = person(request)
    row = gate_review_row(review, as_of=today(), powers=powers_of(user))
    context = {
        "row": row,
        "review": review,
        "recommendations": recommendations_of([row]),
        "lessons": offers_of(
            lessons_for_gate(review, user),
            lessons_used_at_gate(review, user),
            lambda lesson: reverse("programme:gate_review_lesson_use", args=[review.pk, lesson.pk]),
            can_use=row.can_record,
        ),
        "crumbs": list_crumbs(review.programme),
        "menu_page": MENU_PAGE,
        **programme_context(review.programme),
    }
    return render(request, "programme/assurance/gate_review_detail.html", context)


@login_required
@require_safe
def gate_recommendation_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The recommendations of the list, with the same choice, as a CSV file."""
    programme, rows = _chosen(request, key)
    return csv_response(recommendation_table(rows), _file_name(programme))


@login_required
@require_safe
def gate_recommendation_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a workbook."""
    programme, rows = _chosen(request, key)
    return workbook_response(recommendation_document(programme, rows, as_of=today()), _file_name(programme))


def _chosen(request: HttpRequest, key: str) -> tuple[Programme, list[RecommendationRow]]:
    programme = visible_programme(person(request), key)
    rows = recommendations_of(gate_review_rows(programme, as_of=today()))
    return programme, RecommendationFilter(request.GET, rows=rows).narrowed().rows


def _file_name(programme: Programme) -> str:
    return f"{programme.key}-gate-recommendations-{today().isoformat()}"
