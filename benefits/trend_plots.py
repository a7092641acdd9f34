"""The figure of a measure over time: measured, planned, target and starting value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from benefits.plots import height_of, spread_apart
from core.charts import BLUE, GREEN, ORANGE, PURPLE, WHITE, Spec
from core.rules.calendar import month_name

_SMALL_PX = 200
MEASURED: Spec = {
    "mode": "lines+markers",
    "line": {"color": BLUE, "width": 3},
    "marker": {"color": BLUE, "size": 8},
}
PLANNED: Spec = {
    "mode": "lines+markers",
    "line": {"color": PURPLE, "width": 2, "dash": "9px,5px"},
    "marker": {"color": PURPLE, "size": 6, "symbol": "square"},
}
TARGET: Spec = {"mode": "lines", "line": {"color": ORANGE, "width": 2.5, "dash": "3px,4px"}}
STARTED: Spec = {
    "mode": "markers",
    "cliponaxis": False,
    "marker": {"color": WHITE, "size": 10, "symbol": "diamond", "line": {"color": GREEN, "width": 3}},
}


@dataclass(frozen=True, slots=True)
class Series:
    """A named line through values on days."""

    name: str
    points: tuple[tuple[date, Decimal], ...]
    label: str
    style: Spec


def trend_figure(series: Sequence[Series], first: date, last: date) -> Spec:
    """Values on days, each line named at its end; zero is on the axis."""
    values = [value for one in series for _, value in one.points]
    top, low = max([Decimal(1), *values]), min([Decimal(0), *values])
    scale = int(top * 1000)
    return {
        "data": [_series(one) for one in series],
        "layout": {
            "margin": {"l": 74, "r": 116},
            "xaxis": {
                "type": "date",
                "range": [first.isoformat(), (last + timedelta(days=4)).isoformat()],
                "tickvals": [first.isoformat(), last.isoformat()],
                "ticktext": [_month(first), _month(last)],
            },
            "yaxis": {"range": [_number(low), _number(top * 17 / 16)], "nticks": 4, "tickformat": ",~r"},
            "annotations": _series_labels(series, last, scale),
        },
        "print": {"width": 230, "height": _SMALL_PX * 2 // 3, "margin": {"r": 80}},
    }


def _series(one: Series) -> Spec:
    return {
        "type": "scatter",
        "name": one.name,
        "x": [day.isoformat() for day, _ in one.points],
        "y": [_number(value) for _, value in one.points],
        "hovertemplate": "%{x|%-d %B %Y}<br>%{fullData.name} %{y:,}<extra></extra>",
        **one.style,
    }


def _series_labels(series: Sequence[Series], last: date, scale: int) -> list[Spec]:
    """Each name at the end of its line, moved apart where they would overlap; that of a start beside it."""
    alone = [one for one in series if len(one.points) == 1 and one.style is STARTED]
    named = sorted((one for one in series if one not in alone), key=lambda one: -one.points[-1][1])
    heights = [height_of(int(one.points[-1][1] * 1000), max(scale, 1), _SMALL_PX) for one in named]
    placed = [(one, last, shift) for one, shift in zip(named, spread_apart(heights), strict=True)]
    placed += [(one, one.points[0][0], 0) for one in alone]
    return [
        {
            "x": day.isoformat(),
            "y": _number(one.points[-1][1]),
            "text": one.label,
            "showarrow": False,
            "xanchor": "left",
            "xshift": 10,
            "yshift": shift,
            "align": "left",
        }
        for one, day, shift in placed
    ]


def _number(value: Decimal) -> float:
    """A value for the drawing alone, which only knows floats."""
    return float(value)


def _month(day: date) -> str:
    return f"{month_name(day)} {day.year}"
