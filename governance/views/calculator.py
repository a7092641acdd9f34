"""The calculator of last lawful days before a meeting."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from governance.forms.calculator import CalculatorForm
from governance.queries.calculator import calculate, councils_with_rules
from programme.views.context import visible_programme


@login_required
@require_safe
def notice_calculator(request: HttpRequest, key: str) -> HttpResponse:
    """Give a meeting date, get every last lawful day with its reason and source."""
    programme = visible_programme(person(request), key)
    councils = councils_with_rules(programme)
    form = CalculatorForm(request.GET if "on" in request.GET else None, councils=councils)
    is_wrong = form.is_bound and not form.is_valid()
    context = {
        "programme": programme,
        "councils": councils,
        "form": form,
        "calculation": None
        if is_wrong or not form.is_bound
        else calculate(councils, form.asked(), as_of=today()),
        "menu_page": "governance:decision_list",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "governance/notice_calculator.html", context, status=status)
