"""Papers: upload them, replace them by a later number, and send their files to who may have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.exports.responses import saved_as
from core.publication import withheld_sentence
from governance.actions.papers import NewPaper, add_paper, replace_paper
from governance.body_policies import check_keep
from governance.forms.meetings import PaperForm
from governance.models import Paper
from governance.queries.meetings import papers_of
from governance.queries.papers import paper_file as file_of
from governance.views.agenda import kept_item
from governance.views.bodies import FORM, sent
from governance.views.meetings import meeting_form_page
from programme.views.recording import record_form

_KEPT = ("title", "publication_class", "exempt_paragraph", "public_interest_reason")


@login_required
@require_http_methods(FORM)
def paper_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a paper before a meeting, for one of its items."""
    user, item = kept_item(request, pk)
    initial = {name: getattr(item, name) for name in _KEPT if name != "title"}
    form = PaperForm(sent(request), request.FILES or None, initial=initial)

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
        sent(request), request.FILES or None, initial={name: getattr(old, name) for name in _KEPT}
    )

    def save(data: Mapping[str, Any]) -> Paper:
        return replace_paper(old, by=user, paper=_paper(form))

    lead = f"{old.title}: number {old.number} stays and can still be opened. This is number {old.number + 1}."
    page = meeting_form_page(old.item.meeting, "Replace a paper", "Upload the paper", lead)
    return record_form(request, page, form, save, saved="The paper is replaced")


@login_required
@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a paper, as a download and never shown in place."""
    return send_paper(person(request), pk)


def send_paper(user: User, pk: int) -> HttpResponse:
    """The file of an open paper; what is withheld is refused with the reason."""
    paper = get_object_or_404(papers_of(user), pk=pk)
    if paper.is_withheld:
        raise PermissionDenied(withheld_sentence(paper))
    try:
        file = file_of(paper)
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    headers = saved_as(file.name) | {"Cache-Control": "private, no-store"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def _paper(form: PaperForm) -> NewPaper:
    data = form.cleaned_data
    return NewPaper(data["title"], data["file"], form.withholding())
