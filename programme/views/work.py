"""My work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.rules.calendar import format_date
from programme.policies import powers_of
from programme.queries.milestones import MilestoneRow
from programme.queries.milestones_late import STALE_AFTER
from programme.queries.work import (
    NEEDING,
    SCOPE_LABELS,
    SCOPE_MEANINGS,
    Scope,
    WorkList,
    scopes_for,
    work_list,
)
from programme.rules.worklist import Grouping, Section, Span
from programme.views.context import programme_context
from programme.views.links import (
    FilterLink,
    Layout,
    Place,
    grouping_asked,
    scope_asked,
    section_asked,
)
from programme.work_exports import ahead_chart, ahead_table, work_table

SECTION_LABELS = {
    Section.LATE: "Late",
    Section.DUE: "Due",
    Section.UNANSWERED: "Unanswered",
    Section.LATER: "Later",
    Section.DONE: "Done this month",
}
SPAN_LABELS = {
    Span.LATE: "Late",
    Span.TODAY: "Today",
    Span.THIS_WEEK: "Later this week",
    Span.NEXT_WEEK: "Next week",
    Span.THIS_MONTH: "Later this month",
    Span.LATER: "After this month",
    Span.UNDATED: "Without a date",
}
GROUPING_LABELS = {Grouping.NEED: "By what they need", Grouping.DATE: "By date"}
ORDERS = {
    Section.LATE.value: "oldest first",
    Section.DONE.value: "latest first",
    Span.UNDATED.value: "in the order of their programmes",
}
ASKED = (
    f"Nobody has forecast these, or nobody has updated them for {STALE_AFTER.days} days. "
    "Save a new date, or a note that the date still stands."
)


PAGE, CSV = "programme:my_work", "programme:my_work_csv"


@dataclass(frozen=True, slots=True)
class WorkPart:
    """One part of the page: a heading over a table."""

    key: Section | Span
    heading: str
    rows: list[MilestoneRow]

    @property
    def unit(self) -> str:
        """How many rows, in which order."""
        return f"{len(self.rows)}, {ORDERS.get(self.key, 'soonest first')}"

    @property
    def note(self) -> str:
        """What brings a milestone into this part, where its heading alone does not say so."""
        return ASKED if self.key == Section.UNANSWERED else ""

    @property
    def due_title(self) -> str:
        """Title of the column of dates."""
        return "Achieved on" if self.key == Section.DONE else "Due"


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where a list has no rows, and where to go from there."""

    heading: str
    text: str
    url: str
    link_text: str


@login_required
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Milestones late, due, unanswered, for later and done: one's own, or those of another scope."""
    powers = powers_of(person(request))
    scopes = scopes_for(powers)
    scope, section = scope_asked(request, scopes), section_asked(request)
    grouping = grouping_asked(request)
    work = work_list(person(request), scope=scope, as_of=today(), powers=powers, grouping=grouping)
    is_wide, back = work.programme is None, work_url(scope, section, grouping)
    place = Place(Layout.WORK, scope, section, back, shows_programme=is_wide, grouping=grouping)
    context: dict[str, Any] = {
        "place": place,
        "parts": work_parts(work, section),
        "empty": _empty(work, place),
        "csv_url": work_url(scope, section, grouping, CSV),
        "scope_meaning": SCOPE_MEANINGS[scope],
        "scope_links": [_scope_link(offered, place) for offered in scopes],
        "grouping_links": [_grouping_link(grouping, place) for grouping in Grouping],
        **work_summary(work, place),
        **programme_context(work.programme),
    }
    return render(request, "programme/my_work.html", context)


@login_required
@require_safe
def my_work_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The milestones of the page as a file, with the same choice of rows."""
    user = person(request)
    powers = powers_of(user)
    scope, grouping = scope_asked(request, scopes_for(powers)), grouping_asked(request)
    work = work_list(user, scope=scope, as_of=today(), powers=powers, grouping=grouping)
    table = work_table(work, section_asked(request), SECTION_LABELS)
    return csv_response(table, f"my-work-{work.as_of.isoformat()}")


def work_summary(work: WorkList, place: Place) -> dict[str, Any]:
    """The sentence over the list, the links that narrow it, and how far off what is open lies."""
    links = [_section_link(None, "All", len(work.shown(None)), place)]
    links += [
        _section_link(section, label, len(work.sections[section]), place)
        for section, label in SECTION_LABELS.items()
    ]
    return {
        "work": work,
        "section_links": links,
        "chart": ahead_chart(work, csv_url=work_url(place.scope, None, Grouping.DATE, CSV)),
        "ahead": ahead_table(work),
    }


def work_parts(work: WorkList, section: Section | None) -> list[WorkPart]:
    """What needs somebody, or the one section asked for; parts without rows are left out.

    By date what is open, the one section or all, by when it is due; what is done stays together.
    """
    if work.grouping == Grouping.DATE and section != Section.DONE:
        spans = work.spans(section)
        return [WorkPart(span, SPAN_LABELS[span], rows) for span, rows in spans.items() if rows]
    wanted = NEEDING if section is None else [section]
    headings = SECTION_LABELS | {
        Section.DUE: f"Due by {format_date(work.due_until)}",
        Section.UNANSWERED: "Waiting for your answer",
    }
    parts = [WorkPart(name, headings[name], work.sections[name]) for name in wanted]
    return [part for part in parts if part.rows]


def work_url(
    scope: Scope, section: Section | None, grouping: Grouping = Grouping.NEED, page: str = PAGE
) -> str:
    """The address of a work list, or of its file."""
    named = {
        "scope": "" if scope == Scope.MINE else scope.value,
        "show": section.value if section else "",
        "by": "" if grouping == Grouping.NEED else grouping.value,
    }
    query = urlencode({name: value for name, value in named.items() if value})
    path = reverse(page)
    return f"{path}?{query}" if query else path


def _empty(work: WorkList, place: Place) -> Empty:
    if any(work.sections.values()):
        return Empty(
            heading="Nothing here",
            text="Your other milestones are under the links above.",
            url=work_url(place.scope, Section.LATER, place.grouping),
            link_text="What comes later",
        )
    return Empty(
        heading="No milestone is waiting",
        text="Milestones appear here when you are their owner. A programme manager names the owners.",
        url=reverse("programme:partnership_list"),
        link_text="See the programmes you can read",
    )


def _section_link(section: Section | None, label: str, count: int, place: Place) -> FilterLink:
    url = work_url(place.scope, section, place.grouping)
    return FilterLink(label, url, place.section == section, count)


def _scope_link(scope: Scope, place: Place) -> FilterLink:
    url = work_url(scope, place.section, place.grouping)
    return FilterLink(SCOPE_LABELS[scope], url, place.scope == scope)


def _grouping_link(grouping: Grouping, place: Place) -> FilterLink:
    url = work_url(place.scope, place.section, grouping)
    return FilterLink(GROUPING_LABELS[grouping], url, place.grouping == grouping)
