"""The panels of savings, each a page: its sentence, its chart, its tables and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benefits import panel_charts as charts
from benefits import panel_exports as exports
from benefits.charts import price_words_of
from benefits.filters import OverTimeFilter, PanelFilter
from benefits.panels import PANELS, Panel, Panels
from benefits.queries.causes import Causes
from benefits.queries.delivery import DeliverySplit
from benefits.queries.realisation import Grouping, Realisation
from benefits.tables import causes, delivery, households, measures, over_time, realisation
from benefits.tables.shapes import choice_parameters
from benefits.views.context import SavingsPage, savings_page
from benefits.views.pages import SAVINGS_MENU
from core.charts import Chart
from core.exports.responses import csv_response
from core.exports.tables import Table
from core.tables import NumberTable


class Filed(NamedTuple):
    """A table of a page and the name of its file."""

    table: NumberTable
    file: str


class Shown(NamedTuple):
    """What one panel shows: its chart, and its tables with their files."""

    chart: Chart | None
    tables: Sequence[Filed]


class PanelPage:
    """One panel with the choice that its address holds."""

    def __init__(self, request: HttpRequest, key: str, name: str = "") -> None:
        shape = OverTimeFilter if name in {"over_time", ""} else PanelFilter
        self.page: SavingsPage = savings_page(request, key, shape)
        self.name = name
        self.panels = Panels(self.page.programme, self.page.scope, *self.page.form.way())
        self.prices = price_words_of(self.page.programme)

    def csv_url(self, file: str) -> str:
        """Where a table of the page is as CSV, with the page's choice."""
        address = reverse("benefits:savings_panel_csv", args=[self.page.programme.key, file])
        return f"{address}{self.query(with_way=file == 'over-time')}"

    def query(self, *, with_way: bool = False) -> str:
        """The page's choice as part of an address."""
        parameters = choice_parameters(self.page.choice)
        if with_way:
            parameters |= {"every": self.panels.every.value, "sums": self.panels.sums.value}
        query = urlencode({name: value for name, value in parameters.items() if value})
        return f"?{query}" if query else ""

    @property
    def links(self) -> list[dict[str, Any]]:
        """Every panel, the present one marked, with the same choice."""
        key, query = self.page.programme.key, self.query()
        found = [
            {
                "label": panel.title,
                "url": reverse(panel.url_name, args=[key]) + query,
                "is_current": panel.name == self.name,
            }
            for panel in PANELS
        ]
        overview = reverse(SAVINGS_MENU, args=[key]) + query
        return [{"label": "Overview", "url": overview, "is_current": False}, *found]

    def context(self, panel: Panel, shown: Shown) -> dict[str, Any]:
        """What the template of a panel needs."""
        return {
            "programme": self.page.programme,
            "councils": self.page.ledgers.councils,
            "menu_page": SAVINGS_MENU,
            "form": self.page.form,
            "choice": self.page.choice,
            "as_of": self.page.as_of,
            "cut_off": self.page.ledgers.cut_off,
            "panel": panel,
            "sentence": panel.sentence(self.panels),
            "links": self.links,
            "chart": shown.chart,
            "tables": [(one.table, self.csv_url(one.file)) for one in shown.tables],
            "has_figures": panel.name == "measures" or not self.page.ledgers.is_empty,
        }


def _over_time(page: PanelPage) -> Shown:
    found = page.panels.over_time
    chart = charts.over_time_chart(page.page.programme, found, csv_url=page.csv_url("over-time"))
    if chart is None:
        return Shown(None, ())
    return Shown(
        chart, [Filed(over_time.over_time_table(page.page.programme, found, page.prices), "over-time")]
    )


def _causes(page: PanelPage) -> Shown:
    found, programme = page.panels.causes, page.page.programme
    if not isinstance(found, Causes):
        return Shown(None, ())
    return Shown(
        charts.causes_chart(programme, found, csv_url=page.csv_url("causes")),
        [
            Filed(causes.causes_table(programme, found, page.prices), "causes"),
            Filed(causes.cause_lines_table(found, page.prices), "cause-lines"),
        ],
    )


