"""One service: each council's part in it, costs and measures by year, and every change."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from services.models import Service, ServiceCouncil
from services.policies import powers_of
from services.queries.service_detail import service_detail as read_detail
from services.views.service_forms import MENU_PAGE, visible_service


@login_required
@require_safe
def contract_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the service that a council's contract is for: reminders lead here."""
    services = Service.objects.visible_to(person(request))
    provision = get_object_or_404(ServiceCouncil, pk=pk, service__in=services)
    return redirect("services:service_detail", pk=provision.service_id)


@login_required
@require_safe
def service_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The service with all that is stated of it."""
    service = visible_service(request, pk)
    detail = read_detail(service, powers_of(person(request), service.programme))
    context = {
        "service": service,
        "programme": service.programme,
        "councils": detail.page.partners,
        "menu_page": MENU_PAGE,
        "detail": detail,
        "page": detail.page,
    }
    return render(request, "services/service_detail.html", context)
