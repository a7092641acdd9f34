"""Amounts out of a file or out of pasted rows: first what they would change, then all of it or nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from benefits.actions.import_jobs import start_import
from benefits.entry_imports import AmountImport, read_amounts, store_amounts
from benefits.enums import EntryKind
from benefits.forms.entry_import import AmountImportForm
from benefits.models import ImportJob
from benefits.tasks import deliver
from benefits.views.entry import Place, place_of
from benefits.views.pages import SAVINGS_MENU
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.fields import add_refusals
from core.imports.files import Uploaded
from core.imports.pasted import PastedText, canonical_csv
from core.rules.words import count_of
from programme.views.context import programme_context
from programme.views.recording import FORM

MOST_SHOWN, JOBS_SHOWN = 200, 5


@login_required
@require_http_methods(FORM)
def entry_import(request: HttpRequest, key: str, kind: EntryKind) -> HttpResponse:
    """The form; what the rows would change; or, where that was seen and confirmed, the change itself."""
    place = place_of(request, key, kind)
    if request.method != "POST":
        return _show(request, place, AmountImportForm(kind=kind))
    form = AmountImportForm(request.POST, request.FILES, kind=kind)
    confirmed = request.POST.get("confirmed_rows", "")
    if not form.is_valid():
        return _show(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        large = form.large_file()
        if large is not None:
            return redirect(_start(request, place, form, large))
        read = _read(request, place, form, PastedText(confirmed.encode()) if confirmed else form.source())
        if not confirmed:
            status = HTTPStatus.UNPROCESSABLE_ENTITY if read.table.problems else HTTPStatus.OK
            return _show(request, place, form, status, read)
        mark, user = request.POST.get("seen", ""), person(request)
        done = store_amounts(place.programme, kind, read, by=user, told=form.told, mark=mark)
    except StaleEdit as said:
        return _show(request, place, form, HTTPStatus.CONFLICT, read, stale=said.message)
    except (Refusal, Refusals) as said:
        add_refusals(form, said)
        return _show(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"{count_of(done, 'amount')} imported")
    return redirect(place.url())


def _start(request: HttpRequest, place: Place, form: AmountImportForm, large: Uploaded) -> ImportJob:
    return start_import(
        place.programme, place.kind, by=person(request), uploaded=large, told=form.told, deliver=deliver
    )


def _read(request: HttpRequest, place: Place, form: AmountImportForm, source: Uploaded) -> AmountImport:
    return read_amounts(
        place.programme, place.kind, source, by=person(request), councils=place.councils, told=form.told
    )


def _show(
    request: HttpRequest,
    place: Place,
    form: AmountImportForm,
    status: int = HTTPStatus.OK,
    read: AmountImport | None = None,
    stale: str = "",
) -> HttpResponse:
    own = ImportJob.objects.of(person(request)).filter(programme=place.programme, kind=place.kind)
    context: dict[str, Any] = {
        "form": form,
        "jobs": own[:JOBS_SHOWN],
        "place": place,
        "back_url": place.url(),
        "stale": stale,
        "menu_page": SAVINGS_MENU,
        **programme_context(place.programme),
    }
    if read and read.table.problems:
        context |= {"problems": read.table.problems, "summary": read.table.summary}
    elif read:
        context |= {"read": read, "shown": read.changes[:MOST_SHOWN], "rows": canonical_csv(read.table)}
    return render(request, "benefits/entry_import.html", context, status=status)
