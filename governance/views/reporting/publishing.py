"""Signing a report, and how far its publication is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.htmx import is_enhanced
from governance.actions.reporting.publishing import cancel_publishing, retry_publishing, start_publishing
from governance.forms.reports import SignForm
from governance.models import PublishingJob
from governance.queries.reporting.checklist import checklist_of
from governance.queries.reporting.reports import steps_of, visible_reports
from governance.report_policies import can_edit, can_publish, check_publish, powers_of
from governance.tasks import deliver_report
from governance.views.reporting.context import readable_job
from governance.views.reporting.reports import MENU_PAGE, check_open, report_page
from programme.views.context import programme_context
from programme.views.recording import FORM, record_form, sent


@login_required
@require_http_methods(FORM)
def report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a draft and have it published."""
    user = person(request)
    report = get_object_or_404(visible_reports(user), pk=pk)
    check_open(report)
    try:
        check_publish(powers_of(user, report.programme), report)
    except Refusal as said:
        messages.error(request, said.message)
        return redirect(report)
    warnings = checklist_of(report).warnings
    form = SignForm(sent(request), draft=report, warns=bool(warnings))

    def save(data: Mapping[str, Any]) -> PublishingJob:
        return start_publishing(
            report, by=user, seen_version=data["seen_version"], reason=data["reason"], deliver=deliver_report
        )

    lead = " ".join(
        [
            "You sign it as senior responsible owner. It becomes a numbered edition that nobody can change.",
            *(f"{one.text}." for one in warnings),
        ]
    )
    page = report_page(report, f"Publish the report to {report.programme}", "Sign and publish", lead)
    return record_form(
        request, page, form, save, saved="It is being published", then=lambda job: job.get_absolute_url()
    )


@login_required
@require_safe
def publishing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the part that changes by itself where htmx asks for it."""
    job = readable_job(person(request), pk)
    powers = powers_of(person(request), job.report.programme)
    context = {
        **programme_context(job.report.programme),
        "job": job,
        "steps": steps_of(job),
        "can_cancel": job.is_running and can_edit(powers, job.report),
        "can_retry": job.can_be_retried and can_publish(powers),
        "menu_page": MENU_PAGE,
    }
    name = "publishing_state" if is_enhanced(request) else "publishing"
    return render(request, f"governance/reports/{name}.html", context)


@login_required
@require_POST
def publishing_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish nothing of it."""
    job = readable_job(person(request), pk)
    try:
        cancel_publishing(job, by=person(request))
    except Refusal as said:
        messages.error(request, said.message)
    return redirect(job)


@login_required
@require_POST
def publishing_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin it again."""
    job = readable_job(person(request), pk)
    try:
        retry_publishing(job, by=person(request), deliver=deliver_report)
    except (Refusal, Refusals) as said:
        messages.error(request, str(said))
    return redirect(job)
