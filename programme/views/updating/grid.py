"""Many milestones at once as cells: of one's work, or of a programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.clock import today
from core.rules.words import are, count_of
from programme.actions.updating.many import update_milestones
from programme.filters import MilestoneFilter
from programme.forms.updating.milestone_grid import MilestoneGrid, keys_sent
from programme.models import Milestone, Programme
from programme.policies import Powers, powers_of
from programme.queries.milestones import MilestoneRow, milestone_rows
from programme.queries.work import work_list
from programme.views.context import programme_context, visible_programme
from programme.views.links import grouping_asked, scope_asked, section_asked
from programme.views.recording import FORM
from programme.views.work import scopes_for, work_url

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a grid come from: those to show first, all that may be sent, and the way back."""

    rows: Sequence[MilestoneRow]
    milestones: QuerySet[Milestone]
    back_url: str
    back_words: str
    context: Mapping[str, Any]


@login_required
@require_http_methods(FORM)
def work_grid(request: HttpRequest) -> HttpResponse:
    """The milestones of a work list, narrowed as the list is."""
    user = person(request)
    powers = powers_of(user)
    scope, section = scope_asked(request, scopes_for(powers)), section_asked(request)
    work = work_list(user, scope=scope, as_of=today(), powers=powers, grouping=grouping_asked(request))
    source = Source(
        work.shown(section),
        Milestone.objects.visible_to(user),
        work_url(scope, section, work.grouping),
        "My work",
        {**programme_context(work.programme), "menu_page": "programme:my_work"},
    )
    return _grid(request, source, powers)


@login_required
@require_http_methods(FORM)
def milestone_grid(request: HttpRequest, key: str) -> HttpResponse:
    """The milestones of a programme, narrowed as their list is."""
    programme = visible_programme(person(request), key)
    powers = powers_of(person(request))
    source = Source(
        narrowed_rows(request, programme, powers),
        programme.milestones.all(),
        list_url(request, programme),
        "Milestones",
        {**programme_context(programme), "menu_page": "programme:milestone_list"},
    )
    return _grid(request, source, powers)


def narrowed_rows(request: HttpRequest, programme: Programme, powers: Powers) -> list[MilestoneRow]:
    """The milestones of a programme that its list shows with the same address."""
    rows = milestone_rows(programme.milestones.all(), as_of=today(), powers=powers)
    return MilestoneFilter(request.GET, rows=rows).narrowed().rows


def list_url(request: HttpRequest, programme: Programme) -> str:
    """The list of a programme's milestones, narrowed as this page is."""
    query = request.GET.urlencode()
    path = reverse("programme:milestone_list", args=[programme.key])
    return f"{path}?{query}" if query else path


def _grid(request: HttpRequest, source: Source, powers: Powers) -> HttpResponse:
    if request.method != "POST":
        may = [row for row in source.rows if row.can_update]
        return _show(request, source, MilestoneGrid(may[:MOST_ROWS]), left_out=max(0, len(may) - MOST_ROWS))
    grid = MilestoneGrid(_rows_sent(request, source, powers), request.POST)
    changes = grid.changes()
    if grid.errors:
        return _show(request, source, grid, HTTPStatus.UNPROCESSABLE_ENTITY)
    found = update_milestones(changes, by=person(request), keep_stale_out=True)
    grid.add(found)
    if found.refused:
        return _show(request, source, grid, HTTPStatus.UNPROCESSABLE_ENTITY)
    if grid.stale:
        again = grid.over(_rows_sent(request, source, powers))
        return _show(request, source, again, HTTPStatus.CONFLICT, saved=len(found.saved))
    messages.success(request, saved_words(len(found.saved)))
    return redirect(source.back_url)


def _rows_sent(request: HttpRequest, source: Source, powers: Powers) -> list[MilestoneRow]:
    """The rows that were sent, as they are now; nothing there (404) where one may not be seen."""
    keys = keys_sent(request.POST)
    rows = milestone_rows(source.milestones.filter(pk__in=keys), as_of=today(), powers=powers)
    if len(rows) != len(keys):
        raise Http404
    return rows


def saved_words(number: int) -> str:
    """3 milestones are saved."""
    if number == 0:
        return "Nothing was changed"
    return f"{count_of(number, 'milestone')} {are(number)} saved"


def _show(
    request: HttpRequest,
    source: Source,
    grid: MilestoneGrid,
    status: int = HTTPStatus.OK,
    *,
    saved: int = 0,
    left_out: int = 0,
) -> HttpResponse:
    context = {
        "grid": grid,
        "source": source,
        "saved": saved_words(saved) if saved else "",
        "left_out": left_out,
        "most": MOST_ROWS,
        **source.context,
    }
    return render(request, "programme/updating/milestone_grid.html", context, status=status)
