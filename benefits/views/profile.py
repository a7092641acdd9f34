"""Create a benefit and change its profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from benefits.actions.profile import create_benefit, update_benefit
from benefits.forms.profile import BenefitForm
from benefits.models import Benefit
from benefits.policies import check_manage
from benefits.rules.machine import AGREED
from benefits.rules.templates import template, templates
from benefits.views.pages import form_page, list_crumb
from programme.views.context import visible_programme
from programme.views.links import filter_link
from programme.views.recording import FORM, record_form, sent
from programme.views.reference_class import FOR_TARGETS, beside

MENU_PAGE = "benefits:benefit_list"
TEMPLATE = "benefits/benefit_form.html"
STANDS = "This benefit is approved: its measure and its target stand until its profile is reopened."


@login_required
@require_http_methods(FORM)
def benefit_create(request: HttpRequest, key: str) -> HttpResponse:
    """A new benefit of the programme, from nothing or from the template that the address names."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    crumb = list_crumb("Benefits register", MENU_PAGE, programme)
    starts = [("", "Nothing"), *((one.key, one.name) for one in templates())]
    page = form_page(
        programme,
        "Add a benefit",
        "Save the benefit",
        crumb,
        menu_page=MENU_PAGE,
        more={
            "starts": [filter_link(request, "template", key, name) for key, name in starts],
            **beside(user, FOR_TARGETS, programme.partnership.model),
        },
    )
    start = template(request.GET.get("template", ""))
    form = BenefitForm(sent(request), programme=programme, template=start)

    def save(data: Mapping[str, Any]) -> Benefit:
        return create_benefit(programme, by=user, profile=form.profile())

    return record_form(request, page, form, save, saved="The benefit is added", template=TEMPLATE)


@login_required
@require_http_methods(FORM)
def benefit_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the profile of a benefit."""
    user = person(request)
    benefits = Benefit.objects.visible_to(user).select_related(
        "programme__partnership", "owner", "service", "counted_in"
    )
    benefit = get_object_or_404(benefits, pk=pk)
    programme = benefit.programme
    check_manage(user, programme)
    crumb = (benefit.title, benefit.get_absolute_url())
    heading = f"Change benefit {benefit.ref}"
    lead = STANDS if benefit.state in AGREED else ""
    compared = beside(user, FOR_TARGETS, programme.partnership.model)
    page = form_page(
        programme, heading, "Save the benefit", crumb, lead=lead, menu_page=MENU_PAGE, more=compared
    )
    form = BenefitForm(sent(request), programme=programme, benefit=benefit)

    def save(data: Mapping[str, Any]) -> Benefit:
        return update_benefit(
            benefit, by=user, seen_version=data["seen_version"] or 0, profile=form.profile()
        )

    return record_form(request, page, form, save, saved="The benefit is saved", template=TEMPLATE)
