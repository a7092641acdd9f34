"""Add a milestone, change what it is, cancel it, remove it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signed_in import person
from core.forms.conflict import SeenForm
from programme.actions.planning.milestone_end import (
    cancel_milestone,
    reinstate_milestone,
    remove_milestone,
    why_not_removed,
)
from programme.actions.planning.milestone_terms import change_milestone, create_milestone, terms_of
from programme.forms.planning.milestone_terms import MilestoneCancelForm, MilestoneTermsForm
from programme.models import Milestone, Programme
from programme.policies import check_change_plan, check_plan
from programme.queries.planning.plans import latest_plan
from programme.rules.planning.terms import sealed
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent
from programme.views.reference_class import FOR_DATES, beside

NOT_IN_PLAN = "It is not in the approved plan until a re-baseline takes it in. It needs a forecast date."


@login_required
@require_http_methods(FORM)
def milestone_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a milestone to a programme."""
    user = person(request)
    programme = visible_programme(user, key)
    check_plan(user, programme)
    is_planned = latest_plan(programme) is not None
    form = MilestoneTermsForm(sent(request), programme=programme, is_planned=is_planned)

    def save(data: Mapping[str, Any]) -> Milestone:
        return create_milestone(programme, by=user, terms=form.to_terms(), forecast=data["forecast_on"])

    lead = NOT_IN_PLAN if is_planned else ""
    page = _page(programme, "Add a milestone", "Add it", lead=lead, shown_to=user)
    return record_form(request, page, form, save, saved="It is added", then=Milestone.get_absolute_url)


@login_required
@require_http_methods(FORM)
def milestone_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a milestone is: its title, kind, owner, councils, phase, place."""
    user, milestone = person(request), _milestone(person(request), pk)
    check_change_plan(user, milestone)
    programme, latest = milestone.programme, latest_plan(milestone.programme)
    form = MilestoneTermsForm(
        sent(request),
        programme=programme,
        is_planned=latest is not None,
        terms=terms_of(milestone),
        milestone=milestone,
    )

    def save(data: Mapping[str, Any]) -> Milestone:
        seen = data["seen_version"] or 0
        return change_milestone(milestone, by=user, seen_version=seen, terms=form.to_terms())

    lead = f"Its plan date stays. {sealed(latest.approved_on).message}." if latest else ""
    page = _page(programme, f"Change {milestone.ref}", "Save", milestone, lead, shown_to=user)
    return record_form(request, page, form, save, saved=f"{milestone.ref} is saved")


@login_required
@require_http_methods(FORM)
def milestone_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a milestone, with the reason."""
    user, milestone = person(request), _milestone(person(request), pk)
    check_change_plan(user, milestone)

    def save(data: Mapping[str, Any]) -> Milestone:
        return cancel_milestone(milestone, by=user, seen_version=data["seen_version"], why=data["why"])

    form = MilestoneCancelForm(sent(request), milestone=milestone, label="Why it is cancelled")
    lead = "It stays in the lists as cancelled. What waits for it waits for it no more."
    page = _page(milestone.programme, f"Cancel {milestone}", "Cancel the milestone", milestone, lead)
    return record_form(request, page, form, save, saved=f"{milestone.ref} is cancelled")


@login_required
@require_http_methods(FORM)
def milestone_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cancelled milestone up again, with the reason."""
    user, milestone = person(request), _milestone(person(request), pk)
    check_plan(user, milestone.programme)

    def save(data: Mapping[str, Any]) -> Milestone:
        return reinstate_milestone(milestone, by=user, seen_version=data["seen_version"], why=data["why"])

    form = MilestoneCancelForm(sent(request), milestone=milestone, label="Why it is taken up again")
    lead = "It stands as it did, with its dates, its owner and what waits for it."
    if latest_plan(milestone.programme) is not None:
        lead += " It is in no plan until a re-baseline takes it in."
    page = _page(milestone.programme, f"Take up {milestone} again", "Take it up again", milestone, lead)
    return record_form(request, page, form, save, saved=f"{milestone.ref} is no longer cancelled")


@login_required
@require_http_methods(FORM)
def milestone_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a milestone that no plan has named."""
    user, milestone = person(request), _milestone(person(request), pk)
    check_plan(user, milestone.programme)

    def save(data: Mapping[str, Any]) -> Programme:
        remove_milestone(milestone, by=user, seen_version=data["seen_version"])
        return milestone.programme

    form = SeenForm(sent(request), initial={"seen_version": milestone.version})
    reason = why_not_removed(milestone)
    lead = f"{reason}." if reason else "It goes, with what waits for it. The audit trail keeps that it was."
    page = _page(milestone.programme, f"Remove {milestone}", "Remove it", milestone, lead)
    return record_form(
        request,
        page,
        form,
        save,
        saved=f"{milestone.ref} is removed",
        then=lambda programme: reverse("programme:milestone_list", args=[programme.key]),
    )


def _milestone(user: User, pk: int) -> Milestone:
    rows = Milestone.objects.visible_to(user).select_related("programme__partnership", "phase", "owner")
    return get_object_or_404(rows.select_related("tranche"), pk=pk)


def _page(
    programme: Programme,
    heading: str,
    save: str,
    milestone: Milestone | None = None,
    lead: str = "",
    *,
    shown_to: User | None = None,
) -> FormPage:
    list_url = reverse("programme:milestone_list", args=[programme.key])
    crumbs = ((programme.name, programme.get_absolute_url()), ("Milestones", list_url))
    own = ((milestone.ref, milestone.get_absolute_url()),) if milestone else ()
    compared = beside(shown_to, FOR_DATES, programme.partnership.model) if shown_to else {}
    return FormPage(
        heading=heading,
        caption=str(milestone) if milestone else programme.name,
        save=save,
        back_url=milestone.get_absolute_url() if milestone else list_url,
        crumbs=(*crumbs, *own),
        lead=lead,
        menu_page="programme:milestone_list",
        context={**programme_context(programme), **compared},
    )
