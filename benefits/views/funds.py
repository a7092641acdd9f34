"""Funds for one-off costs: what councils paid in, what was drawn, what would go back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.fund import close_fund, open_fund, record_contribution, record_drawdown
from benefits.forms.budgets import ContributionForm, DrawdownForm, FundForm
from benefits.forms.fairness import FundClosingForm
from benefits.models import Fund, FundClosing, FundContribution, FundDrawdown
from benefits.policies import can_manage, check_manage, enters_for
from benefits.queries.funds import costs_to_draw, fund_balance, fund_statement, fund_statements
from benefits.views.claims import NOT_YOURS
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.rules.money import format_pounds
from programme.models import Council
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, record_form, sent


@login_required
@require_safe
def fund_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every fund of the programme with its balance."""
    user = person(request)
    programme = visible_programme(user, key)
    context = {
        "statements": fund_statements(programme),
        "can_manage": can_manage(user, programme),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/fund_list.html", context)


@login_required
@require_safe
def fund_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One fund: its entries, its balance, and what each council would get back."""
    user = person(request)
    fund = _fund(user, pk)
    context = {
        "statement": fund_statement(fund),
        "can_manage": can_manage(user, fund.programme),
        "can_enter": bool(enters_for(user, entering_councils(fund.programme))),
        "menu_page": SAVINGS_MENU,
        **programme_context(fund.programme),
    }
    return render(request, "benefits/fund_detail.html", context)


@login_required
@require_http_methods(FORM)
def fund_create(request: HttpRequest, key: str) -> HttpResponse:
    """Open a fund."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    crumb = list_crumb("Funds", "benefits:fund_list", programme)
    page = form_page(programme, "Open a fund", "Open the fund", crumb)

    def save(data: Mapping[str, Any]) -> Fund:
        return open_fund(programme, by=user, name=data["name"], pool=data["pool"])

    form = FundForm(sent(request), programme=programme)
    return record_form(request, page, form, save, saved="The fund is open")


@login_required
@require_http_methods(FORM)
def contribution_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a council paid into a fund."""
    user = person(request)
    fund = _fund(user, pk)
    councils = _own_councils(user, fund)
    page = form_page(
        fund.programme, "Record a payment", "Save the payment", (fund.name, fund.get_absolute_url())
    )

    def save(data: Mapping[str, Any]) -> FundContribution:
        return record_contribution(
            fund,
            by=user,
            council=data["council"],
            pence=data["amount"],
            paid_on=data["paid_on"],
            explanation=data["explanation"],
        )

    form = ContributionForm(sent(request), councils=councils)
    return record_form(request, page, form, save, saved="The payment is recorded")


@login_required
@require_http_methods(FORM)
def drawdown_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a fund paid of one actual one-off cost."""
    user = person(request)
    fund = _fund(user, pk)
    own = {council.pk for council in _own_councils(user, fund)}
    costs = [cost for cost in costs_to_draw(fund.programme) if cost.council_id in own]
    page = form_page(
        fund.programme,
        "Record a withdrawal",
        "Save the withdrawal",
        (fund.name, fund.get_absolute_url()),
        facts=(("Fund balance", format_pounds(fund_balance(fund))),),
    )

    def save(data: Mapping[str, Any]) -> FundDrawdown:
        return record_drawdown(
            fund, by=user, actual=data["actual"], pence=data["amount"], drawn_on=data["drawn_on"]
        )

    form = DrawdownForm(sent(request), costs=costs)
    return record_form(request, page, form, save, saved="The withdrawal is recorded")


@login_required
@require_http_methods(FORM)
def fund_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay back what is not spent, and close the fund."""
    user = person(request)
    fund = _fund(user, pk)
    check_manage(user, fund.programme)
    statement = fund_statement(fund)
    page = form_page(
        fund.programme,
        "Close the fund",
        "Pay back and close",
        (fund.name, fund.get_absolute_url()),
        lead=f"What is not spent goes back {statement.goes_back}. Nothing can be paid in or withdrawn after.",
        facts=tuple((str(share.council), format_pounds(share.unspent_pence)) for share in statement.shares),
    )

    def save(data: Mapping[str, Any]) -> FundClosing:
        return close_fund(fund, by=user, on=data["closed_on"])

    form = FundClosingForm(sent(request))
    return record_form(request, page, form, save, saved="The fund is closed")


def _fund(user: User, pk: int) -> Fund:
    funds = Fund.objects.visible_to(user).select_related("programme__partnership", "pool")
    return get_object_or_404(funds, pk=pk)


def _own_councils(user: User, fund: Fund) -> list[Council]:
    councils = enters_for(user, entering_councils(fund.programme))
    if not councils:
        raise PermissionDenied(NOT_YOURS)
    return councils
