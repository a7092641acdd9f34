"""One's own calendar feeds, and the feed itself, which needs no sign-in but the secret in its address."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import now, today
from core.exports.ical import calendar_bytes, calendar_mark, calendar_response
from programme.actions.calendar_feed import make_feed, revoke_feed, token_hash
from programme.forms.calendar_feed import FeedForm
from programme.models import Council, Programme
from programme.queries.calendar_feeds import events_of, feed_address, feeds_of, working_feed


@login_required
@require_safe
def calendar_feed_list(request: HttpRequest) -> HttpResponse:
    """The feeds that work, and a form for another."""
    user = person(request)
    return render(request, "programme/calendar_feed_list.html", _context(user, _form(user)))


@login_required
@never_cache
@require_POST
def calendar_feed_create(request: HttpRequest) -> HttpResponse:
    """Make a feed and show its address this once."""
    user = person(request)
    form = _form(user, request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "programme/calendar_feed_list.html", _context(user, form), status=status)
    _, token = make_feed(by=user, **form.chosen())
    context = _context(user, _form(user)) | {"address": feed_address(token)}
    return render(request, "programme/calendar_feed_list.html", context)


@login_required
@require_POST
def calendar_feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a feed's address stop working."""
    user = person(request)
    revoke_feed(get_object_or_404(feeds_of(user), pk=pk), by=user)
    messages.success(request, "The address no longer works")
    return redirect("programme:calendar_feed_list")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The feed of a secret; nothing there once it is revoked, and no body where nothing changed (304).

    Only the tag tells that: an event that is taken away, or may no longer be read, leaves no moment behind.
    """
    feed = working_feed(token_hash(token))
    if feed is None:
        raise Http404
    name, events = f"Concordat: {feed}", events_of(feed, as_of=today())
    mark = f'W/"{calendar_mark(name, events)}"'
    response = calendar_response(calendar_bytes(name, events, made_at=now()), "concordat")
    response.headers["ETag"] = mark
    changed_at = max((event.changed_at for event in events if event.changed_at), default=feed.created_at)
    response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return get_conditional_response(request, etag=mark, response=response) or response


def _form(user: User, data: Any = None) -> FeedForm:
    programmes = Programme.objects.visible_to(user).order_by("name")
    councils = Council.objects.visible_to(user).order_by("short_name")
    return FeedForm(data, programmes=list(programmes), councils=list(councils))


def _context(user: User, form: FeedForm) -> dict[str, Any]:
    return {"form": form, "feeds": feeds_of(user), "menu_page": "programme:my_work"}
