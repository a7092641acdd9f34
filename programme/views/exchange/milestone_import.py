"""Milestones out of an edited file: first each change, from what to what, then all of them at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from core.imports.pasted import PastedText
from core.rules.words import count_of
from programme.actions.milestone_file import LONGEST_NAME, store_milestone_edits
from programme.exchange.edit_rows import MilestoneImport, read_milestone_edits
from programme.forms.exchange import MilestoneImportForm
from programme.models import Programme
from programme.views.context import programme_context
from programme.views.exchange.milestone_files import programme_to_edit

MENU_PAGE = "programme:milestone_list"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_import(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what a file would change; or, where that was seen and confirmed, the change itself."""
    programme = programme_to_edit(person(request), key)
    if request.method != "POST":
        return _show(request, programme, MilestoneImportForm())
    confirmed = request.POST.get("confirmed_rows", "")
    form = MilestoneImportForm(request.POST, request.FILES)
    if not confirmed and not form.is_valid():
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        source = PastedText(confirmed.encode()) if confirmed else form.cleaned_data["file"]
        file_name = request.POST.get("file_name", "") if confirmed else str(source.name)[-LONGEST_NAME:]
        read = read_milestone_edits(programme, source, by=person(request))
        if not confirmed or read.table.problems or not read.edits:
            return _show(request, programme, MilestoneImportForm(), read, file_name)
        done = store_milestone_edits(read, by=person(request), file_name=file_name)
    except (Refusal, Refusals) as said:
        form.is_valid()
        add_refusals(form, said)
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _told(request, programme, read, len(done))


def _told(request: HttpRequest, programme: Programme, read: MilestoneImport, done: int) -> HttpResponse:
    """Back to the list; or, where rows were not taken, which and why."""
    messages.success(request, f"{count_of(done, 'milestone')} changed")
    if read.stale:
        read.edits.clear()
        return _show(request, programme, MilestoneImportForm(), read)
    return redirect(MENU_PAGE, programme.key)


def _show(
    request: HttpRequest,
    programme: Programme,
    form: MilestoneImportForm,
    read: MilestoneImport | None = None,
    file_name: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "back_url": reverse(MENU_PAGE, args=[programme.key]),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    if read and read.table.problems:
        context |= {"problems": read.table.problems, "summary": read.table.summary}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif read:
        context |= {"read": read, "rows": read.rows_to_send, "file_name": file_name}
        status = HTTPStatus.OK if read.edits or not read.stale else HTTPStatus.CONFLICT
    return render(request, "programme/exchange/milestone_import.html", context, status=status)
