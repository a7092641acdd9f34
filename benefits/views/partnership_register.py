"""The register of partnerships: who shares what since when, and what it saves, as page and files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.partnership_register_files import NOTES, register_document, register_table
from benefits.partnership_register_filters import RegisterFilter
from benefits.queries.partnership_register import register_rows
from core.clock import today
from core.exports.responses import csv_response, workbook_response

PAGE_SIZE = 50


@login_required
@require_safe
def partnership_register(request: HttpRequest) -> HttpResponse:
    """A row a partnership."""
    form = _form(request)
    context = {
        "form": form,
        "page": Paginator(form.narrowed(), PAGE_SIZE).get_page(request.GET.get("page")),
        "notes": NOTES,
        "as_of": today(),
        "menu_page": "programme:partnership_list",
    }
    return render(request, "benefits/partnership_register.html", context)


@login_required
@require_safe
def partnership_register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the page, with the same choice, as a CSV file."""
    return csv_response(register_table(_form(request).narrowed()), _file_name())


@login_required
@require_safe
def partnership_register_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook_response(register_document(_form(request).narrowed(), as_of=today()), _file_name())


def _form(request: HttpRequest) -> RegisterFilter:
    return RegisterFilter(request.GET, rows=register_rows(person(request), as_of=today()))


def _file_name() -> str:
    return f"register-of-partnerships-{today().isoformat()}"