def _confidence(page: PanelPage) -> Shown:
    found, programme = page.panels.delivery, page.page.programme
    if not isinstance(found, DeliverySplit):
        return Shown(None, ())
    tables = [
        Filed(delivery.delivery_table(programme, found, page.prices), "confidence"),
        Filed(delivery.delivery_benefit_table(programme, found, page.prices), "confidence-benefits"),
        Filed(delivery.confidence_table(programme, found, page.prices), "confidence-weighed"),
    ]
    return Shown(charts.delivery_chart(programme, found, csv_url=page.csv_url("confidence")), tables)


def _realisation(page: PanelPage) -> Shown:
    found, programme = page.panels.realisation, page.page.programme
    if not isinstance(found, Realisation):
        return Shown(None, ())
    made = (realisation.realisation_table(programme, found, grouping, page.prices) for grouping in Grouping)
    tables = [Filed(table, "realisation") for table in made if table]
    equivalent = page.panels.households
    if equivalent:
        table = households.household_table(programme, page.page.scope, equivalent, page.prices)
        tables.append(Filed(table, "households"))
    return Shown(None, tables)


def _measures(page: PanelPage) -> Shown:
    table = measures.measures_table(page.panels.measures)
    return Shown(None, [Filed(table, "measures")] if table else ())


_SHOWN: dict[str, Callable[[PanelPage], Shown]] = {
    "over_time": _over_time,
    "causes": _causes,
    "confidence": _confidence,
    "realisation": _realisation,
    "measures": _measures,
}
_BY_NAME = {panel.name: panel for panel in PANELS}


@login_required
@require_safe
def savings_panel(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One panel: its sentence, its chart and the tables of the same numbers."""
    page = PanelPage(request, key, name)
    context = page.context(_BY_NAME[name], _SHOWN[name](page))
    return render(request, "benefits/savings_panel.html", context)


@login_required
@require_safe
def savings_measures(request: HttpRequest, key: str) -> HttpResponse:
    """Every measure: a sentence, a small chart and its table each."""
    page = PanelPage(request, key, "measures")
    context = page.context(_BY_NAME["measures"], _measures(page))
    context["trends"] = list(_trends(page))
    return render(request, "benefits/savings_measures.html", context)


def _trends(page: PanelPage) -> Iterator[dict[str, Any]]:
    """The measures that stand for themselves; those in pounds alone stand in the other panels."""
    for trend in page.panels.measures.trends:
        if trend.is_in_pounds and not trend.points:
            continue
        yield {
            "trend": trend,
            "sentence": charts.trend_sentence(trend),
            "chart": charts.trend_chart(trend, csv_url=page.csv_url("measure-values")),
            "table": measures.trend_table(trend) if trend.points else None,
        }


@login_required
@require_safe
def savings_panel_csv(request: HttpRequest, key: str, name: str) -> StreamingHttpResponse:
    """One table of a panel as CSV, with the same choice."""
    page = PanelPage(request, key)
    table = _FILES[name](page.panels) if name in _FILES else None
    if table is None:
        raise Http404("There is no such table")
    return csv_response(table, f"{key}-{name}-{page.page.as_of.isoformat()}")


def _of_delivery(make: Callable[..., Table[Any]]) -> Callable[[Panels], Table[Any] | None]:
    return lambda panels: (
        make(panels.programme, panels.delivery) if isinstance(panels.delivery, DeliverySplit) else None
    )


def _realisation_file(panels: Panels) -> Table[Any] | None:
    found = panels.realisation
    return exports.realisation_table(panels.programme, found) if isinstance(found, Realisation) else None


_FILES: dict[str, Callable[[Panels], Table[Any] | None]] = {
    "over-time": lambda panels: exports.over_time_table(panels.programme, panels.over_time),
    "causes": lambda panels: exports.causes_table(panels.programme, panels.causes),
    "cause-lines": lambda panels: exports.cause_line_table(panels.programme, panels.causes),
    "confidence": _of_delivery(exports.delivery_table),
    "confidence-benefits": _of_delivery(exports.delivery_benefit_table),
    "confidence-weighed": _of_delivery(exports.confidence_table),
    "realisation": _realisation_file,
    "households": lambda panels: exports.household_table(panels.programme, panels.households),
    "measures": lambda panels: exports.measure_table(panels.measures),
    "measure-values": lambda panels: exports.measure_value_table(panels.measures),
}
