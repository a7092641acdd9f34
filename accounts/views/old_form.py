"""A form whose token is missing or old, as of a page opened before its reader signed in anew."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from accounts.kept_words import words_sent
from accounts.models import User
from core.htmx import is_enhanced
from core.views import errors

# Tells the script of a page to send its form as a page does, and be offered what was typed.
OLD_FORM = "X-Old-Form"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403; who is signed in and sends it from a page of ours is offered to send it anew."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not _is_ours(request):
        return errors.csrf_failure(request, reason)
    if is_enhanced(request):
        return HttpResponse(status=403, headers={OLD_FORM: "1"})
    page = render(request, "accounts/kept_words.html", {"kept": words_sent(request, user.pk)}, status=403)
    add_never_cache_headers(page)
    return page


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser names this site as the origin, which another site cannot make it do."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
