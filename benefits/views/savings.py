"""Savings against plan, and its figures as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits import exports
from benefits.answers import savings_answers
from benefits.charts import council_charts, fairness_chart, main_chart, price_words
from benefits.enums import Measure
from benefits.panels import PANELS, Panels
from benefits.policies import can_propose
from benefits.queries.as_stated import figures_as_stated, read_stated
from benefits.queries.double_counts import double_count_sentence
from benefits.queries.savings import SavingsAgainstPlan
from benefits.queries.stated_summary import stated_summary
from benefits.rules.measures import full_noun_of, noun_of
from benefits.tables import councils, savings
from benefits.tables.shapes import choice_parameters
from benefits.tables.stated import saving_table, worth_table
from benefits.views.context import SavingsPage, savings_page
from core.exports.responses import csv_response
from core.exports.tables import Table
from programme.models import Programme
from services.queries.year_end import settlements_by_year

CSV_TABLES: dict[str, Callable[[SavingsAgainstPlan], Table[Any]]] = {
    "figures": exports.figure_table,
    "like-for-like": exports.like_for_like_table,
    "months": exports.month_table,
    "headline": exports.headline_table,
    "payback": exports.payback_table,
    "shares": exports.share_table,
    "returns": exports.return_table,
    "lines": exports.line_table,
    "not-assessable": exports.missing_table,
}


@login_required
@require_safe
def savings_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Are we saving what we said? Charts, each beside its table, for all councils or as narrowed."""
    page = savings_page(request, key)
    result = page.result
    tables = _tables(result)
    context = {
        **page.context,
        "answers": savings_answers(result),
        "chart": main_chart(result, csv_url=csv_url(result, "months")),
        "council_charts": council_charts(result),
        "chart_year": result.choice.fy or result.this_fy,
        "chart_measure": full_noun_of(result.choice.measure),
        "equity_chart": fairness_chart(result, csv_url=csv_url(result, "shares")),
        "tables": tables,
        "csv": {name.replace("-", "_"): csv_url(result, name) for name in CSV_TABLES},
        "panels": panel_summaries(page),
        "true_ups": councils.true_up_table(result, settlements_by_year(page.programme)),
        "can_propose": can_propose(person(request), page.programme),
        **(_doubts(page) if result.has_ledgers else _stated(page.programme)),
    }
    return render(request, "benefits/savings_detail.html", context)


@login_required
@require_safe
def savings_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """One table of the page as CSV, with the same choice; `table` names it."""
    name = request.GET.get("table", "figures")
    if name not in CSV_TABLES:
        raise Http404("There is no such table")
    result = savings_page(request, key).result
    return csv_response(CSV_TABLES[name](result), f"{key}-{name}-{result.as_of.isoformat()}")


def csv_url(result: SavingsAgainstPlan, table: str) -> str:
    """Where a table of the page is as CSV, with the page's choice."""
    parameters = {"table": table, **choice_parameters(result.choice)}
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{reverse('benefits:savings_csv', args=[result.programme.key])}?{query}"


def panel_summaries(page: SavingsPage) -> list[tuple[str, str, str]]:
    """What each panel is called, where it is, and what it says of the page's choice."""
    if page.ledgers.is_empty:
        return []
    query = urlencode({name: value for name, value in choice_parameters(page.choice).items() if value})
    panels = Panels(page.programme, page.scope)
    return [
        (
            panel.title,
            reverse(panel.url_name, args=[page.programme.key]) + (f"?{query}" if query else ""),
            panel.sentence(panels),
        )
        for panel in PANELS
    ]


def _tables(result: SavingsAgainstPlan) -> dict[str, Any]:
    """Every table of the page by the name its template gives it; None where there is nothing to show."""
    prices = price_words(result)
    shown = result.choice.measure
    caption = f"{noun_of(shown)} by financial year"
    unit = f"{prices}, gross (before costs)" if shown == Measure.GROSS else prices
    return {
        "progress": savings.progress_table(result),
        "years": savings.year_table(result, shown, caption, unit),
        "like_for_like": savings.like_for_like_table(result),
        "months": savings.month_table(result, unit),
        "variances": savings.variance_table(result, shown, f"{caption}, with variances", unit),
        "cumulative": savings.cumulative_table(result, shown, "Cumulative, with variances", unit),
        "councils": councils.council_table(result, result.choice.fy or result.this_fy),
        "headline": councils.headline_table(result),
        "costs": savings.cost_table(result),
        "one_off": savings.year_table(result, Measure.ONE_OFF_COST, "One-off cost by financial year", prices),
        "recurring": savings.year_table(
            result, Measure.RECURRING_COST, "Recurring cost by financial year", prices
        ),
        "net_years": savings.year_table(
            result, Measure.NET, "Net saving by financial year", f"{prices}, after all costs"
        ),
        "net": councils.net_table(result),
        "payback": councils.payback_table(result),
        "equity": councils.equity_table(result),
        "other": savings.other_table(result),
        "returns": councils.return_table(result),
        "lines": savings.line_table(result),
    }


def _doubts(page: SavingsPage) -> dict[str, Any]:
    """What of the claims may be counted twice, in a sentence; empty where nothing is left to resolve."""
    return {"double_counts": double_count_sentence(page.programme, as_of=page.as_of)}


def _stated(programme: Programme) -> dict[str, Any]:
    """What a case without ledgers shows instead: the figures of its sources, and what they come to."""
    stated = read_stated(programme)
    summary = stated_summary(stated, horizon_years=programme.horizon_years)
    return {
        "stated": figures_as_stated(stated),
        "stated_tables": [table for table in (saving_table(summary), worth_table(summary)) if table],
    }
