"""The forward plan, the notice of a key decision, and what waits for one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.pdf import PdfUnavailableError, pdf_bytes, pdf_response
from core.exports.responses import csv_response
from governance.exports import forward_plan_table
from governance.models import CouncilDecision, Decision
from governance.queries.forward_plan import ForwardPlan, PlanEntry, forward_plan, plan_entry
from governance.queries.my_approvals import my_approvals
from programme.models import Council, Programme
from programme.queries.milestones import known_on
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from programme.views.links import FilterLink, filter_link

MENU_PAGE = "governance:decision_list"


@login_required
@require_safe
def forward_plan_page(request: HttpRequest, key: str) -> HttpResponse:
    """What each council is to decide in the next twelve months."""
    programme = visible_programme(person(request), key)
    councils = partner_councils(programme.partnership_id)
    context = {
        "programme": programme,
        "councils": councils,
        "plan": _plan(request, programme),
        "links": _links(request, councils),
        "query": request.GET.urlencode(),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/forward_plan.html", context)


@login_required
@require_safe
def forward_plan_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The forward plan as a file, with the same choice of rows."""
    programme = visible_programme(person(request), key)
    return csv_response(forward_plan_table(_plan(request, programme)), f"{programme.key}-forward-plan")


@login_required
@require_safe
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of one council's key decision."""
    entry = _entry(request, pk)
    return render(request, "governance/notice_page.html", _notice(entry) | {"menu_page": MENU_PAGE})


@login_required
@require_safe
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as tagged PDF; where PDF files cannot be made, the page to print."""
    entry = _entry(request, pk)
    try:
        content = pdf_bytes("governance/notice_document.html", _notice(entry))
    except PdfUnavailableError as said:
        messages.error(request, str(said))
        return redirect("governance:notice_page", pk)
    return pdf_response(content, f"Key decision notice {entry.decision.ref} {entry.answer.council}")


@login_required
@require_safe
def my_approvals_page(request: HttpRequest) -> HttpResponse:
    """Everything about decisions that waits for the person."""
    context = {
        "waiting": my_approvals(person(request), as_of=today()),
        "today": today(),
    }
    return render(request, "governance/my_approvals.html", context)


def _plan(request: HttpRequest, programme: Programme) -> ForwardPlan:
    return forward_plan(
        programme,
        as_of=known_on(programme, today()),
        council=request.GET.get("council", ""),
        only_key=request.GET.get("key") == "yes",
    )


def _links(request: HttpRequest, councils: list[Council]) -> list[FilterLink]:
    return [
        filter_link(request, "council", "", "All councils"),
        *(filter_link(request, "council", one.key, one.short_name) for one in councils),
        filter_link(request, "key", "yes", "Key decisions only"),
    ]


def _entry(request: HttpRequest, pk: int) -> PlanEntry:
    """The decision to come of one council; nothing there where no notice is needed or no day is set."""
    visible = Decision.objects.visible_to(person(request)).values("pk")
    asked = get_object_or_404(CouncilDecision.objects.filter(decision__in=visible), pk=pk)
    entry = plan_entry(asked, as_of=today())
    if entry is None or not entry.needs_notice:
        raise Http404
    return entry


def _notice(entry: PlanEntry) -> dict[str, Any]:
    return {"entry": entry, "programme": entry.decision.programme, "council": entry.asked.council}
