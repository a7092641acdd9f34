"""One's own account: roles held, reminders, API token."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rest_framework.authtoken.models import Token

from accounts.actions.account import end_token, make_token, set_reminders
from accounts.forms import PreferencesForm
from accounts.models import FailedAddress, User
from accounts.signed_in import person


def _context(user: User, form: PreferencesForm) -> dict[str, object]:
    roles = user.roles_held.select_related("council", "partnership").order_by("from_on", "pk")
    return {
        "form": form,
        "roles": roles,
        "has_token": Token.objects.filter(user=user).exists(),
        "failed_address": FailedAddress.objects.of(user),
    }


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account; save what may be sent."""
    user = person(request)
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, initial={"wants_reminders": user.wants_reminders})
    if form.is_valid():
        set_reminders(by=user, wanted=form.cleaned_data["wants_reminders"])
        messages.success(request, "Your choice is saved")
        return redirect("accounts:account")
    return render(request, "accounts/account.html", _context(user, form))


@login_required
@never_cache
@require_POST
def token_make(request: HttpRequest) -> HttpResponse:
    """Make an API token and show it this once."""
    user = person(request)
    token = make_token(by=user)
    form = PreferencesForm(initial={"wants_reminders": user.wants_reminders})
    return render(request, "accounts/account.html", _context(user, form) | {"token": token})


@login_required
@require_POST
def token_end(request: HttpRequest) -> HttpResponseRedirect:
    """Make the API token stop working."""
    end_token(by=person(request))
    messages.success(request, "Your API token no longer works")
    return redirect("accounts:account")
