"""Budgets of the councils and what was taken out of them for savings."""

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
from benefits.actions.budget import (
    Reduction,
    record_budget_line,
    record_budget_reduction,
    update_budget_line,
    withdraw_budget_reduction,
)
from benefits.forms.budgets import BudgetForm, ReductionForm
from benefits.forms.claims import ReasonForm
from benefits.models import BudgetLine, BudgetReduction
from benefits.policies import budgets_for, check_enter_budgets
from benefits.queries.budgets import budget_rows
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.rules.calendar import format_fy
from core.rules.money import format_pounds
from programme.models import Council, Programme
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, Crumb, record_form, sent

NOT_YOURS = "Only a finance officer of a partner council can record budgets. You can read them"


@login_required
@require_safe
def budget_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every budget line of the partner councils, with what was taken out of it for which saving."""
    user = person(request)
    programme = visible_programme(user, key)
    own = {council.pk for council in budgets_for(user, entering_councils(programme))}
    context = {
        "rows": budget_rows(programme),
        "own": own,
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/budget_list.html", context)


@login_required
@require_http_methods(FORM)
def budget_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record the budget of one ledger code in one year."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = _own_councils(user, programme)
    page = form_page(programme, "Record a budget", "Save the budget", _crumb(programme))
    form = BudgetForm(sent(request), councils=councils, first_fy=programme.base_fy)

    def save(data: Mapping[str, Any]) -> BudgetLine:
        return record_budget_line(
            data["council"],
            by=user,
            ledger_code=data["ledger_code"],
            fy=data["fy"],
            budget_pence=data["budget"],
            name=data["name"],
        )

    return record_form(request, page, form, save, saved="The budget is recorded")


@login_required
@require_http_methods(FORM)
def budget_update(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Change the amount or the name of a budget."""
    user = person(request)
    programme = visible_programme(user, key)
    rows = BudgetLine.objects.filter(council__in=entering_councils(programme)).select_related("council")
    budget_line = get_object_or_404(rows, pk=pk)
    check_enter_budgets(user, budget_line.council)
    page = form_page(
        programme,
        f"Change code {budget_line.ledger_code}",
        "Save the budget",
        _crumb(programme),
        facts=(("Council", budget_line.council), ("Financial year", format_fy(budget_line.fy))),
    )

    def save(data: Mapping[str, Any]) -> BudgetLine:
        return update_budget_line(
            budget_line,
            by=user,
            seen_version=data["seen_version"] or 0,
            budget_pence=data["budget"],
            name=data["name"],
        )

    form = BudgetForm(sent(request), budget_line=budget_line)
    return record_form(request, page, form, save, saved="The budget is saved")


@login_required
@require_http_methods(FORM)
def reduction_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record what was taken out of a budget for a saving."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = _own_councils(user, programme)
    page = form_page(
        programme,
        "Record a budget reduction",
        "Save the reduction",
        _crumb(programme),
        lead="A cashable saving can be verified once the budget that was reduced for it is recorded.",
    )
    form = ReductionForm(sent(request), programme=programme, councils=councils)

    def save(data: Mapping[str, Any]) -> BudgetReduction:
        budget: BudgetLine = data["ledger_code"]
        reduction = Reduction(data["line"], budget.council, budget.ledger_code, budget.fy, data["amount"])
        return record_budget_reduction(reduction, by=user, not_same_reason=data["not_same_reason"])

    return record_form(request, page, form, save, saved="The reduction is recorded")


@login_required
@require_http_methods(FORM)
def reduction_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a reduction that was entered wrongly."""
    user = person(request)
    rows = BudgetReduction.objects.visible_to(user).select_related(
        "line__programme__partnership", "budget_line__council"
    )
    reduction = get_object_or_404(rows, pk=pk)
    budget = reduction.budget_line
    check_enter_budgets(user, budget.council)
    page = form_page(
        reduction.line.programme,
        "Withdraw a budget reduction",
        "Withdraw this reduction",
        _crumb(reduction.line.programme),
        lead="It stays on record, and counts no more.",
        facts=(
            ("Saving", reduction.line.title),
            ("Budget", f"{budget.council}, {format_fy(budget.fy)}, {budget}"),
            ("Amount", format_pounds(reduction.amount_pence)),
        ),
    )

    def save(data: Mapping[str, Any]) -> BudgetReduction:
        return withdraw_budget_reduction(reduction, by=user, reason=data["reason"])

    return record_form(request, page, ReasonForm(sent(request)), save, saved="The reduction is withdrawn")


def _own_councils(user: User, programme: Programme) -> list[Council]:
    councils = budgets_for(user, entering_councils(programme))
    if not councils:
        raise PermissionDenied(NOT_YOURS)
    return councils


def _crumb(programme: Programme) -> Crumb:
    return list_crumb("Budgets and reductions", "benefits:budget_list", programme)
