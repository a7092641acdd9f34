"""My work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
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
from programme.rules.worklist import Section
from programme.views.context import programme_context
from programme.views.links import FilterLink, Layout, Place, scope_asked, section_asked

SECTION_LABELS = {
    Section.LATE: "Late",
    Section.DUE: "Due",
    Section.UNANSWERED: "Unanswered",
    Section.LATER: "Later",
    Section.DONE: "Done this month",
}
ORDERS = {
    Section.LATE: "oldest first",
    Section.DUE: "soonest first",
    Section.UNANSWERED: "soonest first",
    Section.LATER: "soonest first",
    Section.DONE: "latest first",
}
ASKED = (
    f"Nobody has forecast these, or nobody has updated them for {STALE_AFTER.days} days. "
    "Save a new date, or a note that the date still stands."
)


@dataclass(frozen=True, slots=True)
class WorkPart:
    """One part of the page: a heading over a table."""

    section: Section
    heading: str
    rows: list[MilestoneRow]

    @property
    def unit(self) -> str:
        """How many rows, in which order."""
        return f"{len(self.rows)}, {ORDERS[self.section]}"

    @property
    def note(self) -> str:
        """What brings a milestone into this part, where its heading alone does not say so."""
        return ASKED if self.section == Section.UNANSWERED else ""

    @property
    def due_title(self) -> str:
        """Title of the column of dates."""
        return "Achieved on" if self.section == Section.DONE else "Due"


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
    work = work_list(person(request), scope=scope, as_of=today(), powers=powers)
    is_wide = work.programme is None
    place = Place(Layout.WORK, scope, section, work_url(scope, section), shows_programme=is_wide)
    context = {
        "place": place,
        "parts": work_parts(work, section),
        "empty": _empty(work, place),
        "scope_meaning": SCOPE_MEANINGS[scope],
        "scope_links": [_scope_link(offered, place) for offered in scopes],
        **work_summary(work, place),
        **programme_context(work.programme),
    }
    return render(request, "programme/my_work.html", context)


def work_summary(work: WorkList, place: Place) -> dict[str, Any]:
    """The sentence over the list and the links that narrow it, with their counts."""
    links = [_section_link(None, "All", len(work.needing), place)]
    links += [
        _section_link(section, label, len(work.sections[section]), place)
        for section, label in SECTION_LABELS.items()
    ]
    return {"work": work, "section_links": links}


def work_parts(work: WorkList, section: Section | None) -> list[WorkPart]:
    """What needs somebody, or the one section asked for; parts without rows are left out."""
    wanted = NEEDING if section is None else [section]
    headings = SECTION_LABELS | {
        Section.DUE: f"Due by {format_date(work.due_until)}",
        Section.UNANSWERED: "Waiting for your answer",
    }
    parts = [WorkPart(name, headings[name], work.sections[name]) for name in wanted]
    return [part for part in parts if part.rows]


def work_url(scope: Scope, section: Section | None) -> str:
    """The address of a work list."""
    named = {"scope": "" if scope == Scope.MINE else scope.value, "show": section.value if section else ""}
    query = urlencode({name: value for name, value in named.items() if value})
    path = reverse("programme:my_work")
    return f"{path}?{query}" if query else path


def _empty(work: WorkList, place: Place) -> Empty:
    if any(work.sections.values()):
        return Empty(
            heading="Nothing here",
            text="Your other milestones are under the links above.",
            url=work_url(place.scope, Section.LATER),
            link_text="What comes later",
        )
    return Empty(
        heading="No milestone is waiting",
        text="Milestones appear here when you are their owner. A programme manager names the owners.",
        url=reverse("programme:partnership_list"),
        link_text="See the programmes you can read",
    )


def _section_link(section: Section | None, label: str, count: int, place: Place) -> FilterLink:
    return FilterLink(label, work_url(place.scope, section), place.section == section, count)


def _scope_link(scope: Scope, place: Place) -> FilterLink:
    return FilterLink(SCOPE_LABELS[scope], work_url(scope, place.section), place.scope == scope)
