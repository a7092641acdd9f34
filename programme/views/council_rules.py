"""A council's own rules about decisions, and its days of closure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from core.clock import today
from core.errors import Refusal
from programme.actions.council_rules import (
    record_closure,
    record_council_rules,
    withdraw_closure,
    withdraw_council_rules,
)
from programme.forms.council_rules import ClosureForm, CouncilRulesForm
from programme.models import Council, CouncilClosure, CouncilSetting
from programme.policies import can_set_rules, check_set_rules
from programme.queries.council_rules import council_rules, current_rules
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "programme:partnership_list"
_LEAD = (
    "The rules of today stay as they are up to the day before. Decisions already taken keep the rules "
    "they were taken under."
)


@login_required
@require_safe
def council_rules_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The council's rules of today, to come and before, and when it is closed."""
    user, council = person(request), _council(request, key)
    context = {
        "council": council,
        "rules": council_rules(council, today()),
        "can_set": can_set_rules(user, council),
        "menu_page": MENU_PAGE,
    }
    return render(request, "programme/council_rules_detail.html", context)


@login_required
@require_http_methods(FORM)
def council_rules_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record rules from a new day on."""
    user, council = person(request), _council(request, key)
    check_set_rules(user, council)
    current = current_rules(council, today())
    form = CouncilRulesForm(sent(request), current=current.setting if current else None)

    def save(data: Mapping[str, Any]) -> models.Model:
        return record_council_rules(council, by=user, rules=form.rules())

    page = _page(council, "New rules for decisions", "Save the rules", lead=_LEAD)
    return record_form(request, page, form, save, saved="The rules are recorded")


@login_required
@require_http_methods(FORM)
def closure_create(request: HttpRequest, key: str) -> HttpResponse:
    """Record a day on which the council is closed."""
    user, council = person(request), _council(request, key)
    check_set_rules(user, council)

    def save(data: Mapping[str, Any]) -> models.Model:
        return record_closure(council, by=user, day_on=data["day_on"], reason=data["reason"])

    lead = "It is no working day of this council: call-in and notice pass over it, beside bank holidays."
    page = _page(council, "A day of closure", "Save the day", lead=lead)
    return record_form(request, page, ClosureForm(sent(request)), save, saved="The day is recorded")


@login_required
@require_POST
def council_rules_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back rules that have not begun."""
    settings = CouncilSetting.objects.visible_to(person(request)).select_related("council")
    setting = get_object_or_404(settings, pk=pk)
    try:
        withdraw_council_rules(setting, by=person(request))
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, "The rules are taken back")
    return redirect("programme:council_rules_detail", setting.council.key)


@login_required
@require_POST
def closure_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a day of closure to come."""
    closures = CouncilClosure.objects.visible_to(person(request)).select_related("council")
    closure = get_object_or_404(closures, pk=pk)
    try:
        withdraw_closure(closure, by=person(request))
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, "The day is taken back")
    return redirect("programme:council_rules_detail", closure.council.key)


def _council(request: HttpRequest, key: str) -> Council:
    return get_object_or_404(Council.objects.visible_to(person(request)), key=key)


def _page(council: Council, heading: str, save: str, lead: str) -> FormPage:
    url = reverse("programme:council_rules_detail", args=[council.key])
    crumbs = ((council.short_name, council.get_absolute_url()), ("How it decides", url))
    return FormPage(heading, council.name, save, url, crumbs, lead=lead, menu_page=MENU_PAGE)
