"""Deputies of the section 151 officers: who stands in for whom, on which days; named and ended here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import RoleHeld
from accounts.signed_in import person
from benefits.actions.deputy import end_deputy, name_deputy
from benefits.forms.deputies import DeputyForm
from benefits.policies import s151_for
from benefits.queries.deputies import deputies_of, deputy_list
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.clock import today
from core.errors import Refusal
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, record_form, sent

NOT_YOURS = "Only the section 151 officer of a partner council can name a deputy. You can read who they are"


@login_required
@require_safe
def deputy_list_page(request: HttpRequest, key: str) -> HttpResponse:
    """Every deputy of the partner councils' section 151 officers, the latest first."""
    programme = visible_programme(person(request), key)
    context = {
        "deputies": deputy_list(programme, person(request), as_of=today()),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/deputy_list.html", context)


@login_required
@require_http_methods(FORM)
def deputy_create(request: HttpRequest, key: str) -> HttpResponse:
    """Name a deputy for one's own council."""
    user = person(request)
    programme = visible_programme(user, key)
    own = s151_for(user)
    councils = [one for one in entering_councils(programme) if one.pk in own]
    if not councils:
        raise PermissionDenied(NOT_YOURS)
    page = form_page(
        programme,
        "Name a deputy",
        "Name the deputy",
        list_crumb("Deputies", "benefits:deputy_list", programme),
        lead="They verify, return and reverse the amounts of that council and make exceptions to its closed "
        "months, as you do and with the same refusals. It ends by itself after the last day.",
    )
    form = DeputyForm(sent(request), councils=councils, but=user)

    def save(data: Mapping[str, Any]) -> RoleHeld:
        return name_deputy(
            data["council"], by=user, user=data["user"], from_on=data["from_on"], to_on=data["to_on"]
        )

    return record_form(request, page, form, save, saved="The deputy is named")


@login_required
@require_POST
def deputy_end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """End a deputy early: today is the last day."""
    user = person(request)
    programme = visible_programme(user, key)
    held = get_object_or_404(deputies_of(entering_councils(programme)), pk=pk)
    try:
        end_deputy(held, by=user)
    except Refusal as said:
        messages.warning(request, said.message)
    else:
        messages.success(request, f"{held.user} is no longer named after today")
    return redirect("benefits:deputy_list", programme.key)
