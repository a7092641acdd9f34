"""Evidence files of actual amounts: add more, and send one to who may read its programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.claim_files import add_files
from benefits.forms.claim_files import FilesForm
from benefits.models import ActualAmount, ClaimFile
from benefits.policies import check_add_files
from benefits.queries.claim_files import sent_file
from benefits.views.pages import form_page
from core.exports.responses import NO_STORE, saved_as
from core.rules.money import format_pounds
from programme.views.recording import FORM, record_form, sent


@login_required
@require_http_methods(FORM)
def claim_file_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add evidence to an amount; what is there stays."""
    user = person(request)
    rows = ActualAmount.objects.visible_to(user).select_related(
        "line__programme__partnership", "line__benefit", "council", "verification"
    )
    actual = get_object_or_404(rows, pk=pk)
    check_add_files(user, actual)
    page = form_page(
        actual.line.programme,
        "Add evidence",
        "Add the files",
        (actual.line.title, reverse("benefits:entry_detail", args=["actual", pk])),
        lead="What you add stays on record: nobody can take it away or replace it.",
        facts=(
            ("Line", actual.line.title),
            ("Council", actual.council),
            ("Amount", format_pounds(actual.amount_pence)),
        ),
    )
    form = FilesForm(sent(request), request.FILES or None)

    def save(data: Mapping[str, Any]) -> ClaimFile:
        return add_files(actual, by=user, files=data["evidence_files"])[0]

    return record_form(request, page, form, save, saved="The evidence is added")


@login_required
@require_safe
def claim_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One evidence file, as a download and never shown in place."""
    rows = ClaimFile.objects.visible_to(person(request)).select_related("actual__line", "actual__council")
    return send_file(get_object_or_404(rows, pk=pk))


def send_file(row: ClaimFile) -> HttpResponse:
    """The answer that holds the file: never kept by a cache, never guessed at."""
    try:
        file = sent_file(row)
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    headers = saved_as(file.name) | NO_STORE
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)
