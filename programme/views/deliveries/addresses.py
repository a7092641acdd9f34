"""Addresses that mail does not reach: the administrators' list, and clearing one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import FailedAddress
from accounts.signed_in import person
from programme.actions.sending.failed_addresses import clear_failed_address
from programme.policies import check_see_addresses, is_administrator
from programme.queries.deliveries import standing_failures


@login_required
@require_safe
def failed_address_list(request: HttpRequest) -> HttpResponse:
    """Every address to which no mail goes now."""
    check_see_addresses(person(request))
    context = {"rows": standing_failures(), "menu_page": "programme:my_work"}
    return render(request, "programme/deliveries/failed_address_list.html", context)


@login_required
@require_POST
def failed_address_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Let mail go to an address again: one's own, or any for an administrator."""
    user = person(request)
    theirs = FailedAddress.objects.all() if is_administrator(user) else user.failed_addresses.all()
    failed = get_object_or_404(theirs, pk=pk)
    clear_failed_address(failed, by=user)
    messages.success(request, f"Mail goes to {failed.address} again")
    return redirect("programme:failed_address_list" if is_administrator(user) else "accounts:account")
