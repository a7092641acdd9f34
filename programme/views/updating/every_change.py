"""Every change of a milestone as a page and a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.clock import LONDON
from core.exports.responses import csv_response
from core.exports.tables import Column, Table
from programme.queries.updating.every_change import Change, every_change, fields_changed
from programme.views.context import programme_context
from programme.views.links import filter_link
from programme.views.milestones import visible_row

PAGE_SIZE = 50
COLUMNS: list[Column[Change]] = [
    Column("When", lambda change: change.at.astimezone(LONDON).isoformat(timespec="seconds")),
    Column("Who", lambda change: change.by),
    Column("How", lambda change: change.channel),
    Column("What", lambda change: change.label),
    Column("From", lambda change: change.before),
    Column("To", lambda change: change.after),
    Column("Why", lambda change: change.why),
]


@login_required
@require_safe
def milestone_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change of a milestone, the latest first, or of one field of it."""
    milestone = visible_row(request, pk).milestone
    found = every_change(milestone)
    field = request.GET.get("field", "")
    shown = [change for change in found if not field or change.field == field]
    fields = fields_changed(found)
    context = {
        "milestone": milestone,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "links": [
            filter_link(request, "field", "", "Every field", len(found)),
            *(filter_link(request, "field", name, label) for name, label in fields),
        ],
        "menu_page": "programme:milestone_list",
        **programme_context(milestone.programme),
    }
    return render(request, "programme/updating/milestone_changes.html", context)


@login_required
@require_safe
def milestone_changes_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same as a CSV file, all pages of it."""
    milestone = visible_row(request, pk).milestone
    rows = every_change(milestone, request.GET.get("field", ""))
    table = Table("changes", f"Every change of {milestone}", COLUMNS, rows)
    return csv_response(table, f"{milestone.programme.key}-{milestone.ref}-changes")
