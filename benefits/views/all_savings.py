"""Savings of all programmes that a person may read, as page and file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.all_savings_filters import AllSavingsFilter
from benefits.queries.all_savings import AllSavings, all_savings, read_programmes
from benefits.tables.all_savings import all_savings_table, order_of, savings_csv, sentence
from core.clock import today
from core.exports.responses import csv_response
from core.rules.calendar import financial_year, fy_file_key

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    """The form that holds the choice, and what it gives."""

    form: AllSavingsFilter
    found: AllSavings


@login_required
@require_safe
def all_savings_list(request: HttpRequest) -> HttpResponse:
    """A row a programme, with totals of all; this year unless another is chosen."""
    asked = _asked(request)
    page = Paginator(asked.found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = all_savings_table(asked.found, list(page.object_list))
    context = {
        "form": asked.form,
        "found": asked.found,
        "sentence": sentence(asked.found),
        "page": page,
        "table": table,
    }
    return render(request, "benefits/all_savings_list.html", context)


@login_required
@require_safe
def all_savings_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, all rows."""
    found = _asked(request).found
    return csv_response(savings_csv(found), f"savings-of-all-programmes-{found.as_of.isoformat()}")


def _asked(request: HttpRequest) -> _Asked:
    day = today()
    readable = read_programmes(person(request), as_of=day)
    given = request.GET.copy()
    if "year" not in given and financial_year(day) in readable.fys:
        given["year"] = fy_file_key(financial_year(day))
    form = AllSavingsFilter(given, readable=readable)
    choice = form.choice()
    return _Asked(form, all_savings(readable, choice, order=order_of(form.sorting)))
