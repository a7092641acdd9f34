"""The agenda pack, the whole pack and the decision list of a meeting, as a page to print and as PDF."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import now
from core.exports.pdf import PdfUnavailableError, pdf_bytes, pdf_response
from core.models import Publication
from core.publishing.paper import paper_sections
from core.publishing.screen import has_charts, screen_sections
from core.rules.words import count_of
from governance.actions.bodies import scope_of
from governance.actions.packs import open_pack
from governance.exempt_grants import grant, is_granted
from governance.packs.whole import whole_pack
from governance.publication_policies import can_open, powers_of
from governance.queries.exempt import place_of
from governance.queries.meetings import meetings_of
from governance.queries.openable import openable_in
from governance.queries.pack import Opened, meeting_pack, nothing
from governance.views.bodies import MENU_PAGE

PACK, DECISIONS, FULL, EXEMPT = "pack", "decisions", "full", "exempt"
_NAMES = {
    PACK: "Agenda pack",
    DECISIONS: "Decision list",
    FULL: "Meeting pack",
    EXEMPT: "Meeting pack, exempt version",
}
_PARTS = {EXEMPT: FULL}


@login_required
@require_safe
@cache_control(no_store=True, private=True)
def meeting_pack_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The agenda, its papers and the texts of its decisions; the same with how things stand and what was
    agreed before; or what was decided, to print."""
    context = _shown(request, pk, kind)
    pack = context["pack"]
    if kind == EXEMPT and not pack.is_exempt:
        return redirect("governance:meeting_pack", pk, FULL)
    openable = openable_in(pack, person(request)) if kind == FULL else []
    context |= {
        "councils": pack.councils,
        "menu_page": MENU_PAGE,
        "root": "",
        "openable": count_of(len(openable), "withheld item") if openable else "",
        "openable_them": "it" if len(openable) == 1 else "them",
    }
    if whole := context.get("whole"):
        context |= {
            "standing": screen_sections(whole.standing),
            "closing": screen_sections(whole.closing),
            "has_charts": has_charts(whole.standing),
        }
    return render(request, "governance/packs/page.html", context)


@login_required
@require_safe
def meeting_pack_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as tagged PDF; where PDF files cannot be made, the page to print."""
    context = _shown(request, pk, kind) | {"root": settings.BASE_URL.rstrip("/")}
    if kind == EXEMPT and not context["pack"].is_exempt:
        return redirect("governance:meeting_pack", pk, FULL)
    if whole := context.get("whole"):
        context |= {"standing": paper_sections(whole.standing), "closing": paper_sections(whole.closing)}
    try:
        content = pdf_bytes("governance/packs/document.html", context)
    except PdfUnavailableError as said:
        messages.error(request, str(said))
        return redirect("governance:meeting_pack", pk, kind)
    day = context["pack"].day.isoformat()
    return pdf_response(content, f"{_NAMES[kind]} {context['body'].name} {day}")


@login_required
@require_POST
def meeting_pack_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the person opens what they may; the exempt version holds it for a quarter of an hour."""
    meeting = get_object_or_404(meetings_of(person(request)), pk=pk)
    opened = open_pack(meeting, by=person(request))
    for item in opened:
        grant(request.session, item, now())
    return redirect("governance:meeting_pack", pk, EXEMPT if opened else FULL)


def _shown(request: HttpRequest, pk: int, kind: str) -> dict[str, Any]:
    user = person(request)
    meeting = get_object_or_404(meetings_of(user), pk=pk)
    pack = meeting_pack(meeting, user, _opened(request, user) if kind == EXEMPT else nothing)
    context = {
        "meeting": meeting,
        "body": meeting.body,
        "owner": scope_of(meeting.body),
        "pack": pack,
        "name": _NAMES[kind],
        "kind": kind,
        "part": f"governance/packs/{_PARTS.get(kind, kind)}.html",
    }
    return context | ({"whole": whole_pack(meeting, pack, user)} if kind in (FULL, EXEMPT) else {})


def _opened(request: HttpRequest, user: User) -> Opened:
    """What this session has opened a moment ago, and its person may still open."""
    powers, at = powers_of(user), now()

    @cache
    def opened(item: Publication) -> bool:
        return is_granted(request.session, item, at) and can_open(powers, item, place_of(item))

    return opened
