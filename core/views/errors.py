"""What is shown when a page cannot be: what happened, what was kept, what to do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent could not be read."""
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """403: the person may not; the policy's reason is shown where it gave one."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address, or nothing that this person may see."""
    return render(request, "errors/404.html", status=404)


def too_many_requests(seconds: int) -> HttpResponse:
    """429: the address may ask again in so many seconds."""
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("errors/429.html"), status=429, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without database and without context, because either may be what failed."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 on a form whose token is missing or old."""
    return HttpResponse(render_to_string("errors/csrf.html"), status=403)
