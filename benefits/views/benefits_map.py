"""The benefits map: drawn, as a list, and changed by forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.benefits_map import (
    add_link,
    add_map_step,
    add_objective,
    remove_link,
    remove_thing,
    rename_thing,
)
from benefits.enums import MapStepKind
from benefits.exports import map_table
from benefits.forms.benefits_map import LinkForm, TitleForm
from benefits.models import Benefit, BenefitLink, MapStep
from benefits.policies import can_manage
from benefits.profile_policies import check_map
from benefits.queries.benefits_map import Thing, read_map
from benefits.rules.benefits_map import Node, NodeKind, map_sentence
from benefits.rules.map_layout import draw
from benefits.views.pages import form_page, list_crumb
from core.exports.responses import csv_response
from core.forms.conflict import SeenForm
from programme.models import Milestone, Objective, Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "benefits:benefit_list"
_PAGES = {
    NodeKind.CHANGE: "map_step",
    NodeKind.OUTCOME: "map_step",
    NodeKind.OBJECTIVE: "objective",
}
_VERBS = ("update", "remove")
_NAMES = {MapStepKind.CHANGE: "a business change", MapStepKind.OUTCOME: "an outcome"}
_MODELS: Mapping[NodeKind, type[Milestone | MapStep | Benefit | Objective]] = {
    NodeKind.MILESTONE: Milestone,
    NodeKind.CHANGE: MapStep,
    NodeKind.OUTCOME: MapStep,
    NodeKind.BENEFIT: Benefit,
    NodeKind.OBJECTIVE: Objective,
}


@login_required
@require_safe
def map_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The map of a programme, drawn, and the list that says the same."""
    user = person(request)
    programme = visible_programme(user, key)
    contents = read_map(programme)
    context = {
        "contents": contents,
        "drawing": draw(contents.nodes, contents.links),
        "sentence": map_sentence(contents.nodes, contents.links),
        "things": [_thing_row(node) for node in contents.of_kind(*_PAGES)],
        "can_manage": can_manage(user, programme),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "benefits/map_detail.html", context)


@login_required
@require_safe
def map_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The links of the map as CSV."""
    programme = visible_programme(person(request), key)
    return csv_response(map_table(read_map(programme)), f"{key}-benefits-map")


@login_required
@require_http_methods(FORM)
def link_create(request: HttpRequest, key: str) -> HttpResponse:
    """Say what leads to what; a loop is refused."""
    user = person(request)
    programme = visible_programme(user, key)
    check_map(user, programme)
    contents = read_map(programme)

    def save(data: Mapping[str, Any]) -> BenefitLink:
        start, end = (_thing(programme, data[name]) for name in ("start", "end"))
        return add_link(programme, by=user, start=start, end=end)

    page = _page(programme, "Add a link", "Save the link")
    return record_form(
        request, page, LinkForm(sent(request), contents=contents), save, saved="The link is added"
    )


@login_required
@require_http_methods(FORM)
def link_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    user = person(request)
    links = BenefitLink.objects.visible_to(user).select_related("programme__partnership")
    link = get_object_or_404(links, pk=pk)
    programme = link.programme
    check_map(user, programme)
    facts = (("This", link.start), ("leads to", link.end))
    page = _page(programme, "Remove this link", "Remove it", facts=facts)

    def save(data: Mapping[str, Any]) -> Programme:
        remove_link(link, by=user)
        return programme

    return record_form(request, page, Form(sent(request)), save, saved="The link is removed")


@login_required
@require_http_methods(FORM)
def map_step_create(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Add a business change or an outcome."""
    user = person(request)
    programme = visible_programme(user, key)
    check_map(user, programme)
    if kind not in MapStepKind.values:
        raise Http404
    wanted = MapStepKind(kind)

    def save(data: Mapping[str, Any]) -> MapStep:
        return add_map_step(programme, by=user, kind=wanted, title=data["title"])

    page = _page(programme, f"Add {_NAMES[wanted]}", "Save")
    return record_form(request, page, TitleForm(sent(request)), save, saved="It is added. Link it to the map")


@login_required
@require_http_methods(FORM)
def objective_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add an objective."""
    user = person(request)
    programme = visible_programme(user, key)
    check_map(user, programme)

    def save(data: Mapping[str, Any]) -> Objective:
        return add_objective(programme, by=user, title=data["title"])

    page = _page(programme, "Add an objective", "Save")
    return record_form(request, page, TitleForm(sent(request)), save, saved="The objective is added")


@login_required
@require_http_methods(FORM)
def map_step_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title of a change or an outcome."""
    rows = MapStep.objects.visible_to(person(request)).select_related("programme__partnership")
    return _rename(request, get_object_or_404(rows, pk=pk))


@login_required
@require_http_methods(FORM)
def objective_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title of an objective."""
    rows = Objective.objects.visible_to(person(request)).select_related("programme__partnership")
    return _rename(request, get_object_or_404(rows, pk=pk))


@login_required
@require_http_methods(FORM)
def map_step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change or an outcome away."""
    rows = MapStep.objects.visible_to(person(request)).select_related("programme__partnership")
    return _remove(request, get_object_or_404(rows, pk=pk))


@login_required
@require_http_methods(FORM)
def objective_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objective away."""
    rows = Objective.objects.visible_to(person(request)).select_related("programme__partnership")
    return _remove(request, get_object_or_404(rows, pk=pk))


def _rename(request: HttpRequest, row: MapStep | Objective) -> HttpResponse:
    user = person(request)
    check_map(user, row.programme)
    form = TitleForm(sent(request), initial={"title": row.title, "seen_version": row.version})

    def save(data: Mapping[str, Any]) -> MapStep | Objective:
        seen_version = data["seen_version"] or 0
        return rename_thing(row, by=user, seen_version=seen_version, title=data["title"])

    page = _page(row.programme, f"Change {row.ref}", "Save")
    return record_form(request, page, form, save, saved="The title is saved")


def _remove(request: HttpRequest, row: MapStep | Objective) -> HttpResponse:
    user, programme = person(request), row.programme
    check_map(user, programme)
    form = SeenForm(sent(request), initial={"seen_version": row.version})

    def save(data: Mapping[str, Any]) -> Programme:
        remove_thing(row, by=user, seen_version=data["seen_version"])
        return programme

    page = _page(programme, f"Remove {row.ref}", "Remove it", facts=(("Title", row.title),))
    return record_form(request, page, form, save, saved="It is removed")


def _thing_row(node: Node) -> tuple[Node, str, str]:
    """A thing without a page of its own, and where it is changed and removed."""
    update, remove = (reverse(f"benefits:{_PAGES[node.kind]}_{verb}", args=[node.key]) for verb in _VERBS)
    return node, update, remove


def _page(
    programme: Programme, heading: str, save: str, *, facts: tuple[tuple[str, object], ...] = ()
) -> FormPage:
    crumb = list_crumb("Benefits map", "benefits:map_detail", programme)
    return form_page(programme, heading, save, crumb, facts=facts, menu_page=MENU_PAGE)


def _thing(programme: Programme, key: str) -> Thing:
    """What a choice of the form names: benefit-12."""
    kind, _, pk = key.partition("-")
    rows: Any = _MODELS[NodeKind(kind)].objects.filter(programme=programme)
    thing: Thing = get_object_or_404(rows, pk=pk)
    return thing
