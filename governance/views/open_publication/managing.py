"""Where the public page of a programme is looked at beforehand, turned on, and turned off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.exports.responses import NO_STORE, saved_as
from core.publishing.content import Notice
from core.publishing.screen import has_charts, screen_sections
from governance.actions.open_publication import set_open_page
from governance.casefiles.published import CASE_TYPE, case_name, published_case
from governance.forms.open_publication import OpenPageForm
from governance.models import OpenPage
from governance.open_policies import can_open_page, check_open_page, powers_of
from governance.queries.open_publication.editions import (
    OpenEdition,
    open_page_of,
    previewed_edition,
    public_edition,
)
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "programme:programme_detail"
TEMPLATE = "governance/open_publication/update.html"
LEAD = (
    "The page shows the latest open edition of the joint report, and each later one as it is published, with "
    "its files and its data. Taken back, nothing of it can be read any more; copies that people made stay."
)


@login_required
@require_safe
def open_page_detail(request: HttpRequest, key: str) -> HttpResponse:
    """How the public page stands, and what it shows or would show."""
    user = person(request)
    programme = visible_programme(user, key)
    found = previewed_edition(programme)
    context = {
        "page": open_page_of(programme),
        "found": found,
        "is_public": public_edition(key) is not None,
        "withheld": _withheld(found),
        "may_change": can_open_page(powers_of(user, programme)),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "governance/open_publication/detail.html", context)


@login_required
@require_safe
def open_page_preview(request: HttpRequest, key: str) -> HttpResponse:
    """What everybody would read, shown to people with a role beforehand."""
    programme = visible_programme(person(request), key)
    found = previewed_edition(programme)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "content": found.content,
        "sections": screen_sections(found.content),
        "has_charts": has_charts(found.content),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "governance/open_publication/preview.html", context)


@login_required
@require_safe
def published_case_file(request: HttpRequest, key: str) -> HttpResponse:
    """The latest open edition as a case file for other councils, for who may make it public."""
    user = person(request)
    programme = visible_programme(user, key)
    check_open_page(powers_of(user, programme))
    found = previewed_edition(programme)
    if found is None:
        raise Http404
    headers = saved_as(case_name(found)) | NO_STORE
    return HttpResponse(published_case(found), content_type=CASE_TYPE, headers=headers)


@login_required
@require_http_methods(FORM)
def open_page_update(request: HttpRequest, key: str) -> HttpResponse:
    """Turn the public page on or off."""
    user = person(request)
    programme = visible_programme(user, key)
    check_open_page(powers_of(user, programme))
    found = previewed_edition(programme)

    def save(data: Mapping[str, Any]) -> OpenPage | Any:
        names = ("seen_version", "is_on", "why", "seen_edition", "has_looked")
        return set_open_page(programme, by=user, **{name: data[name] for name in names})

    back = reverse("governance:open_page_detail", args=[key])
    page = FormPage(
        heading="Change who can read it",
        caption=programme.name,
        save="Save",
        back_url=back,
        crumbs=((programme.name, programme.get_absolute_url()), ("Public page", back)),
        lead=LEAD,
        facts=_facts(found),
        menu_page=MENU_PAGE,
        context={"found": found, **programme_context(programme)},
    )
    number = found.edition.number if found else None
    form = OpenPageForm(sent(request), page=open_page_of(programme), edition=number)
    return record_form(request, page, form, save, saved="It is saved", template=TEMPLATE)


def _facts(found: OpenEdition | None) -> tuple[tuple[str, object], ...]:
    if found is None:
        return (("Latest edition", "None yet"),)
    sections = "\n".join(f"{one.number}. {one.title}" for one in found.content.sections)
    return (
        ("Latest edition", str(found.edition.number)),
        ("What everybody will see", sections),
        ("Withheld in it", str(_withheld(found))),
    )


def _withheld(found: OpenEdition | None) -> int:
    """How many passages of the open version say that something is withheld."""
    if found is None:
        return 0
    blocks = (block for section in found.content.sections for block in section.blocks)
    return sum(isinstance(block, Notice) and block.text.startswith("Withheld") for block in blocks)
