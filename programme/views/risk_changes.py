"""Forms of the registers: record an entry, change it, close it, open it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from programme.actions.raid import close_risk, record_risk, reopen_risk, terms_of, update_risk
from programme.forms.raid import RiskCloseForm, RiskForm, RiskReopenForm
from programme.models import Programme, Risk
from programme.policies import check_change_risk, check_record_risk
from programme.publication_policies import roles_here
from programme.queries.partners import entering_councils
from programme.queries.people import possible_owners
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent
from programme.views.risks import visible_risk

TEMPLATE = "programme/risk_form.html"


@login_required
@require_http_methods(FORM)
def risk_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a risk, an assumption, an issue or a dependency."""
    user = person(request)
    programme = visible_programme(user, key)
    check_record_risk(user, programme)
    form = RiskForm(sent(request), councils=entering_councils(programme), owners=possible_owners(programme))

    def save(data: Mapping[str, Any]) -> Risk:
        return record_risk(programme, by=user, terms=form.to_terms(), withholding=form.withholding())

    page = _page(programme, "Add to the registers", "Save", None)
    return record_form(
        request, page, form, save, saved="It is recorded", then=Risk.get_absolute_url, template=TEMPLATE
    )


@login_required
@require_http_methods(FORM)
def risk_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an open entry."""
    user, risk = person(request), visible_risk(request, pk)
    check_change_risk(user, risk)
    form = RiskForm(
        sent(request),
        councils=entering_councils(risk.programme),
        owners=possible_owners(risk.programme),
        terms=terms_of(risk),
        risk=risk,
        opens=not risk.is_withheld or roles_here(user, risk.programme).opens(risk),
    )

    def save(data: Mapping[str, Any]) -> Risk:
        return update_risk(risk, by=user, seen_version=data["seen_version"] or 0, terms=form.to_terms())

    page = _page(risk.programme, f"Change {risk}", "Save", risk)
    return record_form(request, page, form, save, saved="It is saved", template=TEMPLATE)


@login_required
@require_http_methods(FORM)
def risk_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an entry with its reason."""
    user, risk = person(request), visible_risk(request, pk)
    check_change_risk(user, risk)

    def save(data: Mapping[str, Any]) -> Risk:
        return close_risk(risk, by=user, seen_version=data["seen_version"], why=data["closed_because"])

    form = RiskCloseForm(sent(request), initial={"seen_version": risk.version})
    page = _page(risk.programme, f"Close {risk}", "Close it", risk)
    return record_form(request, page, form, save, saved="It is closed")


@login_required
@require_http_methods(FORM)
def risk_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed entry again."""
    user, risk = person(request), visible_risk(request, pk)
    check_change_risk(user, risk)

    def save(data: Mapping[str, Any]) -> Risk:
        return reopen_risk(risk, by=user, seen_version=data["seen_version"], why=data["why"])

    form = RiskReopenForm(sent(request), initial={"seen_version": risk.version})
    page = _page(risk.programme, f"Open {risk} again", "Open it again", risk)
    return record_form(request, page, form, save, saved="It is open again")


def _page(programme: Programme, heading: str, save: str, risk: Risk | None) -> FormPage:
    back = reverse("programme:risk_list", args=[programme.key])
    crumbs = ((programme.name, programme.get_absolute_url()), ("Risks", back))
    return FormPage(
        heading=heading,
        caption=programme.name,
        save=save,
        back_url=risk.get_absolute_url() if risk else back,
        crumbs=(*crumbs, (risk.ref, risk.get_absolute_url())) if risk else crumbs,
        menu_page="programme:risk_list",
        context=programme_context(programme),
    )
