"""Scrutiny's recommendations: the list, a new one, an executive's response, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.rules.calendar import format_date
from governance.actions.scrutiny import (
    finish_recommendation,
    make_recommendation,
    respond_to_recommendation,
)
from governance.enums import BodyType
from governance.forms.scrutiny import DoneForm, RecommendationForm, ResponseForm
from governance.models import ScrutinyRecommendation, ScrutinyResponse
from governance.policies import powers_of
from governance.queries.scrutiny import (
    RecommendationRow,
    Show,
    answered_call_ins,
    recommendation_rows,
    scrutiny_bodies,
)
from governance.rules.scrutiny import RESPONSE_MONTHS, RESPONSE_SOURCE
from governance.scrutiny_exports import scrutiny_table
from governance.scrutiny_policies import can_recommend, check_recommend, check_respond
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from programme.views.context import programme_context, visible_programme
from programme.views.links import filter_link
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "governance:decision_list"
_SCRUTINY = (BodyType.SCRUTINY, BodyType.JOINT_SCRUTINY)
_SHOWN = ((Show.ALL, "All"), (Show.OPEN, "Open"), (Show.OVERDUE, "Overdue"))


@login_required
@require_safe
def scrutiny_list(request: HttpRequest, key: str) -> HttpResponse:
    """What scrutiny recommended, and what each executive made of it."""
    programme = visible_programme(person(request), key)
    powers = powers_of(person(request), programme)
    context = {
        "rows": _rows(request, programme),
        "links": [filter_link(request, "show", show, label) for show, label in _SHOWN],
        "query": request.GET.urlencode(),
        "can_recommend": can_recommend(powers),
        "months": RESPONSE_MONTHS,
        "source": RESPONSE_SOURCE,
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "governance/scrutiny_list.html", context)


@login_required
@require_safe
def scrutiny_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same list as a file, a line an answer."""
    programme = visible_programme(person(request), key)
    rows = _rows(request, programme)
    name = f"{programme.key}-scrutiny-{today().isoformat()}"
    return csv_response(scrutiny_table(rows, as_of=today()), name)


@login_required
@require_http_methods(FORM)
def scrutiny_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record a recommendation, perhaps after a call-in."""
    user = person(request)
    programme = visible_programme(user, key)
    check_recommend(powers_of(user, programme))
    form = RecommendationForm(
        sent(request),
        bodies=scrutiny_bodies(programme, _SCRUTINY),
        call_ins=answered_call_ins(programme),
        councils=partner_councils(programme.partnership_id),
        chosen=request.GET.get("call_in", ""),
    )

    def save(data: Mapping[str, Any]) -> ScrutinyRecommendation:
        return make_recommendation(programme, by=user, new=form.recommended())

    lead = f"Each executive is asked to respond within {RESPONSE_MONTHS} months. {RESPONSE_SOURCE}."
    page = _page(programme, "Record a recommendation of scrutiny", "Save the recommendation", lead)
    return record_form(request, page, form, save, saved="The recommendation is recorded")


@login_required
@require_safe
def scrutiny_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the response's place in the list."""
    recommendation = _response(request, pk).recommendation
    url = reverse("governance:scrutiny_list", args=[recommendation.programme.key])
    return redirect(f"{url}#h-{recommendation.pk}")


@login_required
@require_http_methods(FORM)
def scrutiny_respond(request: HttpRequest, pk: int) -> HttpResponse:
    """One executive answers."""
    user, response = person(request), _response(request, pk)
    programme = response.recommendation.programme
    check_respond(powers_of(user, programme), response.council)
    form = ResponseForm(sent(request), response=response, owners=possible_owners(programme))

    def save(data: Mapping[str, Any]) -> ScrutinyResponse:
        seen = data["seen_version"]
        return respond_to_recommendation(response, by=user, seen_version=seen, answer=form.answer())

    page = _page(programme, f"Response of {response.council}", "Save the response", facts=_facts(response))
    return record_form(request, page, form, save, saved="The response is recorded")


@login_required
@require_http_methods(FORM)
def scrutiny_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What an executive agreed to is done."""
    user, response = person(request), _response(request, pk)
    programme = response.recommendation.programme
    check_respond(powers_of(user, programme), response.council)

    def save(data: Mapping[str, Any]) -> ScrutinyResponse:
        seen = data["seen_version"]
        return finish_recommendation(response, by=user, seen_version=seen, done_on=data["done_on"])

    facts = (*_facts(response), ("What was agreed", response.action or "Nothing"))
    page = _page(programme, f"Done by {response.council}", "Save the day", facts=facts)
    form = DoneForm(sent(request), response=response)
    return record_form(request, page, form, save, saved="It is recorded as done")


def _rows(request: HttpRequest, programme: Programme) -> list[RecommendationRow]:
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in list(Show) else Show.ALL
    powers = powers_of(person(request), programme)
    return recommendation_rows(programme, powers=powers, as_of=today(), show=show)


def _response(request: HttpRequest, pk: int) -> ScrutinyResponse:
    rows = ScrutinyResponse.objects.visible_to(person(request))
    return get_object_or_404(rows.select_related("recommendation__programme__partnership", "council"), pk=pk)


def _facts(response: ScrutinyResponse) -> tuple[tuple[str, object], ...]:
    due = response.response_due_on
    return (
        ("Recommendation", response.recommendation.text),
        ("Response due", format_date(due) if due else "Not stated"),
    )


def _page(
    programme: Programme, heading: str, save: str, lead: str = "", facts: tuple[tuple[str, object], ...] = ()
) -> FormPage:
    url = reverse("governance:scrutiny_list", args=[programme.key])
    crumbs = ((programme.name, programme.get_absolute_url()), ("Scrutiny", url))
    context = programme_context(programme)
    return FormPage(
        heading,
        programme.name,
        save,
        url,
        crumbs,
        lead=lead,
        facts=facts,
        menu_page=MENU_PAGE,
        context=context,
    )
