"""Risks and lessons of a programme."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from programme.queries.risks import lessons_of, risk_rows
from programme.views.context import programme_context, visible_programme


@login_required
@require_safe
def risk_list(request: HttpRequest, key: str) -> HttpResponse:
    """Risks by score, and what was learnt."""
    programme = visible_programme(person(request), key)
    context = {
        "rows": risk_rows(programme),
        "lessons": lessons_of(programme),
        **programme_context(programme),
    }
    return render(request, "programme/risk_list.html", context)
