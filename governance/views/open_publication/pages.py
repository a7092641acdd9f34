"""The public pages: all programmes, one edition, and the summary that other sites may embed."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from core.publishing.content import Words
from core.publishing.screen import has_charts, screen_sections
from governance.queries.open_publication.editions import OpenEdition, edition_page, public_programmes
from governance.views.open_publication.public import edition_or_404, public_view


@public_view
def open_index(request: HttpRequest) -> HttpResponse:
    """Every programme with a public page."""
    context = {"programmes": public_programmes()}
    return render(request, "governance/open_publication/index.html", context)


@public_view
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """The latest open edition of a programme."""
    return _page(request, edition_or_404(key))


@public_view
def open_edition(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One open edition, which never changes."""
    return _page(request, edition_or_404(key, number))


@public_view  # type: ignore[arg-type]
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def open_summary(request: HttpRequest, key: str) -> HttpResponse:
    """The summary alone, for a frame in a page of another site."""
    found = edition_or_404(key)
    first = found.content.sections[:1]
    words = [block.text for section in first for block in section.blocks if isinstance(block, Words)]
    context = {"found": found, "words": words}
    return render(request, "governance/open_publication/summary.html", context)


def _page(request: HttpRequest, found: OpenEdition) -> HttpResponse:
    key, number = found.programme.key, found.edition.number
    page = edition_page(found)

    def csv_url(table: str) -> str:
        return reverse("governance:open_edition_table", args=[key, number, table])

    context = {
        "page": page,
        "found": found,
        "councils": page.councils,
        "content": found.content,
        "sections": screen_sections(found.content, csv_url),
        "has_charts": has_charts(found.content),
    }
    return render(request, "governance/open_publication/page.html", context)
