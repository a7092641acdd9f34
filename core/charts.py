"""What every chart is made of: its words, its figure as the drawing script takes it, and the colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

Spec = dict[str, Any]

BLUE, GREEN, PURPLE, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
BLACK, GREY, WHITE = "#0b0c0c", "#8d9499", "#ffffff"
# Colours of series in their order, what is legible on each, and the dashes that tell lines apart too.
PALETTE = (BLUE, GREEN, PURPLE, ORANGE)
ON_PALETTE = (WHITE, BLACK, WHITE, BLACK)
DASHES = ("solid", "9px,5px", "3px,4px", "12px,4px,3px,4px")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the page shows it: message, statistical subtitle, what it says in words, and its figure.

    `size` is tall, small or row.
    """

    id: str
    headline: str
    subtitle: str
    label: str
    size: str
    spec: Spec = field(repr=False)
    source: str = ""
    csv_url: str = ""


def on_paper(chart: Chart, height_px: int) -> Chart:
    """The chart at a height that leaves room for the rest of its sheet."""
    return replace(chart, spec={**chart.spec, "print": {**chart.spec.get("print", {}), "height": height_px}})


def row_axis(names: Sequence[str], places: Sequence[int], *, below_next: float = 0.4) -> Spec:
    """The axis of a chart with a row for each name; it ends `below_next` rows short of one more row."""
    return {
        "range": [-0.6, len(names) - below_next],
        "tickvals": list(places),
        "ticktext": list(names),
        "grid": False,
    }


def rows_of_bars(
    names: Sequence[str],
    places: Sequence[int],
    ends: Sequence[tuple[float, str]],
    *,
    wide: Spec,
    narrow: Spec,
) -> Spec:
    """The layout of bars, a row for each name, with words where each ends; its axis on a desk and a phone."""
    return {
        "layout": {
            "barmode": "overlay",
            "margin": {"l": 176, "r": 16, "t": 10, "b": 34},
            "xaxis": {
                **wide,
                "grid": True,
                "zeroline": True,
                "zerolinecolor": BLACK,
                "zerolinewidth": 1,
            },
            "yaxis": row_axis(names, places, below_next=0.3),
            "annotations": [
                {"x": end, "y": place, "text": text, "showarrow": False, "xanchor": "left", "xshift": 6}
                for (end, text), place in zip(ends, places, strict=True)
            ],
        },
        "narrow": {"margin": {"l": 142, "r": 4}, "xaxis": narrow},
    }


def joining_line(start: Fraction, end: Fraction, row: int) -> Spec:
    """A thin line along a row from one of its dots to another."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [drawn(start), drawn(end)],
        "y": [row, row],
        "line": {"color": GREY, "width": 2},
        "hoverinfo": "skip",
    }


def hatched(colour: str, *, size: int = 5, solidity: float = 0.18) -> Spec:
    """The marker of bars that are drawn in outline and filled with strokes."""
    return {
        "color": WHITE,
        "line": {"color": colour, "width": 1.5},
        "pattern": {
            "shape": "/",
            "fgcolor": colour,
            "bgcolor": WHITE,
            "size": size,
            "solidity": solidity,
        },
    }


def drawn(value: Fraction) -> float:
    """A value for the drawing alone, which only knows floats."""
    return float(value)


def drawn_pounds(pence: int) -> float:
    """Pounds for the drawing alone, which only knows floats; figures that people read come as text."""
    return pence / 100
