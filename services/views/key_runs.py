"""Share an amount, and see how one was shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.rules.calendar import financial_year
from programme.views.context import programme_context
from programme.views.recording import FORM, FormPage, record_form, sent
from services.actions.runs import share_amount
from services.forms.keys import ShareForm
from services.policies import check_edit_keys, powers_of
from services.queries.key_runs import run_rows, used_keys_of, visible_runs
from services.queries.keys import visible_pools
from services.views.key_places import MENU_PAGE, crumbs, page_context, pool_url

_YEARS_BACK, _YEARS_AHEAD = 20, 60


@login_required
@require_http_methods(FORM)
def run_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Share an amount of a pool, and keep how it was shared."""
    user = person(request)
    pool = get_object_or_404(visible_pools(user), pk=pk)
    check_edit_keys(powers_of(user, pool.programme))
    page = FormPage(
        "Share an amount",
        str(pool),
        "Share and keep it",
        pool_url(pool),
        crumbs(pool.programme, pool),
        lead="The key of that year shares it, once its decision is in effect. It is kept with the weights "
        "used and cannot be changed later.",
        menu_page=MENU_PAGE,
        context=programme_context(pool.programme),
    )
    this_fy = financial_year(today())
    form = ShareForm(sent(request), years=range(this_fy - _YEARS_BACK, this_fy + _YEARS_AHEAD))

    def save(data: Mapping[str, Any]) -> Any:
        return share_amount(pool, fy=data["fy"], pence=data["total"], purpose=data["purpose"], by=user)

    return record_form(request, page, form, save, saved="The amount is shared")


@login_required
@require_safe
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One amount as it was shared: by whom, by which weights, and what each council bears."""
    run = get_object_or_404(visible_runs(person(request)), pk=pk)
    context = {
        "run": run,
        "row": run_rows(run.pool, [run])[0],
        "used": used_keys_of(run),
        **page_context(run.pool.programme),
    }
    return render(request, "services/run_detail.html", context)
