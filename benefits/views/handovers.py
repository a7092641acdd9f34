"""Hand a benefit over, a benefit owner's desk, and the end of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.closure import close_programme, plan_closure
from benefits.actions.handover import accept_handover, cancel_handover, decline_handover, offer_benefit
from benefits.forms.benefit_life import ClosureForm, HandoverAnswerForm, HandoverForm
from benefits.models import BenefitHandover
from benefits.profile_policies import (
    can_close,
    check_answer_for,
    check_answer_handover,
    check_close,
    check_take_back,
)
from benefits.queries.closure import handover_list
from benefits.queries.my_benefits import desk_of
from benefits.views.benefit_life import page_of, visible_benefit
from benefits.views.pages import form_page, list_crumb
from core.clock import today
from core.forms.conflict import SeenForm
from core.rules.calendar import format_date
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "benefits:benefit_list"


@login_required
@require_safe
def my_benefits(request: HttpRequest) -> HttpResponse:
    """What a benefit owner has to enter, to review and to hand over, and all that they own."""
    desk = desk_of(person(request), as_of=today())
    context = {"desk": desk, "today": today(), "menu_page": "programme:my_work"}
    return render(request, "benefits/my_benefits.html", context)


@login_required
@require_http_methods(FORM)
def handover_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a benefit to its next owner."""
    user, benefit = person(request), visible_benefit(request, pk)
    check_answer_for(user, benefit)
    lead = "You answer for the benefit until the next owner accepts."
    page = page_of(benefit, "Hand this benefit over", "Offer it", lead=lead)

    def save(data: Mapping[str, Any]) -> BenefitHandover:
        return offer_benefit(benefit, by=user, to=data["to"], note=data["note"], review_on=data["review_on"])

    form = HandoverForm(sent(request), benefit=benefit)
    return record_form(request, page, form, save, saved="The benefit is offered")


@login_required
@require_http_methods(FORM)
def handover_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a benefit over, or leave it with its owner."""
    user, handover = person(request), _handover(request, pk)
    check_answer_handover(user, handover)
    page = _handover_page(handover, "Take this benefit over?", "Save the answer")

    def save(data: Mapping[str, Any]) -> BenefitHandover:
        if data["answer"] == "accept":
            return accept_handover(handover, by=user)
        return decline_handover(handover, by=user, reason=data["reason"])

    return record_form(
        request, page, HandoverAnswerForm(sent(request)), save, saved="Your answer is recorded"
    )


@login_required
@require_http_methods(FORM)
def handover_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    user, handover = person(request), _handover(request, pk)
    check_take_back(user, handover)
    page = _handover_page(handover, "Take this offer back", "Take it back")

    def save(data: Mapping[str, Any]) -> BenefitHandover:
        return cancel_handover(handover, by=user)

    return record_form(request, page, Form(sent(request)), save, saved="The offer is taken back")


@login_required
@require_safe
def closure_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The handover list of a programme: what each open benefit needs before it closes."""
    user = person(request)
    programme = visible_programme(user, key)
    rows = handover_list(programme)
    context = {
        "rows": rows,
        "missing": sum(1 for row in rows if row.needs),
        "can_close": can_close(user, programme),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "benefits/closure_detail.html", context)


@login_required
@require_http_methods(FORM)
def closure_update(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the day on which the programme closes."""
    user = person(request)
    programme = visible_programme(user, key)
    check_close(user, programme)
    initial = {"closes_on": programme.closes_on, "seen_version": programme.version}

    def save(data: Mapping[str, Any]) -> Programme:
        seen_version = data["seen_version"] or 0
        return plan_closure(programme, by=user, seen_version=seen_version, closes_on=data["closes_on"])

    page = _closure_page(programme, "Choose the day on which the programme closes", "Save the day")
    form = ClosureForm(sent(request), initial=initial)
    return record_form(request, page, form, save, saved="The day is saved")


@login_required
@require_http_methods(FORM)
def closure_close(request: HttpRequest, key: str) -> HttpResponse:
    """Close the programme."""
    user = person(request)
    programme = visible_programme(user, key)
    check_close(user, programme)

    def save(data: Mapping[str, Any]) -> Programme:
        return close_programme(programme, by=user, seen_version=data["seen_version"])

    lead = "Its benefits go on being tracked by their owners until they are verified and closed."
    page = _closure_page(programme, "Close this programme", "Close the programme", lead=lead)
    form = SeenForm(sent(request), initial={"seen_version": programme.version})
    return record_form(request, page, form, save, saved="The programme is closed")


def _handover(request: HttpRequest, pk: int) -> BenefitHandover:
    rows = BenefitHandover.objects.visible_to(person(request)).select_related(
        "benefit__programme__partnership", "from_owner", "to_owner"
    )
    return get_object_or_404(rows, pk=pk)


def _handover_page(handover: BenefitHandover, heading: str, save: str) -> FormPage:
    benefit = handover.benefit
    crumb = (benefit.title, benefit.get_absolute_url())
    facts = (
        ("Owner now", handover.from_owner or "Nobody"),
        ("Next owner", handover.to_owner),
        ("What they have to know", handover.note),
        ("First review", format_date(handover.review_on)),
    )
    return form_page(benefit.programme, heading, save, crumb, facts=facts, menu_page=MENU_PAGE)


def _closure_page(programme: Programme, heading: str, save: str, *, lead: str = "") -> FormPage:
    crumb = list_crumb("Handover and closure", "benefits:closure_detail", programme)
    return form_page(programme, heading, save, crumb, lead=lead, menu_page=MENU_PAGE)
