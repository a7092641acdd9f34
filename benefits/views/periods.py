"""Months that the councils of a programme have closed, and exceptions to that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.period import close_period, grant_exception
from benefits.forms.periods import CloseForm, ExceptionForm
from benefits.models import CloseException, PeriodClose
from benefits.policies import check_grant_exception, closes_for
from benefits.queries.periods import close_list
from benefits.rules.entry import month_span
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.clock import london_date
from core.rules.calendar import format_date
from programme.models import Programme
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, Crumb, record_form, sent

NOT_YOURS = "Only a finance or section 151 officer of a partner council can close its months"


@login_required
@require_safe
def period_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every closed month of the partner councils, the latest first, with who may still enter amounts."""
    programme = visible_programme(person(request), key)
    context = {
        "closes": close_list(programme, person(request)),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/period_list.html", context)


@login_required
@require_http_methods(FORM)
def period_close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a month of one's council."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = closes_for(user, entering_councils(programme))
    if not councils:
        raise PermissionDenied(NOT_YOURS)
    page = form_page(
        programme,
        "Close a month",
        "Close the month",
        _crumb(programme),
        lead="The council then takes no more amounts of that month, in any programme. It cannot be opened "
        "again; its section 151 officer can make exceptions.",
    )
    form = CloseForm(sent(request), programme=programme, councils=councils)

    def save(data: Mapping[str, Any]) -> PeriodClose:
        fy, period = data["month"]
        return close_period(data["council"], by=user, fy=fy, period=period)

    return record_form(request, page, form, save, saved="The month is closed")


@login_required
@require_http_methods(FORM)
def exception_create(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let one officer enter amounts of a closed month up to a day."""
    user = person(request)
    programme = visible_programme(user, key)
    rows = PeriodClose.objects.filter(council__in=entering_councils(programme)).select_related("council")
    close = get_object_or_404(rows, pk=pk)
    check_grant_exception(user, close.council)
    page = form_page(
        programme,
        "Make an exception",
        "Make the exception",
        _crumb(programme),
        facts=(
            ("Council", close.council),
            ("Month", month_span(close.fy, close.period)),
            ("Closed on", format_date(london_date(close.entered_at))),
        ),
    )
    form = ExceptionForm(sent(request), council=close.council, but=user)

    def save(data: Mapping[str, Any]) -> CloseException:
        return grant_exception(
            close, by=user, user=data["user"], until_on=data["until_on"], reason=data["reason"]
        )

    return record_form(request, page, form, save, saved="The exception is recorded")


def _crumb(programme: Programme) -> Crumb:
    return list_crumb("Closed months", "benefits:period_list", programme)
