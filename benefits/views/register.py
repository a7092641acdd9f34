"""The benefits register and one benefit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits import register_charts as charts
from benefits.exports import benefit_table
from benefits.panel_sentences import measures_sentence
from benefits.policies import can_manage
from benefits.queries.benefit_page import benefit_story, benefits_to_read
from benefits.queries.benefits_map import linked_map
from benefits.queries.double_counts import double_counts_of
from benefits.queries.ledgers import read_ledgers
from benefits.queries.measure_trends import measure_trends
from benefits.queries.measured import measured_years
from benefits.queries.register import benefit_row, benefits_register
from benefits.queries.register_summary import RegisterSummary, register_summary
from benefits.queries.scope import Choice
from benefits.register_filters import RegisterFilter
from benefits.tables.measures import measures_table
from benefits.tables.register import age_file, age_table, group_file, group_table
from benefits.tables.savings import benefit_lines
from benefits.views.benefit_links import benefit_links, beside
from benefits.views.context import as_of_today
from core.exports.responses import csv_response
from core.exports.tables import Table
from programme.enums import SavedPage
from programme.models import Programme
from programme.views.context import visible_programme
from programme.views.saved_views import view_links

PAGE_SIZE = 100
FILES: dict[str, Callable[[RegisterSummary], Table[Any]]] = {"states": group_file, "waiting": age_file}


@login_required
@require_safe
def benefit_list(request: HttpRequest, key: str) -> HttpResponse:
    """The benefits asked for: what each is, whose, what it is to give and what is verified."""
    user = person(request)
    programme = visible_programme(user, key)
    form = _filter(request, programme)
    rows = form.rows()
    summary = register_summary(rows)
    trends = measure_trends((row.benefit for row in rows), form.register.ledgers, Choice(), None)
    file = f"{reverse('benefits:benefit_csv', args=[key])}?{_asked(request)}"
    context = {
        "programme": programme,
        "councils": form.register.councils,
        "filter": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "summary": summary,
        "state_chart": charts.state_chart(programme, summary, csv_url=f"{file}table=states"),
        "age_chart": charts.age_chart(summary, csv_url=f"{file}table=waiting"),
        "measures": measures_table(trends),
        "measures_sentence": measures_sentence(trends),
        "worst_chart": charts.worst_measure_chart(
            trends, csv_url=reverse("benefits:savings_panel_csv", args=[key, "measure-values"])
        ),
        "groups": group_table(summary),
        "ages": age_table(summary),
        "views": view_links(request, programme, SavedPage.BENEFITS),
        "can_manage": can_manage(user, programme),
    }
    return render(request, "benefits/benefit_list.html", context)


@login_required
@require_safe
def benefit_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The benefits that the address asks for as CSV; or, by `table`, what the page adds up of them."""
    programme = visible_programme(person(request), key)
    form = _filter(request, programme)
    rows, name = form.rows(), request.GET.get("table", "")
    file_name = f"{key}-benefits-{form.register.as_of.isoformat()}"
    if name in FILES:
        return csv_response(FILES[name](register_summary(rows)), f"{file_name}-{name}")
    return csv_response(benefit_table(rows), file_name)


def _asked(request: HttpRequest) -> str:
    """The choice of the address, to be followed by the name of a table."""
    asked = request.GET.copy()
    for name in ("page", "table"):
        asked.pop(name, None)
    return f"{asked.urlencode()}&" if asked else ""


def _filter(request: HttpRequest, programme: Programme) -> RegisterFilter:
    register = benefits_register(programme, as_of=as_of_today(programme))
    return RegisterFilter(request.GET, register=register)


@login_required
@require_safe
def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One benefit's agreed definition, and its lines of pounds."""
    user = person(request)
    benefit = get_object_or_404(benefits_to_read(user), pk=pk)
    as_of = as_of_today(benefit.programme)
    ledgers = read_ledgers(benefit.programme, as_of=as_of)
    contents = linked_map(benefit.programme)
    row = benefit_row(benefit, ledgers, contents)
    story = benefit_story(benefit, user, contents)
    context = {
        "programme": benefit.programme,
        "councils": ledgers.councils,
        "row": row,
        "lines": benefit_lines(benefit, ledgers, as_of=as_of),
        "measured": measured_years(benefit, benefit.readings.all()),
        "story": story,
        "links": benefit_links(benefit, story, user),
        "before": beside(story.follows_from),
        "after": beside(story.leads_to),
        "can_manage": story.hands.manages,
        "doubles": double_counts_of(benefit, as_of=as_of),
    }
    return render(request, "benefits/benefit_detail.html", context)
