"""Milestones of a programme as a list and a file, and one milestone with its history."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.htmx import is_enhanced
from core.rules.calendar import format_date
from programme.enums import SavedPage
from programme.exports import milestone_table
from programme.filters import MilestoneFilter, Narrowed
from programme.models import Milestone
from programme.policies import Powers, powers_of
from programme.queries.history import milestone_history
from programme.queries.milestones import (
    MilestoneRow,
    milestone_row,
    scheduled,
    with_relations,
)
from programme.queries.overview.slippage import with_slippage
from programme.queries.planning.outside_dates import outside_dates
from programme.queries.planning.plans import plan_words
from programme.queries.schedule import schedule_of, waits_of
from programme.rules.worklist import Section, due_until
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink, Layout, Place, filter_link
from programme.views.overview.asked import rows_asked
from programme.views.saved_views import view_links

PAGE_SIZE = 100


@login_required
@require_safe
def milestone_list(request: HttpRequest, key: str) -> HttpResponse:
    """Milestones of a programme by date, narrowed by state, phase, council and owner."""
    programme = visible_programme(person(request), key)
    asked = rows_asked(request, programme)
    rows = asked.rows if asked.past else scheduled(asked.rows, schedule_of(programme))
    form = MilestoneFilter(request.GET, rows=rows)
    narrowed = form.narrowed()
    context = {
        "filter": form,
        "can_plan": asked.can_plan,
        "as_at": asked.form,
        "past": asked.past,
        "views": view_links(request, programme, SavedPage.MILESTONES),
        "page": Paginator(narrowed.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "outside_dates": [] if asked.past else outside_dates(programme, asked.day),
        "known_on": asked.day,
        "links": _state_links(request, narrowed),
        "place": Place(
            Layout.LIST, back=request.get_full_path(), has_action=any(row.can_update for row in rows)
        ),
        **programme_context(programme),
    }
    return render(request, "programme/milestone_list.html", context)


@login_required
@require_safe
def milestone_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The rows of the list, with the same choice, as a CSV file."""
    programme = visible_programme(person(request), key)
    asked = rows_asked(request, programme)
    table = milestone_table(MilestoneFilter(request.GET, rows=asked.rows).narrowed().rows, as_of=asked.day)
    return csv_response(table, f"{programme.key}-milestones-{asked.day.isoformat()}")


@login_required
@require_safe
def milestone_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One milestone: its dates, what it waits for, and who changed what, when and why."""
    powers = powers_of(person(request))
    row = visible_row(request, pk, powers)
    [row] = with_slippage(row.milestone.programme, [row], as_of=today())
    schedule = schedule_of(row.milestone.programme)
    waits_for, waited_for = waits_of(row.milestone, schedule, powers)
    context = {
        "row": replace(row, schedule=schedule.words(pk)),
        "waits_for": waits_for,
        "waited_for": waited_for,
        "spare": schedule.spare_words(pk),
        "plan_words": plan_words(row.milestone, as_of=row.as_of),
        "can_plan": powers.manages(row.milestone.programme.partnership_id),
        "place": Place(Layout.LIST, back=row.milestone.get_absolute_url()),
        "history": milestone_history(row.milestone),
        **programme_context(row.milestone.programme),
    }
    return render(request, "programme/milestone_detail.html", context)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def milestone_row_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The closed row of a list, for a form that is given up; a whole page goes back to where it came from."""
    place = Place.of(request)
    row = visible_row(request, pk)
    if not is_enhanced(request):
        return redirect(place.back_url)
    context = {"row": row_in_place(row, place), "place": place, "is_fresh": True}
    return render(request, "programme/milestone_row.html", context)


def row_in_place(row: MilestoneRow, place: Place) -> MilestoneRow:
    """The row with all that its table shows of it. At most two queries."""
    if place.is_work:
        return row
    return replace(row, schedule=schedule_of(row.milestone.programme).words(row.pk))


def visible_row(request: HttpRequest, pk: int, powers: Powers | None = None) -> MilestoneRow:
    """Where a milestone stands today, or nothing there (404) for a person who may not see it."""
    milestones = with_relations(Milestone.objects.visible_to(person(request)))
    milestones = milestones.select_related("source", "tranche")
    milestone = get_object_or_404(milestones, pk=pk)
    return milestone_row(milestone, as_of=today(), powers=powers or powers_of(person(request)))


def _state_links(request: HttpRequest, narrowed: Narrowed) -> list[FilterLink]:
    labels = {
        Section.LATE: "Late",
        Section.DUE: f"Due by {format_date(due_until(today()))}",
        Section.LATER: "Later",
        Section.DONE: "Achieved",
    }
    return [
        filter_link(request, "state", "", "All", narrowed.total),
        *(
            filter_link(request, "state", section.value, label, narrowed.counts[section])
            for section, label in labels.items()
        ),
    ]
