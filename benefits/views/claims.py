"""Claims to verify: a list to answer in place or several at once, and pages to claim and to reverse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.signed_in import person
from benefits.actions.actual import Verified, amount_words, reverse_actual, verify_actual
from benefits.actions.amounts import Amount
from benefits.actions.claim_files import claim_with_files
from benefits.actions.verify_selected import Selected, verify_selected
from benefits.enums import Outcome
from benefits.exports import ageing_table as ageing_export
from benefits.forms.claims import ActualForm, AnswerForm, ReasonForm
from benefits.models import ActualAmount
from benefits.policies import check_reverse, check_verify, enters_for, signs_for
from benefits.queries.ageing import ageing_of, claims_ageing
from benefits.queries.claims import Claim, claims_to_verify, find_claim, with_files
from benefits.tables.ageing import ageing_table
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.clock import today
from core.errors import Refusal
from core.exports.responses import csv_response
from core.forms.fields import add_refusals
from core.htmx import is_enhanced
from core.rules.ids import ids_in
from core.rules.money import format_pounds
from core.rules.words import count_of
from programme.models import Council, Programme
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink
from programme.views.recording import FORM, record_form, sent

ALL = "all"
PAGE_SIZE = 50
NOT_YOURS = "Only a finance, lead or section 151 officer of a partner council can enter amounts"


@login_required
@require_safe
def claim_list(request: HttpRequest, key: str) -> HttpResponse:
    """Open claims by age, for a section 151 officer those of the own council first of all."""
    programme = visible_programme(person(request), key)
    return _show_list(request, programme)


@login_required
@require_safe
def claim_ageing_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """How long the claims of each council wait, as CSV."""
    programme = visible_programme(person(request), key)
    found = claims_ageing(programme, as_of=today())
    return csv_response(ageing_export(found), f"{programme.key}-claims-ageing")


@login_required
@require_POST
def claim_verify(request: HttpRequest, key: str) -> HttpResponse:
    """Verify the selected claims, each by itself; those that cannot be stay, and say why."""
    user = person(request)
    programme = visible_programme(user, key)
    council = _council(request, entering_councils(programme))
    together = _keys(request, "usual") if request.POST.get("all_usual") else frozenset()
    selected = Selected(_keys(request, "claims"), together)
    try:
        found = verify_selected(programme, council, selected, by=user, as_of=today())
    except Refusal as refusal:
        return _show_list(request, programme, [("", refusal.message)], selected.ticked)
    if found.done:
        messages.success(request, _verified_words(found))
    if not found.refused:
        return redirect(_list_url(programme, request.GET.get("council", "")))
    stay = [(f"claim-{row.pk}", f"{amount_words(row)}: {said.message}") for row, said in found.refused]
    return _show_list(request, programme, stay, frozenset(row.pk for row, _ in found.refused))


@login_required
@require_http_methods(FORM)
@vary_on_headers("HX-Request")
def claim_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify or return one claim: in place in the list, or as a page."""
    claim = _claim(request, pk)
    user = person(request)
    if not claim.can_answer and claim.is_open:
        _forbid_or_pass(request, claim)
    if request.method != "POST":
        return _show_answer(request, claim, AnswerForm(pk=pk))
    form = AnswerForm(request.POST, pk=pk)
    if not form.is_valid():
        return _show_answer(request, claim, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    try:
        verify_actual(claim.actual, by=user, outcome=Outcome(data["outcome"]), reason=data["reason"])
    except Refusal as said:
        add_refusals(form, said)
        return _show_answer(request, claim, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = f"{claim.actual.line.title}, {claim.actual.council}, {claim.time_text}: {data['outcome']}"
    if is_enhanced(request):
        return _row(request, _claim(request, pk), said=words)
    messages.success(request, words)
    return redirect("benefits:claim_list", claim.actual.line.programme.key)


@login_required
@require_safe
def claim_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim of the list, closed; a whole page is asked for at the list."""
    claim = _claim(request, pk)
    if not is_enhanced(request):
        return redirect("benefits:claim_list", claim.actual.line.programme.key)
    return _row(request, claim)


@login_required
@require_http_methods(FORM)
def actual_claim(request: HttpRequest, key: str) -> HttpResponse:
    """Claim what one line saved or cost one council in one month."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = enters_for(user, entering_councils(programme))
    if not councils:
        raise PermissionDenied(NOT_YOURS)
    page = form_page(
        programme,
        "Claim an amount",
        "Claim this amount",
        list_crumb("Claims to verify", "benefits:claim_list", programme),
        lead="It counts as claimed until the section 151 officer of that council has verified it.",
    )
    form = ActualForm(sent(request), request.FILES or None, programme=programme, councils=councils)

    def save(data: Mapping[str, Any]) -> ActualAmount:
        fy, period = data["month"]
        amount = Amount(data["line"], data["council"], fy, period, data["amount"], data["explanation"])
        return claim_with_files(
            amount,
            by=user,
            ledger_code=data["ledger_code"],
            evidence=data["evidence"],
            files=data["evidence_files"],
        )

    return record_form(request, page, form, save, saved="The amount is claimed")


@login_required
@require_http_methods(FORM)
def actual_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an amount by a new entry."""
    user = person(request)
    rows = ActualAmount.objects.visible_to(user).select_related(
        "line__programme__partnership", "council", "verification"
    )
    actual = get_object_or_404(rows, pk=pk)
    verification = getattr(actual, "verification", None)
    is_verified = verification is not None and verification.outcome == Outcome.VERIFIED
    try:
        check_reverse(user, actual, is_verified=is_verified)
    except Refusal as said:
        raise PermissionDenied(said.message) from None
    page = form_page(
        actual.line.programme,
        "Reverse an amount",
        "Reverse this amount",
        (actual.line.title, reverse("benefits:entry_detail", args=["actual", pk])),
        lead="A new entry takes the amount back. Both stay on record.",
        facts=(
            ("Line", actual.line.title),
            ("Council", actual.council),
            ("Amount", format_pounds(actual.amount_pence)),
        ),
    )

    def save(data: Mapping[str, Any]) -> ActualAmount:
        return reverse_actual(actual, by=user, reason=data["reason"])

    return record_form(request, page, ReasonForm(sent(request)), save, saved="The amount is reversed")


def _show_list(
    request: HttpRequest,
    programme: Programme,
    errors: list[tuple[str, str]] | None = None,
    selected: frozenset[int] = frozenset(),
) -> HttpResponse:
    user = person(request)
    councils = entering_councils(programme)
    council = _council(request, councils)
    found = claims_to_verify(programme, user, as_of=today(), council=council)
    page = Paginator(found.open, PAGE_SIZE).get_page(request.GET.get("page"))
    claims = replace(found, open=with_files(list(page.object_list)))
    links = [FilterLink("All councils", _list_url(programme, ALL), council is None)]
    links += [FilterLink(one.short_name, _list_url(programme, one.key), one == council) for one in councils]
    context = {
        "claims": claims,
        "page": page,
        "list_url": _list_url(programme, ""),
        "council": council,
        "links": links,
        "errors": errors,
        "selected": selected,
        "can_claim": bool(enters_for(user, councils)),
        "can_verify_several": claims.can_answer and (council is not None or len(signs_for(user)) == 1),
        "ageing": ageing_table(ageing_of(councils, found.waiting, as_of=today())),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "benefits/claim_list.html", context, status=status)


def _list_url(programme: Programme, council: str) -> str:
    url = reverse("benefits:claim_list", args=[programme.key])
    return f"{url}?{urlencode({'council': council})}" if council else url


def _council(request: HttpRequest, councils: list[Council]) -> Council | None:
    """The council asked for; else the first that the person signs for; else all. 404 for one not listed."""
    asked = request.GET.get("council", "")
    if asked == ALL:
        return None
    if asked:
        found = next((one for one in councils if one.key == asked), None)
        if found is None:
            raise Http404("There is no such council here")
        return found
    own = signs_for(person(request))
    return next((one for one in councils if one.pk in own), None)


def _keys(request: HttpRequest, name: str) -> frozenset[int]:
    return frozenset(ids_in(request.POST.getlist(name)))


def _verified_words(found: Verified) -> str:
    """48 amounts verified: £12,000.00 of cashable savings. 2 stay."""
    words = f"{count_of(len(found.done), 'amount')} verified: {found.claims.words}"
    stay = len(found.refused)
    return f"{words}. {stay:,} {'stays' if stay == 1 else 'stay'}" if stay else words


def _claim(request: HttpRequest, pk: int) -> Claim:
    claim = find_claim(pk, person(request), as_of=today())
    if claim is None:
        raise Http404("There is no such claim")
    return claim


def _forbid_or_pass(request: HttpRequest, claim: Claim) -> None:
    """Say why this person may not answer: to a page with 403; a form that is sent says it in its summary."""
    if request.method == "POST":
        return
    try:
        check_verify(person(request), claim.actual)
    except Refusal as said:
        raise PermissionDenied(said.message) from None


def _show_answer(
    request: HttpRequest, claim: Claim, form: AnswerForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"claim": claim, "form": form, "menu_page": SAVINGS_MENU, "has_action": True}
    if is_enhanced(request):
        return render(request, "benefits/claim_row.html", context, status=status)
    context |= programme_context(claim.actual.line.programme)
    return render(request, "benefits/claim_answer.html", context, status=status)


def _row(request: HttpRequest, claim: Claim, said: str = "") -> HttpResponse:
    context = {"claim": claim, "said": said, "has_action": True}
    return render(request, "benefits/claim_row.html", context)
