"""Files of a programme, for those who may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benefits import exports
from benefits.panel_exports import panel_tables
from benefits.panels import Panels
from benefits.queries.entries import ledger_entries
from benefits.queries.register import benefits_register
from benefits.views.context import SavingsPage, savings_page
from core.exports.responses import csv_response, workbook_response

Write = Callable[[SavingsPage, str], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its name in the address, what it holds, its kind, and how it is written."""

    name: str
    title: str
    holds: str
    kind: str
    write: Write


def _workbook(page: SavingsPage, file_name: str) -> HttpResponseBase:
    panels = panel_tables(Panels(page.programme, page.scope))
    return workbook_response(exports.savings_document(page.result, panels), file_name)


def _figures(page: SavingsPage, file_name: str) -> StreamingHttpResponse:
    return csv_response(exports.figure_table(page.result), file_name)


def _months(page: SavingsPage, file_name: str) -> StreamingHttpResponse:
    return csv_response(exports.month_table(page.result), file_name)


def _benefits(page: SavingsPage, file_name: str) -> StreamingHttpResponse:
    rows = benefits_register(page.programme, as_of=page.as_of).rows
    return csv_response(exports.benefit_table(rows), file_name)


def _entries(page: SavingsPage, file_name: str) -> StreamingHttpResponse:
    rows = ledger_entries(page.programme, as_of=page.as_of)
    return csv_response(exports.entry_table(rows), file_name)


DOWNLOADS = (
    Download(
        "savings.xlsx",
        "Savings against plan, workbook",
        "Every table of the savings pages, one a sheet, with a cover and notes",
        "XLSX",
        _workbook,
    ),
    Download(
        "savings-by-year.csv",
        "Savings and costs by financial year",
        "Each measure for each council and in total: both plans, forecast, claimed, verified, variances",
        "CSV",
        _figures,
    ),
    Download(
        "savings-by-month.csv",
        "Cumulative saving by month",
        "The points of the charts, for the programme and each council",
        "CSV",
        _months,
    ),
    Download(
        "benefits.csv", "Benefits register", "Every benefit with its measure and target", "CSV", _benefits
    ),
    Download(
        "entries.csv",
        "Ledger entries",
        "Every plan, forecast and actual amount with who entered and who verified it",
        "CSV",
        _entries,
    ),
)


@login_required
@require_safe
def download_list(request: HttpRequest, key: str) -> HttpResponseBase:
    """The files there are."""
    page = savings_page(request, key)
    return render(request, "benefits/download_list.html", {**page.context, "downloads": DOWNLOADS})


@login_required
@require_safe
def download_file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One file, with the figures of the pages."""
    download = next((one for one in DOWNLOADS if one.name == name), None)
    if download is None:
        raise Http404("There is no such file")
    page = savings_page(request, key)
    stem = name.rpartition(".")[0]
    return download.write(page, f"{key}-{stem}-{page.as_of.isoformat()}")
