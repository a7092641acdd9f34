"""Partnerships and programmes."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from programme.enums import FactKind
from programme.models import Fact, Partnership
from programme.policies import can_create_some_programme, powers_of
from programme.queries.answers import answers_from_above, programme_answers
from programme.queries.overview.ratings import programme_rating
from programme.queries.partners import members_of
from programme.queries.programmes import partnerships_for, programme_page, programme_summaries
from programme.views.context import programme_context, visible_programme
from programme.views.links import Layout, Place

FACT_HEADINGS = {
    FactKind.CRITERION: "What a service must meet to be shared",
    FactKind.RED_LINE: "Red lines",
    FactKind.CONTEXT: "Context",
    FactKind.AMBIGUITY: "Where the sources are unclear",
}


@dataclass(frozen=True, slots=True)
class FactPart:
    """One kind of stated facts, under its heading."""

    kind: FactKind
    heading: str
    facts: list[Fact]


@login_required
@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    """Partnerships that the person may read, with their councils and programmes."""
    user = person(request)
    context = {"cards": partnerships_for(user), "may_create": can_create_some_programme(user)}
    return render(request, "programme/partnership_list.html", context)


@login_required
@require_safe
def partnership_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One partnership: its councils with their dates and shares, and its programmes."""
    partnerships = Partnership.objects.visible_to(person(request)).select_related("source")
    partnership = get_object_or_404(partnerships, key=key)
    programmes = list(partnership.programmes.all())
    powers = powers_of(person(request))
    members = members_of(partnership)
    context = {
        "partnership": partnership,
        "formed": partnership.get_date("formed"),
        "members": members,
        "councils": [member.council for member in members if member.is_partner],
        "summaries": programme_summaries(programmes, as_of=today(), powers=powers),
        "agreements": list(partnership.agreements.all()),
        "can_manage": powers.manages(partnership.pk),
        "menu_page": "programme:partnership_list",
    }
    return render(request, "programme/partnership_detail.html", context)


@login_required
@require_safe
def programme_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One programme: where it stands, its phases and milestones, its plan, what its source states."""
    programme = visible_programme(person(request), key)
    page = programme_page(programme, as_of=today(), powers=powers_of(person(request)))
    context = {
        "page": page,
        "rating": programme_rating(programme, as_of=today()),
        "answers": [*programme_answers(page), *answers_from_above(page)],
        "fact_parts": [FactPart(kind, heading, page.facts[kind]) for kind, heading in FACT_HEADINGS.items()],
        "place": Place(
            Layout.LIST,
            back=programme.get_absolute_url(),
            has_action=any(row.can_update for row in page.rows),
        ),
        **programme_context(programme),
    }
    return render(request, "programme/programme_detail.html", context)
