"""Benefits reports of a programme: the list, a draft, its texts, its preview and its checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.publishing.screen import has_charts, screen_sections
from governance.actions.reporting.drafts import NOT_A_DRAFT, edit_report, start_report, withdraw_report
from governance.enums import ReportState
from governance.forms.reports import NewReportForm, ReportTextsForm, WithdrawForm
from governance.models import Report
from governance.queries.reporting.checklist import checklist_of
from governance.queries.reporting.drafts import additions_of, draft_content, facts_of, next_number
from governance.queries.reporting.history import report_history
from governance.queries.reporting.reports import programme_reports
from governance.report_policies import (
    can_draft,
    can_edit,
    can_open_exempt,
    can_publish,
    check_draft,
    check_edit,
    powers_of,
)
from governance.reporting.summary import drafted
from governance.rules.reports import NARRATED
from governance.views.reporting.context import readable_report
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "governance:decision_list"


@login_required
@require_safe
def report_list(request: HttpRequest, key: str) -> HttpResponse:
    """Editions, and drafts for those who work on them."""
    user = person(request)
    programme = visible_programme(user, key)
    context = {
        **programme_context(programme),
        "reports": programme_reports(programme, powers_of(user, programme)),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/list.html", context)


@login_required
@require_http_methods(FORM)
def report_create(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a draft."""
    user = person(request)
    programme = visible_programme(user, key)
    found = programme_reports(programme, powers_of(user, programme))
    if not found.can_draft:
        check_draft(powers_of(user, programme), None)
    form = NewReportForm(sent(request), councils=found.councils, can_draft_jointly=found.can_draft_jointly)

    def save(data: Mapping[str, Any]) -> Report:
        return start_report(programme, by=user, new=form.new())

    page = form_page(programme, "Begin a benefits report", "Begin the draft", _list_url(programme))
    return record_form(
        request, page, form, save, saved="The draft is begun", then=lambda row: row.get_absolute_url()
    )


@login_required
@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: its texts, what happened to it, and what comes next."""
    user, report = _readable(request, pk)
    powers = powers_of(user, report.programme)
    context = {
        **programme_context(report.programme),
        "report": report,
        "texts": _texts(report),
        "additions": additions_of(report),
        "may_add": can_edit(powers, report) and can_open_exempt(powers, report.council_id),
        "history": report_history(report),
        "job": report.jobs.first(),
        "is_draft": report.state == ReportState.DRAFT,
        "can_edit": can_edit(powers, report),
        "can_draft": can_draft(powers, report.council_id),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/detail.html", context)


@login_required
@require_http_methods(FORM)
def report_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the texts of a draft."""
    user, report = _readable(request, pk)
    check_edit(powers_of(user, report.programme), report)
    check_open(report)
    form = ReportTextsForm(sent(request), report=report)

    def save(data: Mapping[str, Any]) -> Report:
        return edit_report(report, by=user, seen_version=data["seen_version"], texts=form.texts())

    page = report_page(report, "Write the report", "Save the texts", _drafted_now(request, report))
    return record_form(request, page, form, save, saved="The texts are saved")


@login_required
@require_safe
def report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as its open version would be published now."""
    _, report = _readable(request, pk)
    content = draft_content(report, number=next_number(report.programme_id, report.council_id))
    context = {
        **programme_context(report.programme),
        "report": report,
        "content": content,
        "sections": screen_sections(content, is_traced=True),
        "has_charts": has_charts(content),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/preview.html", context)


@login_required
@require_safe
def report_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, not verified, out of date, exempt or not answered."""
    user, report = _readable(request, pk)
    context = {
        **programme_context(report.programme),
        "report": report,
        "checklist": checklist_of(report),
        "can_publish": can_publish(powers_of(user, report.programme)) and report.state == ReportState.DRAFT,
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/check.html", context)


@login_required
@require_http_methods(FORM)
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    user, report = _readable(request, pk)
    name = str(report.council or "")
    check_draft(powers_of(user, report.programme), report.council_id, name)
    check_open(report)

    def save(data: Mapping[str, Any]) -> Report:
        return withdraw_report(report, by=user, seen_version=data["seen_version"], why=data["why"])

    page = report_page(
        report, "Give the draft up", "Give it up", "Nothing of it is published. It stays on record."
    )
    form = WithdrawForm(sent(request), draft=report)
    return record_form(
        request, page, form, save, saved="The draft is given up", then=lambda row: _list_url(row.programme)
    )


def check_open(report: Report) -> None:
    """Refuse a form about what is no draft any more."""
    if report.state != ReportState.DRAFT:
        raise PermissionDenied(NOT_A_DRAFT.format(str(report.get_state_display()).lower()))


def form_page(programme: Programme, heading: str, save: str, back_url: str, lead: str = "") -> FormPage:
    """A form about the reports of a programme."""
    return FormPage(
        heading,
        programme.name,
        save,
        back_url,
        ((programme.name, programme.get_absolute_url()), ("Benefits reports", _list_url(programme))),
        lead=lead,
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )


def report_page(report: Report, heading: str, save: str, lead: str = "") -> FormPage:
    """A form about one report."""
    return form_page(report.programme, heading, save, report.get_absolute_url(), lead)


def _drafted_now(request: HttpRequest, report: Report) -> str:
    """What a summary that nobody writes says, for who is about to write one."""
    if report.summary or request.method != "GET":
        return ""
    return f"Left empty, the summary says: {' '.join(drafted(facts_of(report)).split())}"


def _readable(request: HttpRequest, pk: int) -> tuple[User, Report]:
    user = person(request)
    return user, readable_report(user, pk)


def _list_url(programme: Programme) -> str:
    return reverse("governance:report_list", args=[programme.key])


def _texts(report: Report) -> list[tuple[str, str]]:
    """Every text with its name; what is empty says what stands in its place."""
    texts = [
        ("Summary", report.summary or "Drafted from the figures"),
        ("What scrutiny is asked to do", report.request or "To note the report"),
        ("Dis-benefits", report.disbenefits or "Not said yet"),
        ("How far pay and terms are harmonised", report.harmonisation or "Not said yet"),
        ("When the next report comes", report.next_report or "Not said yet"),
    ]
    if report.what_changed:
        texts.insert(0, ("What the correction changes", report.what_changed))
    own = report.narratives
    return [
        *texts,
        *((f"{number}. {title}", own[number]) for number, title in NARRATED.items() if number in own),
    ]
