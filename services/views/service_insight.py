"""Services side by side: comparison, contract ends and candidates for sharing, as pages and files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.errors import Refusal
from core.exports.responses import csv_response
from core.rules.calendar import format_fy, fy_file_key, parse_fy
from programme.models import Programme
from programme.views.context import visible_programme
from programme.views.links import FilterLink, filter_link
from services.queries.candidates import MONTHS_OFFERED, Candidates, sharing_candidates
from services.queries.comparison import Comparison, ServiceComparison, service_comparison
from services.queries.contracts import contract_timeline
from services.rules.candidates import CONTRACT_POINTS, DEFAULT_MONTHS, GAP_POINTS, SIZE_POINTS
from services.service_charts import contract_chart, rate_chart, ratio_chart
from services.service_exports import candidate_table, comparison_table, timeline_table
from services.views.service_forms import MENU_PAGE, visible_service


@login_required
@require_safe
def service_compare(request: HttpRequest, key: str) -> HttpResponse:
    """Every service across councils: cost per head, unit cost, spread, and what is missing."""
    programme = visible_programme(person(request), key)
    comparison = service_comparison(programme)
    csv_url = reverse("services:service_compare_csv", args=[key])
    context = {
        "comparison": comparison,
        "chart": ratio_chart(comparison, csv_url=csv_url),
        "csv_url": csv_url,
    }
    return _show(request, "services/service_compare.html", programme, comparison.partners, context)


@login_required
@require_safe
def service_compare_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The comparison of every service as a file."""
    programme = visible_programme(person(request), key)
    return csv_response(comparison_table(service_comparison(programme)), f"{key}-comparison")


@login_required
@require_safe
def service_compare_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One service across councils, in the year and by the volume of work asked for."""
    service = visible_service(request, pk)
    comparison = _compared(request, pk)
    (one,) = comparison.services
    csv_url = f"{reverse('services:service_compare_one_csv', args=[pk])}?{request.GET.urlencode()}"
    context = {
        "service": service,
        "one": one,
        "chart": rate_chart(one, csv_url=csv_url),
        "csv_url": csv_url,
        "year_links": _year_links(request, one),
        "measure_links": _measure_links(request, one),
    }
    template = "services/service_compare_one.html"
    return _show(request, template, service.programme, comparison.partners, context)


@login_required
@require_safe
def service_compare_one_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The comparison of one service as a file, with the same choice."""
    service = visible_service(request, pk)
    table = comparison_table(_compared(request, pk))
    return csv_response(table, f"{service.programme.key}-{pk}-comparison")


@login_required
@require_safe
def service_timeline(request: HttpRequest, key: str) -> HttpResponse:
    """When contracts end, and where work on sharing should start now."""
    programme = visible_programme(person(request), key)
    timeline = contract_timeline(programme, as_of=today())
    csv_url = reverse("services:service_timeline_csv", args=[key])
    context = {"timeline": timeline, "chart": contract_chart(timeline, csv_url=csv_url), "csv_url": csv_url}
    return _show(request, "services/service_timeline.html", programme, timeline.partners, context)


@login_required
@require_safe
def service_timeline_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The contract ends as a file."""
    programme = visible_programme(person(request), key)
    return csv_response(timeline_table(contract_timeline(programme, as_of=today())), f"{key}-contracts")


@login_required
@require_safe
def service_candidates(request: HttpRequest, key: str) -> HttpResponse:
    """Services ranked by how well they lend themselves to sharing, with reasons."""
    programme = visible_programme(person(request), key)
    candidates = _candidates(request, programme)
    query = request.GET.urlencode()
    csv_url = reverse("services:service_candidates_csv", args=[key]) + (f"?{query}" if query else "")
    context = {
        "candidates": candidates,
        "csv_url": csv_url,
        "links": [
            filter_link(request, "months", "" if one == DEFAULT_MONTHS else str(one), f"{one} months")
            for one in MONTHS_OFFERED
        ],
        "points": {"contracts": CONTRACT_POINTS, "size": SIZE_POINTS, "gap": GAP_POINTS},
    }
    return _show(request, "services/service_candidates.html", programme, candidates.partners, context)


@login_required
@require_safe
def service_candidates_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The ranking as a file, with the same choice."""
    programme = visible_programme(person(request), key)
    return csv_response(candidate_table(_candidates(request, programme)), f"{key}-candidates")


def months_asked(text: str | None) -> int:
    """The months that an address asks for, where they are offered; else twelve."""
    offered = {str(months): months for months in MONTHS_OFFERED}
    return offered.get(text or "", DEFAULT_MONTHS)


def year_asked(text: str | None) -> int | None:
    """The financial year that an address asks for, written 2026-27; None for anything else."""
    try:
        return parse_fy(text or "")
    except Refusal:
        return None


def _candidates(request: HttpRequest, programme: Programme) -> Candidates:
    months = months_asked(request.GET.get("months"))
    return sharing_candidates(programme, as_of=today(), months=months)


def _compared(request: HttpRequest, pk: int) -> Comparison:
    service = visible_service(request, pk)
    fy, measure = year_asked(request.GET.get("year")), request.GET.get("measure", "")
    return service_comparison(service.programme, service=service, fy=fy, measure=measure)


def _year_links(request: HttpRequest, one: ServiceComparison) -> list[FilterLink]:
    """A link to each year stated, latest first; the one shown is marked whether or not it was asked for."""
    return [
        FilterLink(format_fy(year), filter_link(request, "year", fy_file_key(year), "").url, year == one.fy)
        for year in reversed(one.years)
    ]


def _measure_links(request: HttpRequest, one: ServiceComparison) -> list[FilterLink]:
    return [
        FilterLink(name, filter_link(request, "measure", name, "").url, name == one.measure)
        for name in one.measures
    ]


def _show(
    request: HttpRequest, template: str, programme: Programme, partners: Any, context: dict[str, Any]
) -> HttpResponse:
    shared = {"programme": programme, "councils": partners, "menu_page": MENU_PAGE}
    return render(request, template, {**shared, **context})
