"""The services of a programme as a page and a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from programme.views.context import visible_programme
from programme.views.links import FilterLink, filter_link
from services.exports import service_document, service_table
from services.policies import powers_of
from services.queries.catalogue import ServicePage, service_page


@login_required
@require_safe
def service_list(request: HttpRequest, key: str) -> HttpResponse:
    """Services: where each stands, who runs it, what each council spends."""
    programme = visible_programme(person(request), key)
    status = request.GET.get("status", "")
    page = service_page(programme, status=status)
    powers = powers_of(person(request), programme)
    context = {
        "can_add": powers.is_manager,
        "can_import": any(powers.edits_council(council) for council in page.partners),
        "programme": programme,
        "councils": page.partners,
        "page": page,
        "status": status,
        "links": _links(request, page),
        "column_count": len(page.councils) + 2,
    }
    return render(request, "services/service_list.html", context)


@login_required
@require_safe
def service_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The services shown, a row for each service, council and year."""
    programme = visible_programme(person(request), key)
    page = service_page(programme, status=request.GET.get("status", ""))
    return csv_response(service_table(page), f"{programme.key}-services")


@login_required
@require_safe
def service_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Every service as a workbook, which can be edited and sent back to the import."""
    programme = visible_programme(person(request), key)
    document = service_document(programme, service_page(programme), as_of=today())
    return workbook_response(document, f"{programme.key}-services")


def _links(request: HttpRequest, page: ServicePage) -> list[FilterLink]:
    links = [filter_link(request, "status", "", "All", page.total)]
    links += [
        filter_link(request, "status", one.status.value, one.status.label, one.count) for one in page.counts
    ]
    return links
