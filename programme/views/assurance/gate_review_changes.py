"""Forms of gate reviews: record one, change it, answer its checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from programme.actions.assurance.gate_reviews import record_gate_review, save_checklist, update_gate_review
from programme.forms.assurance import ChecklistForm, GateReviewForm
from programme.models import GateReview
from programme.policies import check_record_gates
from programme.views.assurance.places import form_page, visible_review
from programme.views.context import visible_programme
from programme.views.recording import FORM, record_form, sent


@login_required
@require_http_methods(FORM)
def gate_review_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record a gate review; its checklist comes next."""
    user = person(request)
    programme = visible_programme(user, key)
    check_record_gates(user, programme)
    form = GateReviewForm(sent(request))

    def save(data: Mapping[str, Any]) -> GateReview:
        return record_gate_review(programme, by=user, terms=form.to_terms())

    page = form_page(programme, "Record a gate review", "Save")
    saved = "The review is recorded. Answer its checklist next"
    return record_form(request, page, form, save, saved=saved, then=GateReview.get_absolute_url)


@login_required
@require_http_methods(FORM)
def gate_review_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is recorded of a review."""
    user, review = person(request), visible_review(request, pk)
    check_record_gates(user, review.programme)
    form = GateReviewForm(sent(request), review=review)

    def save(data: Mapping[str, Any]) -> GateReview:
        seen = data["seen_version"] or 0
        return update_gate_review(review, by=user, seen_version=seen, terms=form.to_terms())

    page = form_page(review.programme, f"Change {review}", "Save", review)
    return record_form(request, page, form, save, saved="The review is saved")


@login_required
@require_http_methods(FORM)
def gate_review_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the eight lessons."""
    user, review = person(request), visible_review(request, pk)
    check_record_gates(user, review.programme)
    form = ChecklistForm(sent(request), review=review)

    def save(data: Mapping[str, Any]) -> GateReview:
        return save_checklist(review, by=user, seen_version=data["seen_version"], answers=form.answers())

    lead = "Every gate review asks all eight. Each answer has its evidence."
    page = form_page(review.programme, f"Checklist of {review}", "Save", review, lead=lead)
    template = "programme/assurance/checklist_form.html"
    return record_form(request, page, form, save, saved="The checklist is saved", template=template)
