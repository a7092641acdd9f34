"""The year end of every pool of a programme: where it stands, as page and file, and running it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.errors import Refusal, Refusals
from core.exports.responses import csv_response
from core.forms.fields import add_refusals
from core.rules.calendar import financial_year, format_fy, fy_file_key, parse_fy
from core.rules.words import listed
from core.templatetags.concordat import error_summary
from programme.models import Programme
from programme.views.context import visible_programme
from programme.views.links import FilterLink
from programme.views.recording import FORM, sent
from services.actions.year_end import PoolYear, assess_year_end, run_year_end
from services.forms.year_end import YearEndPoolForm, year_end_forms
from services.policies import check_edit_keys, powers_of
from services.queries.key_runs import rows_of_outcome
from services.queries.year_end import YearEnd, year_end
from services.views.key_places import page_context
from services.year_end_files import year_end_table

CHECK = "check"


@login_required
@require_safe
def year_end_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Each pool at the end of a year: estimate, what was counted, kept or adopted, and what is owed."""
    programme = visible_programme(person(request), key)
    found = _year_end(request, programme)
    context = {
        "found": found,
        "years": _links(request, found),
        "csv_url": f"{reverse('services:year_end_csv', args=[key])}?{_query(found.fy)}",
        "run_url": f"{reverse('services:year_end_run', args=[key])}?{_query(found.fy)}",
        "can_edit": powers_of(person(request), programme).edits_keys,
        **page_context(programme),
    }
    return render(request, "services/year_end_detail.html", context)


@login_required
@require_safe
def year_end_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as CSV."""
    programme = visible_programme(person(request), key)
    found = _year_end(request, programme)
    return csv_response(year_end_table(found), f"{key}-year-end-{fy_file_key(found.fy)}")


@login_required
@require_http_methods(FORM)
def year_end_run(request: HttpRequest, key: str) -> HttpResponse:
    """Enter what was counted in every pool, see what follows, and keep all of it at once."""
    user = person(request)
    programme = visible_programme(user, key)
    check_edit_keys(powers_of(user, programme))
    found = _year_end(request, programme)
    forms = year_end_forms(found.waiting, found.fy, sent(request))
    if request.method != "POST":
        return _show(request, programme, found, forms)
    filled = [form for form in forms if not form.is_left_empty]
    if not all(form.is_valid() for form in filled):
        return _show(request, programme, found, forms, filled)
    pools = [form.pool_year(form.row.key) for form in filled if form.row.key]
    try:
        if request.POST.get("then") == CHECK and pools:
            return _show(request, programme, found, forms, outcomes=_outcomes(request, programme, pools))
        kept = run_year_end(programme, pools, by=user)
    except Refusals as said:
        _spread(said, filled)
        return _show(request, programme, found, forms, filled)
    except Refusal as said:
        return _show(request, programme, found, forms, said=said.message)
    messages.success(request, f"True-ups kept: {len(kept)}{_left_words(forms)}")
    return redirect(f"{reverse('services:year_end', args=[key])}?{_query(found.fy)}")


def _left_words(forms: list[YearEndPoolForm]) -> str:
    """Which pools were left although something was entered for them."""
    left = [str(form.row.pool) for form in forms if form.is_left_aside]
    were = "it was" if len(left) == 1 else "they were"
    return f". Nothing was counted for {listed(left)}, so {were} left" if left else ""


def _outcomes(request: HttpRequest, programme: Programme, pools: list[PoolYear]) -> list[dict[str, Any]]:
    found = assess_year_end(programme, pools, by=person(request))
    return [
        {
            "pool": one.key.pool,
            "result": assessed.outcome.result,
            "total_pence": one.entry.total_pence,
            "rows": rows_of_outcome(assessed.councils, assessed.actual, assessed.outcome),
        }
        for one, assessed in zip(pools, found, strict=True)
    ]


def _spread(said: Refusals, forms: list[YearEndPoolForm]) -> None:
    """Put each refusal on the form of its pool."""
    for refusal in said.refusals:
        place, _, field = (refusal.field or "").partition(".")
        for form in forms:
            if form.prefix == place:
                add_refusals(form, Refusal(refusal.message, field or None, refusal.code))


def _show(
    request: HttpRequest,
    programme: Programme,
    found: YearEnd,
    forms: list[YearEndPoolForm],
    wrong: list[YearEndPoolForm] | None = None,
    *,
    said: str = "",
    outcomes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    errors = [("", said)] if said else error_summary(*(wrong or ()))["errors"]
    context = {
        "found": found,
        "forms": forms,
        "errors": errors,
        "outcomes": outcomes or [],
        "back_url": f"{reverse('services:year_end', args=[programme.key])}?{_query(found.fy)}",
        **page_context(programme),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "services/year_end_form.html", context, status=status)


def _year_end(request: HttpRequest, programme: Programme) -> YearEnd:
    """Of the year asked for; without one, of the last that is over."""
    asked = request.GET.get("year", "")
    try:
        fy = parse_fy(asked) if asked else financial_year(today()) - 1
    except Refusal:
        raise Http404("There is no such year") from None
    return year_end(programme, fy, as_of=today())


def _links(request: HttpRequest, found: YearEnd) -> list[FilterLink]:
    years = sorted({*found.fys, found.fy}, reverse=True)
    return [FilterLink(format_fy(fy), f"{request.path}?{_query(fy)}", fy == found.fy) for fy in years]


def _query(fy: int) -> str:
    return urlencode({"year": fy_file_key(fy)})
