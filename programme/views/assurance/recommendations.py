"""Forms of the recommendations of gate reviews: make one, change it, settle it, open it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.rules.calendar import format_date
from programme.actions.assurance.recommendations import (
    can_reject,
    record_recommendation,
    reopen_recommendation,
    settle_recommendation,
    update_recommendation,
)
from programme.forms.assurance import RecommendationForm, ReopenForm, SettleForm
from programme.models import GateRecommendation
from programme.policies import check_finish, check_record_gates
from programme.queries.people import possible_owners
from programme.views.assurance.places import form_page, visible_recommendation, visible_review
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_http_methods(FORM)
def gate_recommendation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a recommendation to a review."""
    user, review = person(request), visible_review(request, pk)
    check_record_gates(user, review.programme)
    form = RecommendationForm(sent(request), owners=possible_owners(review.programme))

    def save(data: Mapping[str, Any]) -> GateRecommendation:
        return record_recommendation(review, by=user, terms=form.to_terms())

    page = form_page(review.programme, f"Add a recommendation of {review.ref}", "Save", review)
    return record_form(request, page, form, save, saved="The recommendation is recorded")


@login_required
@require_http_methods(FORM)
def gate_recommendation_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an open recommendation."""
    user, one = person(request), visible_recommendation(request, pk)
    programme = one.review.programme
    check_record_gates(user, programme)
    form = RecommendationForm(sent(request), owners=possible_owners(programme), recommendation=one)

    def save(data: Mapping[str, Any]) -> GateRecommendation:
        seen = data["seen_version"] or 0
        return update_recommendation(one, by=user, seen_version=seen, terms=form.to_terms())

    page = form_page(programme, f"Change recommendation {one.ref}", "Save", one.review)
    return record_form(request, page, form, save, saved="The recommendation is saved")


@login_required
@require_http_methods(FORM)
def gate_recommendation_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a recommendation is done, or reject it."""
    user, one = person(request), visible_recommendation(request, pk)
    check_finish(user, one)
    form = SettleForm(sent(request), recommendation=one, can_reject=can_reject(user, one))

    def save(data: Mapping[str, Any]) -> GateRecommendation:
        return settle_recommendation(
            one,
            by=user,
            seen_version=data["seen_version"],
            state=data["state"],
            why=data["settled_because"],
        )

    return record_form(
        request,
        _about(one, "Settle recommendation", "Save"),
        form,
        save,
        saved="The recommendation is settled",
    )


@login_required
@require_http_methods(FORM)
def gate_recommendation_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a recommendation again that is done or rejected."""
    user, one = person(request), visible_recommendation(request, pk)
    check_record_gates(user, one.review.programme)
    form = ReopenForm(sent(request), initial={"seen_version": one.version})

    def save(data: Mapping[str, Any]) -> GateRecommendation:
        return reopen_recommendation(one, by=user, seen_version=data["seen_version"], why=data["why"])

    page = _about(one, "Open again recommendation", "Open it again")
    return record_form(request, page, form, save, saved="The recommendation is open again")


def _about(one: GateRecommendation, heading: str, save: str) -> FormPage:
    """The words of a form below the recommendation itself."""
    due = format_date(one.due_on) if one.due_on else "Not stated"
    facts = (
        ("Recommendation", one.text),
        ("Urgency", one.get_urgency_display()),
        ("Owner", one.owner or "Not stated"),
        ("To be done by", due),
    )
    return form_page(one.review.programme, f"{heading} {one.ref}", save, one.review, facts=facts)
