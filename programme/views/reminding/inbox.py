"""The inbox: what a person was told, whether or not it came by mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from programme.actions.reminding.inbox import mark_read
from programme.queries.reminding.inbox import inbox_of, inbox_rows
from programme.views.links import filter_link

A_PAGE = 25
ALL = "all"
LONGEST_KEY = 19


@login_required
@require_safe
def inbox_list(request: HttpRequest) -> HttpResponse:
    """What waits to be ticked off, or everything, the latest first."""
    user = person(request)
    is_unread = request.GET.get("show") != ALL
    page = Paginator(inbox_of(user, is_unread=is_unread), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": inbox_rows(page, user),
        "links": [filter_link(request, "show", *way) for way in (("", "Unread"), (ALL, "All"))],
        "is_unread": is_unread,
    }
    return render(request, "programme/reminding/inbox.html", context)


@login_required
@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Tick off one, or everything where none is named."""
    chosen = request.POST.get("reminder")
    keys = [int(chosen)] if chosen and chosen.isdecimal() and len(chosen) < LONGEST_KEY else []
    mark_read(by=person(request), reminders=None if chosen is None else keys)
    return redirect("programme:inbox_list")
