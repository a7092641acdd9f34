"""The agenda pack and the decision list of a meeting, as a page to print and as PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.exports.pdf import PdfUnavailableError, pdf_bytes, pdf_response
from governance.actions.bodies import scope_of
from governance.queries.meetings import meetings_of
from governance.queries.pack import meeting_pack
from governance.views.bodies import MENU_PAGE

PACK, DECISIONS = "pack", "decisions"
_NAMES = {PACK: "Agenda pack", DECISIONS: "Decision list"}


@login_required
@require_safe
def meeting_pack_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The agenda, its papers and the texts of its decisions; or what was decided, to print."""
    context = _shown(request, pk, kind)
    context |= {"councils": context["pack"].councils, "menu_page": MENU_PAGE}
    return render(request, f"governance/pack_{kind}_page.html", context)


@login_required
@require_safe
def meeting_pack_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as tagged PDF; where PDF files cannot be made, the page to print."""
    context = _shown(request, pk, kind)
    try:
        content = pdf_bytes(f"governance/pack_{kind}_document.html", context)
    except PdfUnavailableError as said:
        messages.error(request, str(said))
        return redirect("governance:meeting_pack", pk, kind)
    day = context["pack"].day.isoformat()
    return pdf_response(content, f"{_NAMES[kind]} {context['body'].name} {day}")


def _shown(request: HttpRequest, pk: int, kind: str) -> dict[str, Any]:
    user = person(request)
    meeting = get_object_or_404(meetings_of(user), pk=pk)
    return {
        "meeting": meeting,
        "body": meeting.body,
        "owner": scope_of(meeting.body),
        "pack": meeting_pack(meeting, user),
        "name": _NAMES[kind],
        "kind": kind,
    }
