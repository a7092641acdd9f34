"""What is withheld: its list, its page, opening it, and who says that it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from core.actions.publication import Withholding
from core.clock import now, today
from core.errors import Refusal
from core.models import Publication
from core.publication import withheld_sentence
from governance.actions.publication import open_exempt, release, review_withheld, withhold
from governance.exempt_grants import grant, is_granted
from governance.forms.publication import ReleaseForm, WithholdForm
from governance.models import Paper
from governance.publication_policies import (
    NOT_TO_PROPOSE,
    can_certify,
    can_open,
    can_propose,
    can_read_access,
    check_certify,
    check_open,
    check_propose,
    check_read_access,
    powers_of,
)
from governance.queries.exempt import (
    Place,
    accesses_of,
    kind_of,
    meeting_of,
    place_of,
    visible_item,
    withheld_items,
    words_of,
)
from governance.queries.exempt_content import content_of
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "governance:decision_list"
PAGE_SIZE = 50
_WHY = ("publication_class", "exempt_paragraph", "public_interest_reason", "exempt_review_on")


@login_required
@require_safe
def exempt_list(request: HttpRequest, key: str) -> HttpResponse:
    """What is withheld in a programme, by when it is reviewed."""
    user = person(request)
    programme = visible_programme(user, key)
    rows = withheld_items(programme)
    context = {
        **programme_context(programme),
        "rows": rows,
        "words": words_of(rows),
        "as_of": today(),
        "may_read_access": can_read_access(powers_of(user), programme),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/exempt_list.html", context)


@login_required
@require_safe
def exempt_access_list(request: HttpRequest, key: str) -> HttpResponse:
    """Who opened what, the latest first; for monitoring officers and auditors."""
    user = person(request)
    programme = visible_programme(user, key)
    check_read_access(powers_of(user), programme)
    page = Paginator(accesses_of(programme), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {**programme_context(programme), "page": page, "menu_page": MENU_PAGE}
    return render(request, "governance/exempt_access_list.html", context)


@login_required
@require_safe
def exempt_detail(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Why a row is withheld, since when, and what the person may do about it; never what it holds."""
    user, item = person(request), _item(request, kind, pk)
    place, powers = place_of(item), powers_of(user)
    context = {
        **programme_context(place.programme),
        "item": item,
        "kind": kind_of(item),
        "sentence": withheld_sentence(item),
        "meeting": meeting_of(item),
        "can_open": can_open(powers, item, place),
        "can_propose": can_propose(powers, item, place),
        "not_to_propose": NOT_TO_PROPOSE,
        "can_certify": can_certify(powers, place),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/exempt_detail.html", context)


@login_required
@require_http_methods(FORM)
def exempt_mark(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that a row is exempt or confidential; a monitoring officer certifies it by that."""
    user, item = person(request), _item(request, kind, pk)
    place, powers = place_of(item), powers_of(user)
    check_propose(powers, item, place)
    certifies = can_certify(powers, place)
    page = _page(
        item,
        place,
        "Withhold this",
        "Withhold and certify" if certifies else "Withhold and propose",
        "" if certifies else "It is withheld at once. A monitoring officer then certifies it or releases it.",
    )

    def save(data: Mapping[str, Any]) -> Publication:
        return withhold(item, _why(data), by=user, seen=data["seen"])

    form = WithholdForm(sent(request), item=item)
    return record_form(request, page, form, save, saved="What it says is withheld")


@login_required
@require_http_methods(FORM)
def exempt_review(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Certify that a row stays withheld, for a year at most."""
    user, item = person(request), _item(request, kind, pk)
    place = place_of(item)
    check_certify(powers_of(user), place)
    page = _page(item, place, "Review what is withheld", "Certify")

    def save(data: Mapping[str, Any]) -> Publication:
        return review_withheld(item, _why(data), by=user, seen=data["seen"])

    return record_form(request, page, WithholdForm(sent(request), item=item), save, saved="It is certified")


@login_required
@require_http_methods(FORM)
def exempt_release(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Open a row to everyone who can see it."""
    user, item = person(request), _item(request, kind, pk)
    place = place_of(item)
    check_certify(powers_of(user), place)
    lead = "Everyone who can see its title will read it. Files that were downloaded before stay as they are."
    page = _page(item, place, "Release this", "Release it", lead)

    def save(data: Mapping[str, Any]) -> Publication:
        return release(item, by=user, seen=data["seen"], why=data["why"])

    return record_form(request, page, ReleaseForm(sent(request), item=item), save, saved="It is open now")


@login_required
@require_POST
def exempt_open(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Record that the person opens it, and show it to this session for a quarter of an hour."""
    item = _item(request, kind, pk)
    try:
        open_exempt(item, by=person(request))
    except Refusal:
        return redirect("governance:exempt_detail", kind, pk)
    grant(request.session, item, now())
    return redirect("governance:exempt_text", kind, pk)


@login_required
@require_safe
@cache_control(no_store=True, private=True)
def exempt_text(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What is withheld of a row, for the person who has just opened it; else the page that offers that."""
    item = _item(request, kind, pk)
    place = place_of(item)
    check_open(powers_of(person(request)), item, place)
    if not item.is_withheld or not is_granted(request.session, item, now()):
        return redirect("governance:exempt_detail", kind, pk)
    context = {
        **programme_context(place.programme),
        "item": item,
        "kind": kind_of(item),
        "sentence": withheld_sentence(item),
        "content": content_of(item),
        "file_url": reverse("governance:paper_file", args=[pk]) if isinstance(item, Paper) else "",
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/exempt_text.html", context)


def _item(request: HttpRequest, kind: str, pk: int) -> Publication:
    found = visible_item(person(request), kind, pk)
    if found is None:
        raise Http404("There is nothing here that you can see")
    return found


def _why(data: Mapping[str, Any]) -> Withholding:
    return Withholding(**{name: data[name] for name in _WHY})


def _page(item: Publication, place: Place, heading: str, save: str, lead: str = "") -> FormPage:
    kind = kind_of(item)
    back_url = reverse("governance:exempt_detail", args=[kind.key, item.pk])
    crumbs = [(str(item), back_url)]
    if place.programme is not None:
        url = reverse("governance:exempt_list", args=[place.programme.key])
        crumbs = [(place.programme.name, place.programme.get_absolute_url()), ("Withheld", url), *crumbs]
    return FormPage(
        heading,
        f"{kind.noun}: {item}",
        save,
        back_url,
        tuple(crumbs),
        lead=lead,
        menu_page=MENU_PAGE,
        context=programme_context(place.programme),
    )
