"""The benefits register as a workbook, and back: first what it would change, then the change."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.forms.register_import import RegisterImportForm
from benefits.policies import check_manage
from benefits.queries.register import benefits_register
from benefits.register_files import profile_rows, register_document
from benefits.register_filters import RegisterFilter
from benefits.register_imports import RegisterImport, read_register, store_register
from benefits.views.context import as_of_today
from core.errors import Refusal, Refusals
from core.exports.responses import workbook_response
from core.forms.fields import add_refusals
from core.imports.pasted import PastedText, canonical_csv
from core.imports.tables import ImportedTable
from core.rules.words import count_of
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM

MENU_PAGE = "benefits:benefit_list"


@login_required
@require_safe
def benefit_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Every field of the benefits that the address asks for, to be edited and sent back."""
    programme = visible_programme(person(request), key)
    as_of = as_of_today(programme)
    form = RegisterFilter(request.GET, register=benefits_register(programme, as_of=as_of))
    chosen = profile_rows(programme, [row.benefit.pk for row in form.rows()])
    document = register_document(programme, partner_councils(programme.partnership_id), chosen, as_of=as_of)
    return workbook_response(document, f"{key}-benefits-to-edit-{as_of.isoformat()}")


@login_required
@require_http_methods(FORM)
def benefit_import(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what a file would change; or, where that was seen and confirmed, the change itself."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    if request.method != "POST":
        return _show(request, programme, RegisterImportForm())
    confirmed = request.POST.get("confirmed_rows", "")
    form = RegisterImportForm(request.POST, request.FILES)
    if not confirmed and not form.is_valid():
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        source = PastedText(confirmed.encode()) if confirmed else form.cleaned_data["file"]
        read = read_register(programme, source, by=user)
        if not confirmed or read.table.problems or not read.changes:
            return _show(request, programme, RegisterImportForm(), read)
        done = store_register(programme, read, by=user)
    except (Refusal, Refusals) as said:
        form.is_valid()
        add_refusals(form, said)
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _told(request, programme, read, len(done))


def _told(request: HttpRequest, programme: Programme, read: RegisterImport, done: int) -> HttpResponse:
    """Back to the register; or, where rows were not taken, which and why."""
    messages.success(request, f"{count_of(done, 'benefit')} changed")
    if read.stale:
        read.changes.clear()
        return _show(request, programme, RegisterImportForm(), read)
    return redirect(MENU_PAGE, programme.key)


def _show(
    request: HttpRequest,
    programme: Programme,
    form: RegisterImportForm,
    read: RegisterImport | None = None,
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
        kept = ImportedTable(read.table.columns, [change.row for change in read.changes])
        context |= {"read": read, "rows": canonical_csv(kept) if read.changes else ""}
        status = HTTPStatus.OK if read.changes or not read.stale else HTTPStatus.CONFLICT
    return render(request, "benefits/benefit_import.html", context, status=status)
