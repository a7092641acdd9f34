"""Milestones of all programmes that a person may read, on one page and as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from core.rules.calendar import format_date
from programme.enums import SavedPage
from programme.overview.all_milestones_exports import all_milestones_document, all_milestones_table
from programme.overview.all_milestones_filters import AllMilestonesFilter, NarrowedAll
from programme.policies import powers_of
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.all_milestones import (
    find_milestones,
    offered,
    readable_programmes,
    rows_in_full,
)
from programme.rules.worklist import Section, due_until
from programme.views.links import FilterLink, Layout, Place, filter_link
from programme.views.saved_views import view_links

PAGE_SIZE = 100


@login_required
@require_safe
def all_milestones_list(request: HttpRequest) -> HttpResponse:
    """A page of them, narrowed and in order."""
    form, narrowed = _narrowed(request)
    page = Paginator(narrowed.found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_in_full(page.object_list, as_of=today(), powers=powers_of(person(request)))
    can_update = any(row.can_update for row in rows)
    context = {
        "filter": form,
        "page": page,
        "rows": rows,
        "links": _state_links(request, narrowed),
        "views": view_links(request, None, SavedPage.ALL_MILESTONES),
        "place": Place(Layout.LIST, back=request.get_full_path(), has_action=can_update),
        "with_programme": True,
        "as_of": today(),
        "menu_page": "programme:portfolio",
    }
    return render(request, "programme/overview/all_milestones.html", context)


@login_required
@require_safe
def all_milestones_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every one that meets the choice, as a CSV file."""
    return csv_response(all_milestones_table(_rows(request), as_of=today()), _file_name())


@login_required
@require_safe
def all_milestones_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook_response(all_milestones_document(_rows(request), as_of=today()), _file_name())


def _narrowed(request: HttpRequest) -> tuple[AllMilestonesFilter, NarrowedAll]:
    programmes = readable_programmes(person(request))
    form = AllMilestonesFilter(request.GET, offered=offered(programmes))
    return form, form.narrowed(find_milestones(programmes, form.wanted(), as_of=today()))


def _rows(request: HttpRequest) -> list[MilestoneRow]:
    _, narrowed = _narrowed(request)
    return rows_in_full(narrowed.found, as_of=today(), powers=powers_of(person(request)))


def _file_name() -> str:
    return f"milestones-of-all-programmes-{today().isoformat()}"


def _state_links(request: HttpRequest, narrowed: NarrowedAll) -> list[FilterLink]:
    labels = {
        Section.LATE: "Late",
        Section.DUE: f"Due by {format_date(due_until(today()))}",
        Section.LATER: "Later",
        Section.DONE: "Achieved",
    }
    every = filter_link(request, "state", "", "All", narrowed.total)
    return [
        every,
        *(
            filter_link(request, "state", section.value, label, narrowed.counts[section])
            for section, label in labels.items()
        ),
    ]
