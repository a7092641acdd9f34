"""A council is abolished: see what of the plan and the forecast passes to its successors, and pass it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.succession import pass_forecast, propose_succession
from benefits.enums import EntryKind
from benefits.forms.succession import SuccessionForm
from benefits.policies import can_propose, check_propose
from benefits.queries.plans import open_proposal
from benefits.queries.succession import Succession, successions_of
from benefits.succession_files import passing_rows
from benefits.tables.succession import passing_table
from benefits.views.pages import SAVINGS_MENU
from core.clock import today
from core.errors import Refusal, Refusals
from core.exports.responses import csv_response
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM


@login_required
@require_http_methods(FORM)
def ledger_succession(request: HttpRequest, key: str) -> HttpResponse:
    """What passes of each council that is to be abolished; a button passes one ledger of one council."""
    user = person(request)
    programme = visible_programme(user, key)
    found = successions_of(programme, as_of=today())
    if request.method != "POST":
        return _show(request, programme, found)
    check_propose(user, programme)
    form = SuccessionForm(request.POST, successions=found)
    if not form.is_valid():
        raise Http404("There is no such council")
    try:
        if form.cleaned_data["ledger"] == EntryKind.PLAN:
            proposal = propose_succession(programme, form.chosen, by=user)
            messages.success(request, "The plan after the succession is drafted. Read it, then submit it")
            return redirect(proposal)
        pass_forecast(programme, form.chosen, by=user)
    except (Refusal, Refusals) as said:
        return _show(request, programme, found, str(said).splitlines(), HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "The forecast is passed to the successors")
    return redirect(request.path)


@login_required
@require_safe
def ledger_succession_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as CSV."""
    programme = visible_programme(person(request), key)
    found = successions_of(programme, as_of=today())
    return csv_response(passing_rows(found), f"{programme.key}-succession")


def _show(
    request: HttpRequest,
    programme: Programme,
    found: list[Succession],
    errors: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "successions": [
            (one, [(ledger, passing_table(one, ledger)) for ledger in (one.plan, one.forecast)])
            for one in found
        ],
        "can_pass": can_propose(person(request), programme),
        "proposal": open_proposal(programme),
        "errors": [("", message) for message in errors or ()],
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/ledger_succession.html", context, status=status)
