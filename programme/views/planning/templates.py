"""Start a programme's plan from a template: what it offers is shown, and can be edited, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.rules.calendar import bank_holidays, format_date
from programme.actions.planning.templates import STARTED, can_start, start_from_template
from programme.forms.planning.templates import TemplateChoiceForm, TemplateForm
from programme.models import Programme
from programme.policies import check_plan
from programme.rules.planning.templates import template_named, templates
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FormPage, record_form, sent
from programme.views.reference_class import FOR_DATES, beside

MENU = "programme:milestone_list"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_template(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a template and a first day; then see its phases and milestones, edit them and make them."""
    user = person(request)
    programme = visible_programme(user, key)
    check_plan(user, programme)
    choice = TemplateChoiceForm(request.GET or None)
    if not choice.is_valid():
        return _choose(request, programme, choice)
    start_on = choice.cleaned_data["start_on"]
    template = template_named(choice.cleaned_data["template"]).dated(start_on, bank_holidays())
    form = TemplateForm(sent(request), template=template)

    def save(data: Mapping[str, Any]) -> Programme:
        start_from_template(programme, by=user, template=form.edited())
        return programme

    page = FormPage(
        heading=template.name,
        caption=programme.name,
        save="Make these phases and milestones",
        back_url=reverse("programme:programme_template", args=[programme.key]),
        crumbs=((programme.name, programme.get_absolute_url()),),
        lead=f"Counted in working days from {format_date(start_on)}. Change what you like; "
        "what has no name is left out. Source: " + template.source + ".",
        menu_page=MENU,
        context=programme_context(programme),
    )
    return record_form(
        request,
        page,
        form,
        save,
        saved="The phases and milestones are made",
        then=Programme.get_absolute_url,
        template="programme/planning/template_form.html",
    )


def _choose(request: HttpRequest, programme: Programme, choice: TemplateChoiceForm) -> HttpResponse:
    context = {
        "form": choice,
        "templates": templates(),
        "why_not": "" if can_start(programme) else STARTED,
        "menu_page": MENU,
        **beside(person(request), FOR_DATES, programme.partnership.model),
        **programme_context(programme),
    }
    return render(request, "programme/planning/template_choice.html", context)
