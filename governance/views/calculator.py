"""The calculator of last lawful days before a meeting."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from governance.forms.calculator import calculator_form
from governance.queries.calculator import calculate, councils_with_rules
from programme.views.context import visible_programme


@login_required
@require_safe
def notice_calculator(request: HttpRequest, key: str) -> HttpResponse:
    """Give a meeting date, get every last lawful day with its reason and source."""
    programme = visible_programme(person(request), key)
    councils = councils_with_rules(programme)
    form = calculator_form(request.GET, councils)
    is_wrong = form.is_bound and not form.is_valid()
    is_asked = form.is_bound and not is_wrong
    context = {
        "programme": programme,
        "councils": councils,
        "form": form.in_words() if is_asked else form,
        "calculation": calculate(councils, form.asked(), as_of=today()) if is_asked else None,
        "menu_page": "governance:decision_list",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "governance/notice_calculator.html", context, status=status)
