"""The benefits register and one benefit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.exports import benefit_table
from benefits.models import Benefit
from benefits.policies import can_manage
from benefits.queries.ledgers import read_ledgers
from benefits.queries.measured import measured_years
from benefits.queries.register import benefit_row, benefits_register
from benefits.queries.savings import summarise
from benefits.queries.scope import Choice
from benefits.tables.savings import line_table
from benefits.views.context import as_of_today
from core.exports.responses import csv_response
from programme.views.context import visible_programme


@login_required
@require_safe
def benefit_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every benefit: what it is, whose, what it is to give, and what is verified."""
    programme = visible_programme(person(request), key)
    register = benefits_register(programme, as_of=as_of_today(programme))
    context = {
        "programme": programme,
        "councils": register.councils,
        "rows": register.rows,
        "can_manage": can_manage(person(request), programme),
    }
    return render(request, "benefits/benefit_list.html", context)


@login_required
@require_safe
def benefit_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The register as CSV."""
    programme = visible_programme(person(request), key)
    as_of = as_of_today(programme)
    rows = benefits_register(programme, as_of=as_of).rows
    return csv_response(benefit_table(rows), f"{key}-benefits-{as_of.isoformat()}")


@login_required
@require_safe
def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One benefit's agreed definition, and its lines of pounds."""
    benefits = Benefit.objects.visible_to(person(request)).select_related("programme__partnership")
    benefit = get_object_or_404(benefits, pk=pk)
    as_of = as_of_today(benefit.programme)
    ledgers = read_ledgers(benefit.programme, as_of=as_of)
    result = summarise(benefit.programme, ledgers, Choice(), as_of=as_of)
    context = {
        "programme": benefit.programme,
        "councils": ledgers.councils,
        "row": benefit_row(benefit, ledgers),
        "lines": line_table(result, benefit=benefit.pk),
        "measured": measured_years(benefit),
        "can_manage": can_manage(person(request), benefit.programme),
    }
    return render(request, "benefits/benefit_detail.html", context)
