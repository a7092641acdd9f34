"""The consultations of a programme, as a page and as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from services.consultation_exports import consultation_table
from services.policies import powers_of
from services.queries.consultations import ConsultationLine, consultation_lines
from services.views.reviews import MENU_PAGE


@login_required
@require_safe
def consultation_list(request: HttpRequest, key: str) -> HttpResponse:
    """Who is consulted, how far it has come, and the earliest lawful dates."""
    programme, lines = _found(request, key)
    context = {"lines": lines, "menu_page": MENU_PAGE, **programme_context(programme)}
    return render(request, "services/consultation_list.html", context)


@login_required
@require_safe
def consultation_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The same as a CSV file."""
    programme, lines = _found(request, key)
    name = f"{programme.key}-consultations-{today().isoformat()}"
    return csv_response(consultation_table(lines), name)


def _found(request: HttpRequest, key: str) -> tuple[Programme, list[ConsultationLine]]:
    programme = visible_programme(person(request), key)
    powers = powers_of(person(request), programme)
    return programme, consultation_lines(programme, powers, viewer=person(request), as_of=today())
