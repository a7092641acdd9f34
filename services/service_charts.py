"""Charts of the catalogue: rates of councils side by side, and when contracts end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import BLUE, GREY, PURPLE, Chart, Spec, row_axis
from core.rules.calendar import format_date, format_fy
from core.rules.money import format_pounds
from core.rules.rounding import Exact, format_number
from services.queries.comparison import Comparison, ServiceComparison
from services.queries.contracts import ContractRow, ContractTimeline
from services.rules.comparison import Spread, rate_pence
from services.rules.contracts import months_after

_MOST_BARS = 20
_GAP = "\u00a0\u00a0"
_SOURCE = "what each council has stated in the catalogue; published population."


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    value: Exact
    text: str


def rate_chart(compared: ServiceComparison, *, csv_url: str) -> Chart | None:
    """Unit cost by council, or cost per head where no two councils state a unit cost; None without either."""
    is_by_unit = isinstance(compared.unit_spread, Spread)
    spread = compared.unit_spread if is_by_unit else compared.head_spread
    if not isinstance(spread, Spread) or compared.fy is None:
        return None
    rates = [(str(row.council), rate_pence(row.unit if is_by_unit else row.head)) for row in compared.rows]
    bars = [_Bar(name, pence, format_pounds(pence)) for name, pence in rates if isinstance(pence, int)]
    what = f"Cost of {compared.unit or compared.measure}" if is_by_unit else "Cost per head"
    return Chart(
        id="chart-rates",
        headline=_rate_headline(spread, (compared.unit or "each unit") if is_by_unit else "each head"),
        subtitle=f"{what}, £ by council, {format_fy(compared.fy)}",
        label=f"Bar chart. {what}: " + "; ".join(f"{bar.name} {bar.text}" for bar in bars) + ".",
        size="row",
        spec=_bars(bars, divide=100, prefix="£"),
        source=_SOURCE,
        csv_url=csv_url,
    )


def ratio_chart(comparison: Comparison, *, csv_url: str) -> Chart | None:
    """How many times the lowest cost per head the highest is, service by service, widest first."""
    found = [
        (one.service.name, one.head_spread.ratio)
        for one in comparison.services
        if isinstance(one.head_spread, Spread)
    ]
    ratios = [(name, ratio) for name, ratio in found if isinstance(ratio, Decimal)]
    ordered = sorted(ratios, key=lambda one: -one[1])[:_MOST_BARS]
    if not ordered:
        return None
    bars = [_Bar(_capital(name), ratio, f"{format_number(ratio, 2)} times") for name, ratio in ordered]
    return Chart(
        id="chart-ratios",
        headline=f"{bars[0].name}: the highest cost per head is {bars[0].text} the lowest, the most of any",
        subtitle="Highest cost per head as a multiple of the lowest, by service, each in its own year",
        label="Bar chart. " + "; ".join(f"{bar.name} {bar.text}" for bar in bars) + ".",
        size="tall" if len(bars) > 5 else "row",
        spec=_bars(bars, divide=1, prefix=""),
        source=_SOURCE,
        csv_url=csv_url,
    )


def contract_chart(timeline: ContractTimeline, *, csv_url: str) -> Chart | None:
    """Each contract to come as a line from its break, or a dot at its end; None without any."""
    rows = [row for row in timeline.rows if row.end_on >= timeline.as_of][:_MOST_BARS]
    if not rows:
        return None
    return Chart(
        id="chart-contracts",
        headline=_contract_headline(timeline),
        subtitle=f"Contract ends, and from when each can end early, on {format_date(timeline.as_of)}",
        label="Chart of dates. " + "; ".join(_contract_words(row) for row in rows) + ".",
        size="tall" if len(rows) > 5 else "row",
        spec=_dates(rows, timeline.as_of),
        source="what each council has stated in the catalogue.",
        csv_url=csv_url,
    )


def _rate_headline(spread: Spread, on: str) -> str:
    difference = format_pounds(spread.difference_pence)
    if not spread.gap:
        return "The councils that can be compared spend the same"
    return f"{spread.highest_name} spends {difference} more on {on} than {spread.lowest_name}"


def _contract_headline(timeline: ContractTimeline) -> str:
    if not timeline.warnings:
        return "No service needs work to start now"
    first = timeline.warnings[0]
    others = len(timeline.warnings) - 1
    more = f", and {others} more need it" if others > 1 else ", and 1 more needs it" if others else ""
    return f"Work on {first.service.name} should start now{more}"


def _contract_words(row: ContractRow) -> str:
    early = f", or from {format_date(row.break_on)}" if row.break_on else ""
    return f"{row.service.name} of {row.council} ends {format_date(row.end_on)}{early}"


def _bars(bars: Sequence[_Bar], *, divide: int, prefix: str) -> Spec:
    """Horizontal bars, first on top, each with its figure beside it."""
    rows = list(reversed(bars))
    values = [float(bar.value) / divide for bar in rows]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": list(range(len(rows))),
                "marker": {"color": BLUE},
                "text": [f"{_GAP}{bar.text}" for bar in rows],
                "textposition": "outside",
                "cliponaxis": False,
                "customdata": [bar.name for bar in rows],
                "hovertemplate": "%{customdata}%{text}<extra></extra>",
            }
        ],
        "layout": {
            "margin": {"l": _room([bar.name for bar in rows]), "r": 90, "t": 10, "b": 34},
            "xaxis": {"range": [0, max(values) * 1.1 or 1], "tickprefix": prefix, "grid": True, "nticks": 6},
            "yaxis": row_axis([bar.name for bar in rows], range(len(rows))),
            "bargap": 0.45,
        },
        "print": {"width": 335, "height": 40 + 24 * len(rows), "margin": {}},
    }


def _dates(rows: Sequence[ContractRow], as_of: date) -> Spec:
    """A row for each contract: a line from its break, a dot at its end; today as an upright line."""
    shown = list(reversed(rows))
    names = [f"{_capital(row.service.name)}, {row.council}" for row in shown]
    places = list(range(len(shown)))
    spans = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [max(row.break_on, as_of).isoformat(), row.end_on.isoformat()],
            "y": [place, place],
            "line": {"color": GREY, "width": 6},
            "hoverinfo": "skip",
        }
        for place, row in zip(places, shown, strict=True)
        if row.break_on
    ]
    last = max(row.end_on for row in shown)
    ends = {
        "type": "scatter",
        "mode": "markers",
        "x": [row.end_on.isoformat() for row in shown],
        "y": places,
        "marker": {"color": BLUE, "size": 13},
        "customdata": [_contract_words(row) for row in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    today = {
        "type": "scatter",
        "mode": "lines",
        "x": [as_of.isoformat()] * 2,
        "y": [-0.5, len(shown) - 0.5],
        "line": {"color": PURPLE, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }
    return {
        "data": [today, *spans, ends],
        "layout": {
            "margin": {"l": _room(names), "r": 24, "t": 26, "b": 34},
            "xaxis": {
                "type": "date",
                "range": [months_after(as_of, -2).isoformat(), months_after(last, 3).isoformat()],
                "tickformat": "%Y",
                "dtick": "M12",
                "grid": True,
            },
            "yaxis": row_axis(names, range(len(names))),
            "annotations": [
                {
                    "x": as_of.isoformat(),
                    "y": len(shown) - 0.5,
                    "text": "Today",
                    "showarrow": False,
                    "yanchor": "bottom",
                }
            ],
        },
        "print": {"width": 335, "height": 40 + 24 * len(shown), "margin": {}},
    }


def _room(names: Sequence[str]) -> int:
    """Pixels for the longest name beside the axis."""
    return min(260, 24 + 8 * max(len(name) for name in names))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
