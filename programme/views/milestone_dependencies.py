"""Say what a milestone waits for, and take that back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.forms.conflict import SeenForm
from programme.actions.milestone_dependency import add_dependency, change_lag, remove_dependency
from programme.forms.milestone_dependency import DependencyForm, LagForm
from programme.models import Milestone, MilestoneDependency
from programme.policies import check_update_milestone
from programme.queries.schedule import possible_predecessors
from programme.views.context import programme_context
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_http_methods(FORM)
def milestone_dependency_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone that this one waits for."""
    user = person(request)
    milestone = get_object_or_404(
        Milestone.objects.visible_to(user).select_related("programme__partnership"), pk=pk
    )
    check_update_milestone(user, milestone)

    def save(data: Mapping[str, Any]) -> MilestoneDependency:
        return add_dependency(milestone, by=user, predecessor=data["predecessor"], lag_days=data["lag_days"])

    form = DependencyForm(sent(request), milestones=possible_predecessors(milestone))
    page = _page(milestone, "What it waits for", "Add it")
    return record_form(request, page, form, save, saved=f"What {milestone.ref} waits for is saved")


@login_required
@require_http_methods(FORM)
def milestone_dependency_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the working days in between; the page of the milestone sends here from its row."""
    user, dependency = person(request), _to_change(request, pk)
    milestone, first = dependency.successor, dependency.predecessor

    def save(data: Mapping[str, Any]) -> MilestoneDependency:
        return change_lag(dependency, by=user, seen_version=data["seen_version"], lag_days=data["lag_days"])

    initial = {"lag_days": dependency.lag_days, "seen_version": dependency.version}
    page = _page(milestone, f"It waits for {first.title}", "Save")
    saved = f"How long {milestone.ref} waits for {first.ref} is saved"
    return record_form(request, page, LagForm(sent(request), initial=initial), save, saved=saved)


@login_required
@require_http_methods(FORM)
def milestone_dependency_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A milestone waits for another no more."""
    user, dependency = person(request), _to_change(request, pk)
    milestone, first = dependency.successor, dependency.predecessor

    def save(data: Mapping[str, Any]) -> Milestone:
        remove_dependency(dependency, by=user, seen_version=data["seen_version"])
        return milestone

    form = SeenForm(sent(request), initial={"seen_version": dependency.version})
    page = _page(milestone, f"It waits for {first.title} no more", "Remove it")
    return record_form(request, page, form, save, saved=f"{milestone.ref} waits for {first.ref} no more")


def _to_change(request: HttpRequest, pk: int) -> MilestoneDependency:
    """The dependency, for a person who may change what its successor waits for."""
    rows = MilestoneDependency.objects.visible_to(person(request))
    rows = rows.select_related("successor__programme__partnership", "predecessor")
    dependency: MilestoneDependency = get_object_or_404(rows, pk=pk)
    check_update_milestone(person(request), dependency.successor)
    return dependency


def _page(milestone: Milestone, heading: str, save: str) -> FormPage:
    programme, back = milestone.programme, milestone.get_absolute_url()
    return FormPage(
        heading=heading,
        caption=str(milestone),
        save=save,
        back_url=back,
        crumbs=(
            (programme.name, programme.get_absolute_url()),
            ("Milestones", reverse("programme:milestone_list", args=[programme.key])),
            (milestone.ref, back),
        ),
        menu_page="programme:milestone_list",
        context=programme_context(programme),
    )
