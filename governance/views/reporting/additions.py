"""What only the exempt version of a report says: added to its texts, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.clock import now
from governance.actions.reporting.additions import add_exempt_words, change_exempt_words
from governance.exempt_grants import is_granted
from governance.forms.additions import AdditionForm, NewAdditionForm
from governance.models import Report, ReportAddition
from governance.report_policies import check_edit, check_open_exempt, powers_of
from governance.views.reporting.context import readable_addition, readable_report
from governance.views.reporting.reports import check_open, report_page
from programme.views.recording import FORM, record_form, sent

LEAD = (
    "It is withheld at once, and the open version says why. A monitoring officer then certifies it or "
    "releases it."
)
NOT_OPENED = (
    "You have not opened its text in the last 15 minutes, so the sentence that stands for it is shown. Leave "
    "that as it is to keep the text, or type another."
)
OPENED = "Leave the text empty to take the addition away."


@login_required
@require_http_methods(FORM)
def report_addition_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to a text what only the exempt version shows."""
    user = person(request)
    report = readable_report(user, pk)
    _check(request, report)
    form = NewAdditionForm(sent(request), report=report)

    def save(data: Mapping[str, Any]) -> ReportAddition:
        return add_exempt_words(report, by=user, place=data["place"], words=form.words())

    page = report_page(report, "Add to the exempt version", "Save the addition", LEAD)
    return record_form(request, page, form, save, saved="The exempt version says it")


@login_required
@require_http_methods(FORM)
@cache_control(no_store=True, private=True)
def report_addition_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an addition; who has not just opened it reads the sentence that stands for its text."""
    user = person(request)
    addition = readable_addition(user, pk)
    _check(request, addition.report)
    is_opened = is_granted(request.session, addition, now())
    form = AdditionForm(sent(request), addition=addition, is_opened=is_opened)

    def save(data: Mapping[str, Any]) -> ReportAddition:
        return change_exempt_words(addition, by=user, seen_version=data["seen_version"], words=form.words())

    lead = OPENED if is_opened else f"{NOT_OPENED} {OPENED}"
    page = report_page(addition.report, str(addition), "Save the addition", lead)
    return record_form(request, page, form, save, saved="The addition is saved")


def _check(request: HttpRequest, report: Report) -> None:
    powers = powers_of(person(request), report.programme)
    check_edit(powers, report)
    check_open_exempt(powers, report.council_id)
    check_open(report)
