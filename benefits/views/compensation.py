"""Whether any council is worse off, and what is paid between councils so that none is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from benefits import fairness_exports
from benefits.actions.council_payment import (
    confirm_council_payment,
    record_council_payment,
    reverse_council_payment,
)
from benefits.fairness_policies import check_pay, check_receive, pays_for, receives_for
from benefits.forms.fairness import CouncilPaymentForm, PaymentReversalForm, ReceiptForm
from benefits.models import CouncilPayment, PaymentReceipt
from benefits.queries.compensation import (
    CompensationBalance,
    TrackedCompensation,
    compensation_balance,
    holding,
    tracked_for,
)
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.no_worse_off import Standing, no_worse_off_tests
from benefits.tables import fairness
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.clock import today
from core.exports.responses import csv_response
from core.exports.tables import Table
from core.rules.assessment import Withheld
from core.rules.money import format_pounds
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, Crumb, FormPage, record_form, sent
from services.models import Compensation
from services.queries.business_cases import visible_cases
from services.queries.fairness import BASES

CSV_TABLES: dict[str, Callable[[CompensationBalance], Table[Any]]] = {
    "due": fairness_exports.balance_table,
    "payments": fairness_exports.payment_table,
}
REVERSED = "The payment is reversed"
_CASE = "compensation__business_case"


@login_required
@require_safe
def no_worse_off(request: HttpRequest, key: str) -> HttpResponse:
    """Each council’s own position on both bases: planned, so far with what is to come, and compensated."""
    user = person(request)
    programme = visible_programme(user, key)
    result = no_worse_off_tests(programme, user)
    tables = (fairness.cash_table(result), fairness.npv_table(result))
    context = {
        "result": result,
        "verdicts": [(test.standing.label, test.basis.label, test.verdict) for test in _said(result)],
        "tables": tables,
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/no_worse_off.html", context)


def _said(result: Any) -> list[Any]:
    return [result.on(standing, basis) for standing in (Standing.NOW, Standing.ORIGINAL) for basis in BASES]


@login_required
@require_safe
def no_worse_off_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The tests as a file, of every council or of the one whose key `council` gives."""
    user = person(request)
    result = no_worse_off_tests(visible_programme(user, key), user)
    table = fairness_exports.no_worse_off_table(result, request.GET.get("council", ""))
    return csv_response(table, f"{key}-no-worse-off-{result.as_of.isoformat()}")


@login_required
@require_safe
def compensation_page(request: HttpRequest, key: str) -> HttpResponse:
    """What is due, paid, confirmed and outstanding between the councils, and every payment."""
    user = person(request)
    programme = visible_programme(user, key)
    balance = compensation_balance(programme, user)
    councils = entering_councils(programme)
    columns = tuple(PartnerCouncil.of(council) for council in councils)
    context = {
        "balance": balance,
        "as_of": today(),
        "late": [(one, row) for one in balance.agreed for row in one.rows if row.year.is_late(today())],
        "due": fairness.balance_table(balance),
        "by_council": fairness.council_table(balance, columns),
        "pays": {council.pk for council in pays_for(user, councils)},
        "receives": {council.pk for council in receives_for(user, councils)},
        "user_pk": user.pk,
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/compensation_page.html", context)


@login_required
@require_safe
def compensation_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """What is due, or every payment, as a file; `table` names it."""
    user = person(request)
    programme = visible_programme(user, key)
    name = request.GET.get("table", "due")
    if name not in CSV_TABLES:
        raise Http404("There is no such table")
    balance = compensation_balance(programme, user)
    return csv_response(CSV_TABLES[name](balance), f"{key}-compensation-{name}-{today().isoformat()}")


@login_required
@require_http_methods(FORM)
def council_payment_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a council paid under an arrangement."""
    user = person(request)
    compensation, tracked = _tracked(user, pk)
    payers = pays_for(user, _payers(tracked))
    if not payers:
        raise PermissionDenied("Only a finance officer of a council that pays can record a payment")
    fys = dict.fromkeys(row.year.fy for row in tracked.rows)
    page = _page(
        compensation,
        "Record a payment",
        "Save the payment",
        (("For", compensation.beneficiary), ("Still due", format_pounds(tracked.outstanding_pence))),
    )

    def save(data: Mapping[str, Any]) -> CouncilPayment:
        return record_council_payment(
            compensation,
            by=user,
            payer=data["payer"],
            fy=data["fy"],
            pence=data["amount"],
            paid_on=data["paid_on"],
            evidence=data["evidence"],
        )

    form = CouncilPaymentForm(sent(request), payers=payers, fys=fys)
    return record_form(request, page, form, save, saved="The payment is recorded")


@login_required
@require_http_methods(FORM)
def council_payment_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a payment has come."""
    user = person(request)
    payment = _payment(user, pk)
    check_receive(user, payment.receiver)
    noun = "reversal" if payment.reverses_id else "payment"
    page = _page(payment.compensation, f"Confirm a {noun}", f"Confirm the {noun}", _facts(payment))

    def save(data: Mapping[str, Any]) -> PaymentReceipt:
        return confirm_council_payment(payment, by=user, received_on=data["received_on"])

    form = ReceiptForm(sent(request), is_reversal=bool(payment.reverses_id))
    return record_form(request, page, form, save, saved=f"The {noun} is confirmed")


@login_required
@require_http_methods(FORM)
def council_payment_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment back that was entered wrongly."""
    user = person(request)
    payment = _payment(user, pk)
    check_pay(user, payment.payer)
    page = _page(payment.compensation, "Reverse a payment", "Reverse the payment", _facts(payment))

    def save(data: Mapping[str, Any]) -> CouncilPayment:
        return reverse_council_payment(payment, by=user, reason=data["reason"])

    form = PaymentReversalForm(sent(request))
    saved = f"The reversal waits for {payment.receiver} to confirm it" if payment.is_confirmed else REVERSED
    return record_form(request, page, form, save, saved=saved)


def _tracked(user: User, pk: int) -> tuple[Compensation, TrackedCompensation]:
    """The arrangement, or nothing there (404); refused (403) where it is withheld from this person."""
    rows = Compensation.objects.filter(business_case__in=visible_cases(user))
    found = get_object_or_404(
        rows.select_related("beneficiary", "business_case__programme__partnership"), pk=pk
    )
    tracked = tracked_for(found, user)
    if isinstance(tracked, Withheld):
        raise PermissionDenied(tracked.reason)
    return found, tracked


def _payment(user: User, pk: int) -> CouncilPayment:
    rows = CouncilPayment.objects.visible_to(user).select_related(
        "payer",
        "receiver",
        "compensation__beneficiary",
        "compensation__business_case__programme__partnership",
    )
    payment = get_object_or_404(rows, pk=pk)
    tracked = holding(payment, user)
    if isinstance(tracked, Withheld):
        raise PermissionDenied(tracked.reason)
    return payment


def _payers(tracked: TrackedCompensation) -> list[Any]:
    return list({row.payer.pk: row.payer for row in tracked.rows}.values())


def _facts(payment: CouncilPayment) -> tuple[tuple[str, object], ...]:
    return (
        ("From", payment.payer),
        ("To", payment.receiver),
        ("Amount", format_pounds(payment.amount_pence)),
        ("Entered by", payment.entered_by),
    )


def _page(
    compensation: Compensation, heading: str, save: str, facts: tuple[tuple[str, object], ...]
) -> FormPage:
    programme = compensation.business_case.programme
    crumb: Crumb = list_crumb("Compensation", "benefits:compensation_page", programme)
    return form_page(programme, heading, save, crumb, facts=facts)
