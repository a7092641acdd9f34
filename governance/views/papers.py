"""Papers: upload them, replace them by a later number, and send their files to who may have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.actions.publication import WITHHOLDING
from core.clock import now
from core.exports.responses import NO_STORE, saved_as
from governance.actions.papers import NewPaper, add_paper, replace_paper
from governance.body_policies import check_keep
from governance.exempt_grants import is_granted
from governance.forms.meetings import PaperForm
from governance.models import AgendaItem, Paper
from governance.publication_policies import check_open, powers_of
from governance.queries.exempt import place_of
from governance.queries.meetings import papers_of
from governance.queries.papers import paper_file as file_of
from governance.views.agenda import kept_item
from governance.views.bodies import FORM
from governance.views.meetings import meeting_form_page
from programme.views.recording import record_form, sent


@login_required
@require_http_methods(FORM)
def paper_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a paper before a meeting, for one of its items."""
    user, item = kept_item(request, pk)
    form = PaperForm(sent(request), request.FILES or None, initial=_as_withheld(item))

    def save(data: Mapping[str, Any]) -> Paper:
        return add_paper(item, by=user, paper=_paper(form))

    heading = f"Add a paper to item {item.number}"
    page = meeting_form_page(item.meeting, heading, "Upload the paper", item.title)
    return record_form(request, page, form, save, saved="The paper is uploaded")


@login_required
@require_http_methods(FORM)
def paper_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a paper by its next number; the one before stays."""
    user = person(request)
    old = get_object_or_404(papers_of(user), pk=pk)
    check_keep(user, old.item.meeting.body)
    form = PaperForm(
        sent(request),
        request.FILES or None,
        initial={"title": old.title, **_as_withheld(old)},
    )

    def save(data: Mapping[str, Any]) -> Paper:
        return replace_paper(old, by=user, paper=_paper(form))

    lead = f"{old.title}: number {old.number} stays and can still be opened. This is number {old.number + 1}."
    page = meeting_form_page(old.item.meeting, "Replace a paper", "Upload the paper", lead)
    return record_form(request, page, form, save, saved="The paper is replaced")


@login_required
@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a paper, as a download and never shown in place.

    A withheld one goes to a person who may open it and has done so; else to the page that offers it.
    """
    user = person(request)
    paper = get_object_or_404(papers_of(user), pk=pk)
    if paper.is_withheld:
        check_open(powers_of(user), paper, place_of(paper))
    if not is_granted(request.session, paper, now()):
        return redirect("governance:exempt_detail", "papers", pk)
    return send_paper(paper)


def send_paper(paper: Paper) -> HttpResponse:
    """The answer that holds the file: saved under its title, never kept by a cache, never guessed at."""
    try:
        file = file_of(paper)
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    headers = saved_as(file.name) | NO_STORE
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def _as_withheld(row: AgendaItem | Paper) -> dict[str, Any]:
    """What a new paper is offered: withheld as this row is, open where it is open or was released."""
    return {name: getattr(row, name) for name in WITHHOLDING} if row.is_withheld else {}


def _paper(form: PaperForm) -> NewPaper:
    data = form.cleaned_data
    return NewPaper(data["title"], data["file"], form.withholding())
