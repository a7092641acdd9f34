"""Where the pages of assurance stand, and what they find for a person who may see it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.signed_in import person
from programme.models import GateRecommendation, GateReview, Programme
from programme.queries.assurance.gate_reviews import with_parts
from programme.views.context import programme_context
from programme.views.recording import Crumb, FormPage

# Reviews have no menu entry of their own: they stand under the programme.
MENU_PAGE = "programme:programme_detail"


def visible_review(request: HttpRequest, pk: int) -> GateReview:
    """The review, or nothing there (404) for a person who may not see it."""
    return get_object_or_404(with_parts(GateReview.objects.visible_to(person(request))), pk=pk)


def visible_recommendation(request: HttpRequest, pk: int) -> GateRecommendation:
    """The recommendation, or nothing there (404) for a person who may not see it."""
    rows = GateRecommendation.objects.visible_to(person(request))
    return get_object_or_404(rows.select_related("review__programme__partnership", "owner"), pk=pk)


def list_crumbs(programme: Programme) -> tuple[Crumb, ...]:
    """The way down to the list of gate reviews."""
    url = reverse("programme:gate_review_list", args=[programme.key])
    return (programme.name, programme.get_absolute_url()), ("Gate reviews", url)


def form_page(
    programme: Programme,
    heading: str,
    save: str,
    review: GateReview | None = None,
    *,
    lead: str = "",
    facts: tuple[tuple[str, object], ...] = (),
) -> FormPage:
    """The words of a form about a review, or of a new one; it goes back to the review, or to the list."""
    crumbs = list_crumbs(programme)
    own = ((review.ref, review.get_absolute_url()),) if review else ()
    return FormPage(
        heading=heading,
        caption=programme.name,
        save=save,
        back_url=review.get_absolute_url() if review else crumbs[-1][1],
        crumbs=(*crumbs, *own),
        lead=lead,
        facts=facts,
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )
