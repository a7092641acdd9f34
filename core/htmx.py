"""Requests that htmx makes."""

from __future__ import annotations

from django.http import HttpRequest


def is_enhanced(request: HttpRequest) -> bool:
    """Whether htmx asks, so that a part of the page is the answer and not a whole page."""
    return request.headers.get("HX-Request") == "true"
