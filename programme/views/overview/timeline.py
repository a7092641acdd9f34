"""The timeline of a programme, how its forecasts slipped, and its milestones counted up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from programme.models import Programme
from programme.overview.overview_exports import burn_up_table, slippage_table, timeline_table
from programme.overview.since import SinceForm
from programme.overview.slip_charts import burn_up_chart, burn_up_sentence, slip_chart, slippage_sentence
from programme.overview.timeline_chart import timeline_chart, timeline_sheets
from programme.policies import powers_of
from programme.queries.overview.slippage import Slippage, report_days, slippage_of
from programme.queries.overview.timeline import Timeline, timeline_of
from programme.rules.burn_up import BurnUpMonth, burn_up, months_of_change
from programme.views.context import programme_context, visible_programme

MENU_PAGE = "programme:milestone_list"


@login_required
@require_safe
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    """Phases and milestones over time: the drawing, and a table with all that it says."""
    programme, found = _timeline(request, key)
    context = {
        "timeline": found,
        "chart": timeline_chart(found),
        "sheets": timeline_sheets(found),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "programme/overview/timeline.html", context)


@login_required
@require_safe
def timeline_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The same as a CSV file."""
    programme, found = _timeline(request, key)
    return csv_response(timeline_table(found), f"{programme.key}-timeline-{found.as_of.isoformat()}")


@login_required
@require_safe
def slippage(request: HttpRequest, key: str) -> HttpResponse:
    """How forecasts moved since a day, and milestones counted up against both plans."""
    programme = visible_programme(person(request), key)
    form = SinceForm(request.GET, days=report_days(programme, as_of=today()), as_of=today())
    found = _slippage(request, programme, form)
    months = _months(found)
    context = {
        "form": form,
        "found": found,
        "sentence": slippage_sentence(found),
        "chart": slip_chart(found),
        "months": months_of_change(months),
        "burn_up": burn_up_chart(months, found.as_of),
        "burn_up_sentence": burn_up_sentence(months, found.as_of) if months else "",
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "programme/overview/slippage.html", context)


@login_required
@require_safe
def slippage_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """Slippage since the day as a CSV file."""
    programme = visible_programme(person(request), key)
    form = SinceForm(request.GET, days=report_days(programme, as_of=today()), as_of=today())
    found = _slippage(request, programme, form)
    return csv_response(slippage_table(found), f"{key}-slippage-since-{found.since.isoformat()}")


@login_required
@require_safe
def burn_up_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """Milestones counted up by month as a CSV file."""
    programme = visible_programme(person(request), key)
    found = slippage_of(programme, since=today(), as_of=today(), powers=powers_of(person(request)))
    table = burn_up_table(_months(found), as_of=found.as_of)
    return csv_response(table, f"{key}-milestones-counted-up-{found.as_of.isoformat()}")


def _timeline(request: HttpRequest, key: str) -> tuple[Programme, Timeline]:
    user = person(request)
    programme = visible_programme(user, key)
    return programme, timeline_of(programme, as_of=today(), powers=powers_of(user))


def _slippage(request: HttpRequest, programme: Programme, form: SinceForm) -> Slippage:
    powers = powers_of(person(request))
    return slippage_of(programme, since=form.day, as_of=today(), powers=powers)


def _months(found: Slippage) -> list[BurnUpMonth]:
    return burn_up(found.dates, as_of=found.as_of)
