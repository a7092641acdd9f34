"""Business cases: the figures that councils approve."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from services.queries.business_cases import case_page, visible_cases


@login_required
@require_safe
def business_case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a business case, line by line."""
    case = get_object_or_404(visible_cases(person(request)), pk=pk)
    page = case_page(case)
    context = {
        "programme": case.programme,
        "councils": page.partners,
        "page": page,
        "case": case,
        "menu_page": "services:service_list",
    }
    return render(request, "services/business_case_detail.html", context)
