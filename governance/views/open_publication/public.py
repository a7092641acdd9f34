"""What all views of open publication have in common: nobody signs in, caches may keep it a while."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.exports.responses import saved_as
from core.throttling import for_visitors
from governance.queries.open_publication.editions import OpenEdition, public_edition

KEPT_SECONDS = 300
View = Callable[..., HttpResponse]


def public_view(view: View) -> View:
    """A read for everybody: kept for five minutes by caches, told apart by its ETag, never a person's own.

    Five minutes, so that what is taken back is soon gone everywhere. Who asks too often gets 429.
    """

    kept = conditional_page(cache_control(public=True, max_age=KEPT_SECONDS)(view))
    return for_visitors(require_safe(kept))


def edition_or_404(key: str, number: int | None = None) -> OpenEdition:
    """The open edition, or nothing there: the page is off, or there is no such edition."""
    found = public_edition(key, number)
    if found is None:
        raise Http404
    return found


def address(name: str, *args: object) -> str:
    """The whole address of a page of open publication."""
    return urljoin(settings.BASE_URL, reverse(f"governance:{name}", args=args))


def data_response(content: bytes | str, content_type: str, file_name: str = "") -> HttpResponse:
    """Open data: pages of other sites may read it; a file to be saved where it has a name."""
    headers = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
    named = saved_as(file_name) if file_name else {}
    return HttpResponse(content, content_type=content_type, headers=headers | named)
