"""True-up: what a year's shares come to by what was really done, and what the councils settle."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from core.rules.calendar import financial_year
from programme.views.recording import FORM, sent
from services.actions.true_up import TrueUpEntry, assess_true_up, record_true_up
from services.forms.keys import DRIVERS, TrueUpForm
from services.models import ApportionmentKey
from services.policies import check_edit_keys, powers_of
from services.queries.key_runs import councils_of_key, rows_of_outcome, true_up_rows, visible_true_ups
from services.queries.keys import visible_keys
from services.rules.key_periods import covers_year
from services.rules.key_record import weight_words
from services.views.key_places import page_context

CHECK = "check"


@login_required
@require_http_methods(FORM)
def true_up_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the actual drivers of a year, see what follows, and keep it."""
    user = person(request)
    key = get_object_or_404(visible_keys(user), pk=pk)
    check_edit_keys(powers_of(user, key.pool.programme))
    form = TrueUpForm(
        sent(request),
        councils=councils_of_key(key),
        years=_years(key),
    )
    context: dict[str, Any] = {"key": key, "form": form, **page_context(key.pool.programme)}
    if request.method != "POST":
        return _show(request, context)
    if not form.is_valid():
        return _show(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    entry = _entry(form.cleaned_data, form.numbers(DRIVERS))
    try:
        if request.POST.get("then") == CHECK:
            found = assess_true_up(key, entry, by=user)
            rows = rows_of_outcome(found.councils, found.actual, found.outcome)
            return _show(request, context | {"outcome": found.outcome, "rows": rows, "entry": entry})
        kept = record_true_up(key, entry, by=user)
    except (Refusal, Refusals) as said:
        add_refusals(form, said)
        return _show(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "The true-up is kept")
    return redirect(reverse("services:true_up_detail", args=[kept.pk]))


@login_required
@require_safe
def true_up_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept true-up: each council's estimated and actual share, and what it settles."""
    kept = get_object_or_404(visible_true_ups(person(request)), pk=pk)
    context = {
        "true_up": kept,
        "rows": true_up_rows(kept),
        "total_pence": kept.final_run.total_pence,
        "tolerance": weight_words(kept.tolerance_pp),
        **page_context(kept.key.pool.programme),
    }
    return render(request, "services/true_up_detail.html", context)


def _show(request: HttpRequest, context: Mapping[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "services/true_up_form.html", dict(context), status=status)


def _years(key: ApportionmentKey) -> list[int]:
    """Financial years that are over and that the key shares as a whole."""
    first = financial_year(key.effective_from_on)
    return [
        fy
        for fy in range(first, financial_year(today()))
        if covers_year(key.effective_from_on, key.effective_to_on, fy)
    ]


def _entry(data: Mapping[str, Any], drivers: Mapping[str, Any]) -> TrueUpEntry:
    return TrueUpEntry(
        fy=data["fy"],
        total_pence=data["total"],
        driver=data["driver"],
        drivers=drivers,
        tolerance_pp=data["tolerance_pp"],
        driver_source=data["driver_source"],
    )
