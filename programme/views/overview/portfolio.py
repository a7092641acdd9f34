"""All programmes that a person may read: which is worst, and why."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from programme.enums import SavedPage
from programme.overview.portfolio_exports import portfolio_document, portfolio_table
from programme.overview.portfolio_filters import NarrowedPortfolio, PortfolioFilter, Shown
from programme.queries.overview.portfolio import portfolio_rating, portfolio_rows, portfolio_sentence
from programme.views.links import FilterLink, filter_link
from programme.views.saved_views import view_links

PAGE_SIZE = 50
_LABELS = {Shown.RUNNING: "Running", Shown.PAST: "Paused or past", Shown.ALL: "All"}


@login_required
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """A row a programme, the worst first, with what is worst in it and why."""
    form = _form(request)
    narrowed = form.narrowed()
    context = {
        "filter": form,
        "page": Paginator(narrowed.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "links": _links(request, narrowed),
        "views": view_links(request, None, SavedPage.PORTFOLIO),
        "worst": portfolio_rating(narrowed.rows),
        "sentence": portfolio_sentence(narrowed.rows),
        "as_of": today(),
    }
    return render(request, "programme/overview/portfolio.html", context)


@login_required
@require_safe
def portfolio_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the page, with the same choice, as a CSV file."""
    return csv_response(portfolio_table(_form(request).narrowed().rows, as_of=today()), _file_name())


@login_required
@require_safe
def portfolio_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    document = portfolio_document(_form(request).narrowed().rows, as_of=today())
    return workbook_response(document, _file_name())


def _form(request: HttpRequest) -> PortfolioFilter:
    return PortfolioFilter(request.GET, rows=portfolio_rows(person(request), as_of=today()))


def _file_name() -> str:
    return f"portfolio-{today().isoformat()}"


def _links(request: HttpRequest, narrowed: NarrowedPortfolio) -> list[FilterLink]:
    return [
        filter_link(
            request,
            "show",
            "" if shown == Shown.RUNNING else shown.value,
            _LABELS[shown],
            narrowed.counts[shown],
        )
        for shown in Shown
    ]
