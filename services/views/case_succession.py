"""A council of a case is abolished: see what passes to its successors, and pass it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.errors import Refusal, StaleEdit
from core.forms.conflict import SeenForm, StaleForm, shown_again
from core.forms.fields import add_refusals
from programme.views.context import programme_context
from programme.views.recording import FORM
from services.actions.succession import move_to_successors
from services.models import BusinessCase
from services.policies import check_edit_case, powers_of
from services.queries.business_cases import visible_cases
from services.queries.succession import successions_of
from services.views.key_places import MENU_PAGE


@login_required
@require_http_methods(FORM)
def case_succession(request: HttpRequest, pk: int) -> HttpResponse:
    """Amounts after a council's abolition beside what each successor would take on; save passes them."""
    user = person(request)
    case = get_object_or_404(visible_cases(user), pk=pk)
    check_edit_case(powers_of(user, case.programme), case)
    seen = {"seen_version": case.version}
    if request.method != "POST":
        return _show(request, case, SeenForm(initial=seen))
    form = SeenForm(request.POST, initial=seen)
    if not form.is_valid():
        return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        move_to_successors(case, by=user, seen_version=form.cleaned_data["seen_version"])
    except StaleEdit as said:
        return _show(request, case, form, HTTPStatus.CONFLICT, shown_again(form, said))
    except Refusal as said:
        add_refusals(form, said)
        return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "The amounts are passed to the successors")
    return redirect(reverse("services:business_case_detail", args=[case.pk]))


def _show(
    request: HttpRequest,
    case: BusinessCase,
    form: SeenForm,
    status: int = HTTPStatus.OK,
    stale: StaleForm | None = None,
) -> HttpResponse:
    context = {
        "stale": stale,
        "case": case,
        "form": form,
        "successions": successions_of(case),
        "menu_page": MENU_PAGE,
        **programme_context(case.programme),
    }
    return render(request, "services/case_succession.html", context, status=status)
