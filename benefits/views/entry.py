"""Amounts entered in a table, by month, quarter or year, of one council in one ledger."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.entry_actuals import enter_actuals
from benefits.actions.entry_forecast import enter_forecast
from benefits.entry_files import entry_document, entry_file_table
from benefits.enums import EntryKind, Every
from benefits.forms.entry import EntryForm
from benefits.policies import NOT_TO_ENTER
from benefits.queries.commentary_limits import limits_of
from benefits.queries.entry_table import EntryTable, entered_councils, entry_table, entry_years
from benefits.views.pages import SAVINGS_MENU
from core.clock import today
from core.errors import Refusal, Refusals, StaleEdit
from core.exports.responses import csv_response, workbook_response
from core.rules.calendar import financial_year, format_fy
from core.rules.words import count_of
from programme.models import Council, Programme
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink, filter_link
from programme.views.recording import FORM

HEADINGS = {EntryKind.ACTUAL: "Enter actual amounts", EntryKind.FORECAST: "Enter a forecast"}


@dataclass(frozen=True, slots=True)
class Place:
    """The ledger of a programme that a page enters amounts in, and for which councils one may."""

    programme: Programme
    kind: EntryKind
    councils: list[Council]

    def url(self, page: str = "entry", **more: str) -> str:
        """The address of a page of this ledger."""
        return reverse(f"benefits:{self.kind}_{page}", kwargs={"key": self.programme.key, **more})

    @property
    def heading(self) -> str:
        """What the page is for."""
        return HEADINGS[self.kind]


@login_required
@require_http_methods(FORM)
def entry_page(request: HttpRequest, key: str, kind: EntryKind) -> HttpResponse:
    """The table of one council; what is typed in it is stored, all or nothing."""
    place = place_of(request, key, kind)
    form = EntryForm(_table(request, place), _sent(request), as_of=today())
    if request.method != "POST":
        return _show(request, place, form)
    try:
        said = _save(request, place.programme, form)
    except StaleEdit as stale:
        form.show_again(stale)
        return _show(request, place, form, HTTPStatus.CONFLICT)
    except (Refusal, Refusals) as refused:
        if not form.errors:
            form.add(refused)
        return _show(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, said)
    return redirect(request.get_full_path())


@login_required
@require_safe
def entry_file(request: HttpRequest, key: str, kind: EntryKind, name: str) -> HttpResponseBase:
    """What stands in the ledger as CSV or as a workbook, to be edited and sent back."""
    place = place_of(request, key, kind)
    tables = [_table(request, place, every=Every.MONTH, council=one) for one in place.councils]
    file_name = f"{place.programme.key}-{kind}-{tables[0].fy}"
    if name == "csv":
        return csv_response(entry_file_table(tables), file_name)
    if name != "xlsx":
        raise Http404
    return workbook_response(entry_document(place.programme, tables, as_of=today()), file_name)


def place_of(request: HttpRequest, key: str, kind: EntryKind) -> Place:
    """The ledger, for a person who may enter amounts in it; others are told why not (403)."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = entered_councils(programme, user, kind)
    if not councils:
        raise PermissionDenied(NOT_TO_ENTER[kind])
    return Place(programme, kind, councils)


def _save(request: HttpRequest, programme: Programme, form: EntryForm) -> str:
    user, typed, seen = person(request), form.typed(), [form.seen_ledger]
    if form.is_actual:
        done = enter_actuals(programme, by=user, typed=typed, seen=seen)
        written = len(done.claims) + len(done.reversals)
        return f"{count_of(written, 'amount')} recorded" if written else "Nothing was changed"
    made = enter_forecast(
        programme, by=user, as_at_on=form.as_at_on(), commentary=form.why.value, typed=typed, seen=seen
    )
    return "The forecast is recorded" if made else "Nothing was changed"


def _sent(request: HttpRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _table(
    request: HttpRequest, place: Place, *, every: Every | None = None, council: Council | None = None
) -> EntryTable:
    asked, day = request.GET, today()
    key = asked.get("council", "")
    chosen = council or next((one for one in place.councils if key in {"", one.key}), None)
    if chosen is None:
        raise Http404("There is no such partner council")
    text = asked.get("fy", "")
    years = entry_years(place.programme, place.kind, day)
    this_fy = min(max(years), financial_year(day))
    return entry_table(
        place.programme,
        chosen,
        kind=place.kind,
        every=every or Every(asked["every"] if asked.get("every") in Every.values else Every.MONTH),
        fy=int(text) if text.isascii() and text.isdigit() and int(text) in years else this_fy,
        user=person(request),
        as_of=day,
    )


def _show(request: HttpRequest, place: Place, form: EntryForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "table": form.table,
        "limits": limits_of(place.programme),
        "place": place,
        "links": _links(request, place, form.table),
        "import_url": place.url("import"),
        "csv_url": place.url("file", name="csv") + f"?fy={form.table.fy}",
        "xlsx_url": place.url("file", name="xlsx") + f"?fy={form.table.fy}",
        "menu_page": SAVINGS_MENU,
        **programme_context(place.programme),
    }
    return render(request, "benefits/entry_page.html", context, status=status)


def _links(request: HttpRequest, place: Place, table: EntryTable) -> list[tuple[str, list[FilterLink]]]:
    """Ways to another table: by council, by what a column covers, by year."""

    def choices(name: str, offered: list[tuple[str, str]], chosen: str) -> list[FilterLink]:
        links = [(value, filter_link(request, name, value, label)) for value, label in offered]
        return [FilterLink(link.label, link.url, value == chosen) for value, link in links]

    councils = [(one.key, str(one)) for one in place.councils]
    columns = [(one.value, str(one.label)) for one in Every]
    found = [
        ("Council", choices("council", councils, table.council.key)),
        ("Columns", choices("every", columns, table.every.value)),
    ]
    if table.every != Every.YEAR:
        years = [(str(fy), format_fy(fy)) for fy in entry_years(place.programme, place.kind, today())]
        found.append(("Year", choices("fy", years, str(table.fy))))
    return found
