"""Editions: what each says, its files, and a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import now
from core.errors import Refusal
from core.exports.responses import NO_STORE, csv_response, saved_as
from core.publishing.files import as_table
from core.publishing.screen import has_charts, screen_sections
from governance.actions.reporting.downloads import download_file, open_exempt_version
from governance.actions.reporting.drafts import start_report
from governance.enums import FileFormat
from governance.exempt_grants import grant, is_granted
from governance.forms.reports import CorrectionForm, DownloadForm
from governance.models import Edition, EditionContent, Report
from governance.queries.reporting.editions import (
    council_of_exempt,
    edition_content,
    file_stem,
    first_files_gone,
)
from governance.queries.reporting.reports import other_editions
from governance.report_policies import (
    Powers,
    can_draft,
    can_open_exempt,
    check_draft,
    check_open_exempt,
    powers_of,
)
from governance.views.reporting.context import version_of, visible_edition
from governance.views.reporting.reports import MENU_PAGE, form_page
from programme.views.context import programme_context
from programme.views.recording import FORM, record_form, sent


@login_required
@require_safe
def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The open version of an edition."""
    user, edition = _edition(request, pk)
    return _show(request, user, edition, version_of(edition, is_exempt=False))


@login_required
@require_safe
@cache_control(no_store=True, private=True)
def edition_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """The exempt version, for a person who has just opened it; else the edition, which offers that."""
    user, edition = _edition(request, pk)
    row = version_of(edition, is_exempt=True)
    check_may_open(powers_of(user, edition.programme), row)
    if not is_granted(request.session, row, now()):
        return redirect(edition)
    return _show(request, user, edition, row)


@login_required
@require_POST
def edition_exempt_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the person opens the exempt version; the session shows it for a quarter of an hour."""
    user, edition = _edition(request, pk)
    row = version_of(edition, is_exempt=True)
    open_exempt_version(row, by=user)
    grant(request.session, row, now())
    return redirect("governance:edition_exempt", pk)


@login_required
@require_POST
def edition_download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an edition, saved; each download is on record."""
    user, edition = _edition(request, pk)
    form = DownloadForm(request.POST)
    if not form.is_valid():
        raise Http404("There is no such file")
    row = version_of(edition, is_exempt=form.cleaned_data["is_exempt"])
    try:
        file = download_file(row, FileFormat(form.cleaned_data["format"]), by=user)
    except Refusal as said:
        messages.error(request, said.message)
        return redirect(edition)
    headers = saved_as(file.name) | NO_STORE
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


@login_required
@require_safe
def edition_table(request: HttpRequest, pk: int, table: str) -> StreamingHttpResponse:
    """One table of the open version of an edition, as CSV."""
    _, edition = _edition(request, pk)
    content = edition_content(version_of(edition, is_exempt=False))
    figures = next((one for one in content.tables if one.key == table), None)
    if figures is None:
        raise Http404
    return csv_response(as_table(figures), f"{file_stem(edition)}-{table}")


@login_required
@require_http_methods(FORM)
def edition_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction: a draft with the texts of this edition."""
    user, edition = _edition(request, pk)
    name = str(edition.council or "")
    check_draft(powers_of(user, edition.programme), edition.council_id, name)
    form = CorrectionForm(sent(request), edition=edition)

    def save(data: Mapping[str, Any]) -> Report:
        return start_report(edition.programme, by=user, new=form.new())

    lead = f"Edition {edition.number} stays as it is. The correction becomes an edition of its own."
    page = form_page(
        edition.programme,
        f"Correct edition {edition.number}",
        "Begin the correction",
        edition.get_absolute_url(),
        lead,
    )
    return record_form(
        request, page, form, save, saved="The correction is begun", then=lambda row: row.get_absolute_url()
    )


def _show(request: HttpRequest, user: User, edition: Edition, row: EditionContent) -> HttpResponse:
    content, powers = edition_content(row), powers_of(user, edition.programme)
    # One out of a case file has no exempt version, and its addresses are those of another database.
    exempt = edition.contents.filter(is_exempt=True).defer("content").first()

    def csv_url(table: str) -> str:
        return reverse("governance:edition_table", args=[edition.pk, table])

    context = {
        **programme_context(edition.programme),
        "edition": edition,
        "is_exempt": row.is_exempt,
        "is_of_here": exempt is not None,
        "content": content,
        "sections": screen_sections(
            content, None if row.is_exempt else csv_url, is_traced=exempt is not None
        ),
        "has_charts": has_charts(content),
        "formats": FileFormat,
        "remade": first_files_gone(row),
        "others": other_editions(edition),
        "corrected_by": Edition.objects.filter(corrects=edition).order_by("number").first(),
        "can_open": may_open(powers, edition, exempt),
        "can_correct": can_draft(powers, edition.council_id),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/edition.html", context)


def check_may_open(powers: Powers, row: EditionContent) -> None:
    """Refuse the exempt version to who may not open all that is in it."""
    check_open_exempt(powers, row.edition.council_id)
    check_open_exempt(powers, council_of_exempt(row))


def may_open(powers: Powers, edition: Edition, exempt: EditionContent | None) -> bool:
    """Whether the person opens the exempt version; one query where they open that of one council alone."""
    if not can_open_exempt(powers, edition.council_id):
        return False
    return exempt is None or powers.opens_exempt or can_open_exempt(powers, council_of_exempt(exempt))


def _edition(request: HttpRequest, pk: int) -> tuple[User, Edition]:
    user = person(request)
    return user, visible_edition(user, pk)
