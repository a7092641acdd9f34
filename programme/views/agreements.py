"""The register of agreements between councils."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from programme.actions.agreement import record_agreement, terms_of, update_agreement
from programme.exports import agreement_table
from programme.forms.agreement import AgreementForm
from programme.models import Agreement, Partnership
from programme.policies import can_manage_partnership, check_manage_partnership
from programme.queries.agreements import Show, agreement_row, agreement_rows
from programme.queries.partners import partnership_councils
from programme.views.links import filter_link
from programme.views.recording import FORM, FormPage, record_form, sent

TEMPLATE = "programme/agreement_form.html"
_SHOWN = ((Show.ALL, "All"), (Show.IN_FORCE, "In force"), (Show.NOT_IN_FORCE, "Not in force"))


@login_required
@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Agreements of every partnership that the person may read."""
    rows = agreement_rows(person(request), as_of=today(), show=_show(request))
    context = {
        "rows": rows,
        "links": [filter_link(request, "show", show, label) for show, label in _SHOWN],
        "query": request.GET.urlencode(),
    }
    return render(request, "programme/agreement_list.html", context)


@login_required
@require_safe
def agreement_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = agreement_rows(person(request), as_of=today(), show=_show(request))
    return csv_response(agreement_table(rows, as_of=today()), f"agreements-{today().isoformat()}")


@login_required
@require_safe
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: who signed, what it reserves, how one leaves, how disputes are settled."""
    user = person(request)
    agreement = _agreement(request, pk)
    context = {
        "row": agreement_row(agreement, as_of=today()),
        "agreement": agreement,
        "reserved": agreement.reserved_matters.all(),
        "steps": agreement.dispute_steps.all(),
        "can_manage": can_manage_partnership(user, agreement.partnership),
    }
    return render(request, "programme/agreement_detail.html", context)


@login_required
@require_http_methods(FORM)
def agreement_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record an agreement of the partnership."""
    user = person(request)
    partnership = get_object_or_404(Partnership.objects.visible_to(user), key=key)
    check_manage_partnership(user, partnership)
    url = partnership.get_absolute_url()
    crumbs = (("Agreements", reverse("programme:agreement_list")), (partnership.name, url))
    page = FormPage("Record an agreement", partnership.name, "Save the agreement", url, crumbs)
    form = AgreementForm(sent(request), councils=partnership_councils(partnership.pk))

    def save(data: Mapping[str, Any]) -> Agreement:
        return record_agreement(partnership, by=user, terms=form.to_terms())

    return record_form(request, page, form, save, saved="The agreement is recorded", template=TEMPLATE)


@login_required
@require_http_methods(FORM)
def agreement_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agreement, for example bring it into force."""
    user, agreement = person(request), _agreement(request, pk)
    check_manage_partnership(user, agreement.partnership)
    url = agreement.get_absolute_url()
    crumbs = (("Agreements", reverse("programme:agreement_list")), (agreement.title, url))
    page = FormPage(
        f"Change {agreement.title}", agreement.partnership.name, "Save the agreement", url, crumbs
    )
    form = AgreementForm(
        sent(request),
        councils=partnership_councils(agreement.partnership_id),
        terms=terms_of(agreement),
        version=agreement.version,
    )

    def save(data: Mapping[str, Any]) -> Agreement:
        seen_version = data["seen_version"] or 0
        return update_agreement(agreement, by=user, seen_version=seen_version, terms=form.to_terms())

    return record_form(request, page, form, save, saved="The agreement is saved", template=TEMPLATE)


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    agreements = Agreement.objects.visible_to(person(request)).select_related("partnership")
    return get_object_or_404(agreements, pk=pk)


def _show(request: HttpRequest) -> Show:
    asked = request.GET.get("show", "")
    return Show(asked) if asked in list(Show) else Show.ALL
