"""The phases and the tranches of a programme: see them, add one, change it, remove it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.forms.conflict import SeenForm
from programme.actions.planning.parts import Part, change_part, create_part, remove_part, terms_of_part
from programme.forms.planning.parts import PhaseForm, TrancheForm
from programme.models import Phase, Programme, Tranche
from programme.policies import can_plan, check_plan
from programme.queries.milestones import known_on
from programme.queries.planning.parts import phase_lines, tranche_lines
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU = "programme:milestone_list"


@login_required
@require_safe
def phase_list(request: HttpRequest, key: str) -> HttpResponse:
    """The phases in order with their dates, and the tranches with what goes live in each."""
    programme = visible_programme(person(request), key)
    context = {
        "phases": phase_lines(programme, known_on(programme, today())),
        "tranches": tranche_lines(programme),
        "can_plan": can_plan(person(request), programme),
        "menu_page": MENU,
        **programme_context(programme),
    }
    return render(request, "programme/planning/phase_list.html", context)


@login_required
@require_http_methods(FORM)
def phase_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a phase."""
    return _create(request, key, PhaseForm, "Add a phase")


@login_required
@require_http_methods(FORM)
def tranche_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a tranche."""
    return _create(request, key, TrancheForm, "Add a tranche")


@login_required
@require_http_methods(FORM)
def phase_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a phase: its name, dates, state, note or place."""
    return _update(request, _visible(request, Phase, pk), PhaseForm)


@login_required
@require_http_methods(FORM)
def tranche_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a tranche."""
    return _update(request, _visible(request, Tranche, pk), TrancheForm)


@login_required
@require_http_methods(FORM)
def phase_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a phase that has no milestone."""
    return _remove(request, _visible(request, Phase, pk))


@login_required
@require_http_methods(FORM)
def tranche_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a tranche that nothing belongs to."""
    return _remove(request, _visible(request, Tranche, pk))


def _visible(request: HttpRequest, model: type[Phase | Tranche], pk: int) -> Part:
    rows: QuerySet[Any] = model.objects.visible_to(person(request))
    part: Part = get_object_or_404(rows.select_related("programme__partnership"), pk=pk)
    return part


def _create(
    request: HttpRequest, key: str, shape: type[PhaseForm | TrancheForm], heading: str
) -> HttpResponse:
    user = person(request)
    programme = visible_programme(user, key)
    check_plan(user, programme)
    form = shape(sent(request))

    def save(data: Mapping[str, Any]) -> Part:
        return create_part(programme, by=user, terms=form.to_terms())

    return record_form(request, _page(programme, heading, "Add it"), form, save, saved="It is added")


def _update(request: HttpRequest, part: Part, shape: type[PhaseForm | TrancheForm]) -> HttpResponse:
    user = person(request)
    check_plan(user, part.programme)
    form = shape(sent(request), terms=terms_of_part(part), part=part)

    def save(data: Mapping[str, Any]) -> Part:
        seen = data["seen_version"] or 0
        return change_part(part, by=user, seen_version=seen, terms=form.to_terms())

    page = _page(part.programme, f"Change {part}", "Save")
    return record_form(request, page, form, save, saved=f"{part.ref} is saved")


def _remove(request: HttpRequest, part: Part) -> HttpResponse:
    user = person(request)
    check_plan(user, part.programme)

    def save(data: Mapping[str, Any]) -> Programme:
        remove_part(part, by=user, seen_version=data["seen_version"])
        return part.programme

    form = SeenForm(sent(request), initial={"seen_version": part.version})
    page = _page(part.programme, f"Remove {part}", "Remove it", "Only one that nothing belongs to can go.")
    return record_form(request, page, form, save, saved=f"{part.ref} is removed")


def _page(programme: Programme, heading: str, save: str, lead: str = "") -> FormPage:
    back = reverse("programme:phase_list", args=[programme.key])
    return FormPage(
        heading=heading,
        caption=programme.name,
        save=save,
        back_url=back,
        crumbs=((programme.name, programme.get_absolute_url()), ("Phases and tranches", back)),
        lead=lead,
        menu_page=MENU,
        context=programme_context(programme),
    )
