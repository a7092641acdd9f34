"""What every page needs besides its own context."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import clock


def page(request: HttpRequest) -> dict[str, Any]:
    """Today in London, whether this is the demonstration, and the name of the page's address."""
    match = request.resolver_match
    return {
        "today": clock.today(),
        "is_demonstration": settings.DEMONSTRATION,
        "view_name": match.view_name if match else "",
    }
