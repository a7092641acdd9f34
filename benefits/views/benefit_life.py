"""Pages that take a benefit through its life: a step, a reading, evidence, a review, planned values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.benefit_history import add_evidence, record_reading, record_review
from benefits.actions.benefit_steps import take_benefit_step
from benefits.actions.trajectory import set_trajectory
from benefits.enums import BenefitStep
from benefits.forms.benefit_life import (
    BenefitReviewForm,
    BenefitStepForm,
    EvidenceForm,
    ReadingForm,
    TrajectoryForm,
    reading_times,
)
from benefits.models import Benefit, BenefitEvidence, BenefitReview, MeasureReading
from benefits.policies import check_manage
from benefits.profile_policies import check_answer_for, check_take_step
from benefits.queries.benefit_times import months_over, planned_years
from benefits.rules.machine import next_state
from benefits.views.pages import form_page
from core.clock import today
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "benefits:benefit_list"


@login_required
@require_http_methods(FORM)
def benefit_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step; the form asks why, and what stops it is said when it is sent."""
    user, benefit = person(request), visible_benefit(request, pk)
    if step not in BenefitStep.values:
        raise Http404
    wanted = BenefitStep(step)
    check_take_step(user, benefit, wanted)
    page = page_of(benefit, str(wanted.label), "Save", lead=_lead(benefit, wanted))
    form = BenefitStepForm(sent(request), benefit=benefit, step=wanted)

    def save(data: Mapping[str, Any]) -> Benefit:
        return take_benefit_step(
            benefit,
            by=user,
            seen_version=form.seen,
            step=wanted,
            why=data["why"],
            lesson=data.get("lesson", ""),
        )

    return record_form(request, page, form, save, saved="The step is taken")


@login_required
@require_http_methods(FORM)
def reading_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a value that was measured."""
    user, benefit = person(request), visible_benefit(request, pk)
    check_answer_for(user, benefit)
    page = page_of(benefit, "Enter a value", "Save the value")
    form = ReadingForm(
        sent(request), benefit=benefit, times=reading_times(benefit, months_over(benefit, today()))
    )

    def save(data: Mapping[str, Any]) -> MeasureReading:
        return record_reading(benefit, by=user, reading=form.reading())

    return record_form(request, page, form, save, saved="The value is recorded")


@login_required
@require_http_methods(FORM)
def evidence_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where one can see that the benefit is there."""
    user, benefit = person(request), visible_benefit(request, pk)
    check_answer_for(user, benefit)
    page = page_of(benefit, "Add evidence", "Save the evidence")

    def save(data: Mapping[str, Any]) -> BenefitEvidence:
        return add_evidence(benefit, by=user, text=data["text"])

    return record_form(request, page, EvidenceForm(sent(request)), save, saved="The evidence is recorded")


@login_required
@require_http_methods(FORM)
def review_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a review, and when the next one is due."""
    user, benefit = person(request), visible_benefit(request, pk)
    check_answer_for(user, benefit)
    page = page_of(benefit, "Review this benefit", "Save the review")
    form = BenefitReviewForm(sent(request), benefit=benefit, initial={"reviewed_on": today()})

    def save(data: Mapping[str, Any]) -> BenefitReview:
        return record_review(benefit, by=user, seen_version=form.seen, finding=form.result())

    return record_form(request, page, form, save, saved="The review is recorded")


@login_required
@require_http_methods(FORM)
def trajectory_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the planned values of the measure."""
    user, benefit = person(request), visible_benefit(request, pk)
    check_manage(user, benefit.programme)
    unit = f" Values are in {benefit.measure_unit}." if benefit.measure_unit else ""
    lead = f"Enter a value for a year, for months, or for both.{unit}"
    page = page_of(benefit, "Planned values", "Save the values", lead=lead)
    form = TrajectoryForm(sent(request), benefit=benefit, years=planned_years(benefit))

    def save(data: Mapping[str, Any]) -> Benefit:
        return set_trajectory(benefit, by=user, seen_version=form.seen, entries=list(form.entries()))

    template = "benefits/trajectory_form.html"
    return record_form(request, page, form, save, saved="The planned values are saved", template=template)


def visible_benefit(request: HttpRequest, pk: int) -> Benefit:
    """The benefit, or nothing there (404) for a person who may not see it."""
    user: User = person(request)
    benefits = Benefit.objects.visible_to(user).select_related("programme__partnership", "owner")
    return get_object_or_404(benefits, pk=pk)


def page_of(benefit: Benefit, heading: str, save: str, *, lead: str = "") -> FormPage:
    """A form about one benefit, below its page."""
    crumb = (benefit.title, benefit.get_absolute_url())
    return form_page(benefit.programme, heading, save, crumb, lead=lead, menu_page=MENU_PAGE)


def _lead(benefit: Benefit, step: BenefitStep) -> str:
    """From which state to which."""
    before, after = benefit.get_state_display(), next_state(benefit.state, step).label
    return f"{benefit.ref} {benefit.title} goes from “{before}” to “{after}”."
