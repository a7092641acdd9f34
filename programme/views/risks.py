"""The registers of a programme as a page and as files, and one entry."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from core.tables import Cell, NumberTable, Row, headings
from programme.models import Programme, Risk
from programme.policies import powers_of
from programme.queries.risks import (
    HeatCell,
    RiskRow,
    heat_map,
    lessons_of,
    risk_row,
    risk_rows,
    with_relations,
)
from programme.risk_exports import risk_document, risk_table
from programme.risk_filters import NarrowedRisks, RiskFilter, Shown
from programme.rules.rag import Thresholds
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink, filter_link

PAGE_SIZE = 100
_HEAT_NOTE = (
    "Each number leads to its entries. An issue has happened already: it has an impact and no score, so it "
    "is not counted here, nor is what has no score."
)


@login_required
@require_safe
def risk_list(request: HttpRequest, key: str) -> HttpResponse:
    """Risks, assumptions, issues and dependencies by score, their heat map, and what was learnt."""
    user = person(request)
    programme = visible_programme(user, key)
    powers = powers_of(user)
    form = RiskFilter(request.GET, rows=risk_rows(programme, as_of=today(), powers=powers))
    narrowed = form.narrowed()
    context = {
        "filter": form,
        "page": Paginator(narrowed.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "links": _state_links(request, narrowed),
        "heat": _heat_table(request, narrowed, programme.thresholds),
        "any_score": _address(request),
        "lessons": lessons_of(programme),
        "can_record": powers.manages(programme.partnership_id),
        **programme_context(programme),
    }
    return render(request, "programme/risk_list.html", context)


@login_required
@require_safe
def risk_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The rows of the list, with the same choice, as a CSV file."""
    programme, rows = _chosen(request, key)
    return csv_response(risk_table(rows, as_of=today()), _file_name(programme))


@login_required
@require_safe
def risk_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a workbook."""
    programme, rows = _chosen(request, key)
    return workbook_response(risk_document(programme, rows, as_of=today()), _file_name(programme))


@login_required
@require_safe
def risk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its score, what it means for each council, what is done about it."""
    row = risk_row(visible_risk(request, pk), as_of=today(), powers=powers_of(person(request)))
    context = {"row": row, "risk": row.risk, **programme_context(row.risk.programme)}
    return render(request, "programme/risk_detail.html", context)


def visible_risk(request: HttpRequest, pk: int) -> Risk:
    """The entry, or nothing there (404) for a person who may not see it."""
    return get_object_or_404(with_relations(Risk.objects.visible_to(person(request))), pk=pk)


def _chosen(request: HttpRequest, key: str) -> tuple[Programme, list[RiskRow]]:
    programme = visible_programme(person(request), key)
    return programme, RiskFilter(request.GET, rows=risk_rows(programme, as_of=today())).narrowed().rows


def _file_name(programme: Programme) -> str:
    return f"{programme.key}-risks-{today().isoformat()}"


def _state_links(request: HttpRequest, narrowed: NarrowedRisks) -> list[FilterLink]:
    values = {Shown.OPEN: "", Shown.CLOSED: Shown.CLOSED.value, Shown.ALL: Shown.ALL.value}
    return [
        filter_link(request, "state", value, shown.value.capitalize(), narrowed.counts[shown])
        for shown, value in values.items()
    ]


def _heat_table(request: HttpRequest, narrowed: NarrowedRisks, limits: Thresholds) -> NumberTable | None:
    """The heat map of the choice, each cell with a link to its entries; None where nothing has a score."""
    if not any(row.score for row in narrowed.mapped):
        return None
    rows = heat_map(narrowed.mapped, limits)
    return NumberTable(
        id="heat",
        caption="How many entries have each likelihood and impact",
        unit="Likelihood and impact from 1 to 5, with the rating of their product",
        columns=headings("Likelihood", *(f"Impact {cell.impact}" for cell in rows[0].cells)),
        rows=tuple(
            Row(f"Likelihood {row.likelihood}", tuple(_heat_cell(request, cell) for cell in row.cells))
            for row in rows
        ),
        note=_HEAT_NOTE,
    )


def _heat_cell(request: HttpRequest, cell: HeatCell) -> Cell:
    if not cell.count:
        return Cell("0")
    place = f"at likelihood {cell.likelihood}, impact {cell.impact}"
    url = _address(request, likelihood=str(cell.likelihood), impact=str(cell.impact))
    return Cell(str(cell.count), url, says=place, tag=cell.word)


def _address(request: HttpRequest, **scores: str) -> str:
    """The present choice with other scores, or with any."""
    parameters = request.GET.copy()
    for name in ("likelihood", "impact", "page"):
        parameters.pop(name, None)
    parameters.update(scores)
    query = parameters.urlencode()
    return f"{request.path}?{query}" if query else request.path
