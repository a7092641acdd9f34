"""A neutral description of a chart, and the figure that the page draws from it.

Charts are described in pence, dates and words. `line_figure` and `pair_figure` turn a description into the
data and layout that the drawing script takes; colours, dashes and their meaning are fixed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from benefits.enums import Basis
from core.charts import (
    BLUE,
    DASHES,
    GREEN,
    ORANGE,
    PURPLE,
    WHITE,
    Spec,
    drawn,
    drawn_pounds,
    hatched,
    joining_line,
)
from core.rules.money import format_prose
from core.rules.rounding import round_to

COLOURS = {
    Basis.VERIFIED: BLUE,
    Basis.CLAIMED: BLUE,
    Basis.FORECAST: GREEN,
    Basis.CURRENT: PURPLE,
    Basis.ORIGINAL: ORANGE,
}
LINES: dict[Basis, Spec] = {
    Basis.FORECAST: {"width": 3.5},
    Basis.CURRENT: {"width": 2, "dash": DASHES[1]},
    Basis.ORIGINAL: {"width": 2.5, "dash": DASHES[2]},
}
_DAY_MS = 24 * 60 * 60 * 1000
LABEL_GAP_PX = 17
_EDGES_PX = 46
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """A value at the end of a month."""

    month_end: date
    pence: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running sums; `label` stands at its end."""

    basis: Basis
    points: tuple[Point, ...]
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of running sums, one a month; those of `base` stand on top of others."""

    basis: Basis
    points: tuple[Point, ...]
    base: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Words that end beside a point, with a thin leader to it; `at` gives pixels right of and below it."""

    point: Point
    text: str
    short: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words without a leader: they end at a point and stand `up_px` over it, or begin after its month.

    Those that begin after a month stand on the axis.
    """

    point: Point
    text: str
    ends_there: bool = False
    up_px: int = 1


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Lines and bars over months, from the first day of the first month to the last day of the last."""

    lines: tuple[Line, ...]
    bars: tuple[Bars, ...]
    notes: tuple[Note, ...]
    start: date
    end: date
    ticks: tuple[tuple[date, str], ...]
    narrow_ticks: tuple[tuple[date, str], ...]
    height_px: int
    top_pence: int
    label_px: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A share and what it is compared with, in percent, for one council."""

    name: str
    share: Fraction
    other: Fraction


@dataclass(frozen=True, slots=True)
class PairPlot:
    """A dot and a diamond joined by a line, a row for each council."""

    pairs: tuple[Pair, ...]
    share_name: str
    other_name: str


def line_figure(plot: LinePlot) -> Spec:
    """Data and layout of lines and bars over months."""
    step, ceiling = tick_step(plot.top_pence), _ceiling(plot.top_pence)
    return {
        "data": [
            *(_bars(bars) for bars in plot.bars if bars.points),
            *(_line(line, plot.start) for line in plot.lines if line.points),
        ],
        "layout": {
            "barmode": "overlay",
            "margin": {"l": 70, "r": plot.label_px},
            "xaxis": _dates(plot, plot.ticks),
            "yaxis": {
                "range": [0, drawn_pounds(ceiling)],
                "dtick": drawn_pounds(step),
                "tickprefix": "£",
                "tickformat": ",.0f" if step >= 100 else ",.2f",
            },
            "annotations": [
                *_end_labels(plot),
                *(_note(note) for note in plot.notes),
                *(_mark(mark) for mark in plot.marks),
            ],
        },
        "narrow": {
            "margin": {"l": 66, "r": 96 if plot.label_px > 100 else plot.label_px},
            "xaxis": {
                "tickvals": [day.isoformat() for day, _ in plot.narrow_ticks],
                "ticktext": [text for _, text in plot.narrow_ticks],
            },
        },
        "print": {
            "width": 320 if plot.label_px > 100 else 200,
            "height": plot.height_px * 2 // 3,
            "margin": {},
        },
    }


def pair_figure(plot: PairPlot) -> Spec:
    """Data and layout of shares beside what they are compared with, first council on top."""
    rows = list(enumerate(reversed(plot.pairs)))
    low = min([Fraction(0), *(min(pair.share, pair.other) for pair in plot.pairs)])
    high = max([Fraction(10), *(max(pair.share, pair.other) for pair in plot.pairs)])
    joins = [joining_line(pair.share, pair.other, row) for row, pair in rows]
    ticks = list(range(0, int(high) + 1, 10 if high <= 60 else 20))
    return {
        "data": [
            *joins,
            _marks(plot.share_name, [(pair.share, row) for row, pair in rows], _DOT),
            _marks(plot.other_name, [(pair.other, row) for row, pair in rows], _DIAMOND),
        ],
        "layout": {
            "margin": {"l": 96, "r": 16, "t": 14, "b": 34},
            "xaxis": {
                "range": [drawn(low - 9), drawn(high + 10)],
                "tickvals": ticks,
                "ticktext": [f"{tick}%" for tick in ticks],
                "grid": True,
            },
            "yaxis": {
                "range": [-0.5, len(rows) - 0.25],
                "tickvals": [row for row, _ in rows],
                "ticktext": [pair.name for _, pair in rows],
                "grid": False,
                "size": 16,
            },
            "annotations": [
                *(label for row, pair in rows for label in _pair_labels(pair, row)),
                *_pair_names(plot, len(rows) - 1),
            ],
        },
        "print": {"width": 335, "height": 114, "margin": {"l": 62, "b": 22, "t": 8}},
    }


def tick_step(top_pence: int) -> int:
    """A round distance between grid lines, in pence, that gives four to six of them."""
    rough = max(top_pence, 100) / 5
    power = 10 ** (len(str(int(rough))) - 1)
    return next(step * power for step in _STEPS if step * power >= rough)


def height_of(pence: int, top_pence: int, chart_px: int) -> Fraction:
    """How far above the axis a value stands, in pixels, in a chart of this height."""
    return Fraction(pence * (chart_px - _EDGES_PX), _ceiling(top_pence))


def spread_apart(heights_px: Sequence[Fraction]) -> list[int]:
    """How far to move each label, in pixels upward, so that no two stand closer than a line of text.

    `heights_px` are the labels' own heights, highest first. Labels move around the middle of each crowd.
    """
    crowds: list[list[Fraction]] = []
    for height in heights_px:
        crowds.append([height])
        while len(crowds) > 1 and _lowest(crowds[-2]) - _highest(crowds[-1]) < LABEL_GAP_PX:
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    placed = [_highest(crowd) - index * LABEL_GAP_PX for crowd in crowds for index in range(len(crowd))]
    return [round(place - height) for place, height in zip(placed, heights_px, strict=True)]


def _highest(crowd: Sequence[Fraction]) -> Fraction:
    """Where the first label of a crowd stands: the crowd is centred on the mean of its heights."""
    return Fraction(sum(crowd), len(crowd)) + Fraction((len(crowd) - 1) * LABEL_GAP_PX, 2)


def _lowest(crowd: Sequence[Fraction]) -> Fraction:
    return _highest(crowd) - (len(crowd) - 1) * LABEL_GAP_PX


def _ceiling(top_pence: int) -> int:
    """Where the value axis ends: a little above the highest value, and not below its first grid line."""
    return max(top_pence * 17 // 16, tick_step(top_pence))


def _line(line: Line, start: date) -> Spec:
    """From £0 at the start through the end of each month."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.basis.label,
        "x": [start.isoformat(), *(point.month_end.isoformat() for point in line.points)],
        "y": [0, *(drawn_pounds(point.pence) for point in line.points)],
        "line": {"color": COLOURS[line.basis], **LINES[line.basis]},
        "hovertemplate": "%{x|%-d %B %Y}<br>%{fullData.name} £%{y:,.2f}<extra></extra>",
    }


def _bars(bars: Bars) -> Spec:
    """One bar a month, in the middle of it."""
    is_claimed = bars.basis == Basis.CLAIMED
    figure: Spec = {
        "type": "bar",
        "name": bars.basis.label,
        "x": [point.month_end.replace(day=16).isoformat() for point in bars.points],
        "y": [drawn_pounds(point.pence) for point in bars.points],
        "width": [(22 if is_claimed else 24) * _DAY_MS] * len(bars.points),
        "marker": _HATCHED if is_claimed else {"color": COLOURS[bars.basis]},
        "hovertemplate": "%{x|%B %Y}<br>%{fullData.name} £%{y:,.2f}<extra></extra>",
    }
    if bars.base:
        figure["base"] = [drawn_pounds(pence) for pence in bars.base]
    return figure


_HATCHED = hatched(COLOURS[Basis.CLAIMED])
_DOT: Spec = {"color": COLOURS[Basis.VERIFIED], "size": 13}
_DIAMOND: Spec = {
    "color": WHITE,
    "size": 12,
    "symbol": "diamond",
    "line": {"color": COLOURS[Basis.ORIGINAL], "width": 3},
}


def _dates(plot: LinePlot, ticks: Sequence[tuple[date, str]]) -> Spec:
    return {
        "type": "date",
        "range": [plot.start.isoformat(), (plot.end + timedelta(days=4)).isoformat()],
        "tickvals": [day.isoformat() for day, _ in ticks],
        "ticktext": [text for _, text in ticks],
    }


def _end_labels(plot: LinePlot) -> list[Spec]:
    """The name and last value of each line at its end, moved apart where they would overlap."""
    ended = [line for line in plot.lines if line.points and line.label]
    ended.sort(key=lambda line: -line.points[-1].pence)
    shifts = spread_apart(
        [height_of(line.points[-1].pence, plot.top_pence, plot.height_px) for line in ended]
    )
    return [
        {
            "x": plot.end.isoformat(),
            "y": drawn_pounds(line.points[-1].pence),
            "text": line.label,
            "short": line.short,
            "xanchor": "left",
            "xshift": 7,
            "yshift": shift,
            "showarrow": False,
            "align": "left",
        }
        for line, shift in zip(ended, shifts, strict=True)
    ]


def _note(note: Note) -> Spec:
    return {
        "x": note.point.month_end.replace(day=16).isoformat(),
        "y": drawn_pounds(note.point.pence),
        "ax": note.at[0],
        "ay": note.at[1],
        "text": note.text,
        "short": note.short,
        "showarrow": True,
        "xanchor": "right",
        "align": "right",
    }


def _mark(mark: Mark) -> Spec:
    day = mark.point.month_end if mark.ends_there else mark.point.month_end.replace(day=28)
    return {
        "x": day.isoformat(),
        "y": drawn_pounds(mark.point.pence if mark.ends_there else 0),
        "text": mark.text,
        "showarrow": False,
        "xanchor": "right" if mark.ends_there else "left",
        "yanchor": "bottom",
        "xshift": 0 if mark.ends_there else 5,
        "yshift": mark.up_px,
        "align": "right" if mark.ends_there else "left",
    }


def _marks(name: str, places: Sequence[tuple[Fraction, int]], marker: Spec) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [drawn(share) for share, _ in places],
        "y": [row for _, row in places],
        "marker": marker,
        "hovertemplate": "%{fullData.name} %{x:.1f}%<extra></extra>",
    }


def _pair_labels(pair: Pair, row: int) -> list[Spec]:
    """Both values, each on its outer side."""
    share_is_right = pair.share >= pair.other
    return [
        _beside(pair.share, row, is_right=share_is_right),
        _beside(pair.other, row, is_right=not share_is_right),
    ]


def _beside(value: Fraction, row: int, *, is_right: bool) -> Spec:
    return {
        "x": drawn(value),
        "y": row,
        "text": str(round_to(value, 1)).replace("-", "−"),
        "showarrow": False,
        "xanchor": "left" if is_right else "right",
        "xshift": 11 if is_right else -11,
    }


# Points between two shares from which on their names may lean towards each other and stay apart.
_NAMES_APART = 5


def _pair_names(plot: PairPlot, top_row: int) -> list[Spec]:
    """What dot and diamond stand for, said once above the first row."""
    first = plot.pairs[0]
    share_is_right = first.share >= first.other
    inward = 8 if abs(first.share - first.other) >= _NAMES_APART else -4
    return [
        {
            "x": drawn(value),
            "y": top_row,
            "text": name,
            "showarrow": False,
            "xanchor": "left" if is_right else "right",
            "xshift": -inward if is_right else inward,
            "yshift": 24,
        }
        for name, value, is_right in (
            (plot.share_name, first.share, share_is_right),
            (plot.other_name, first.other, not share_is_right),
        )
    ]


def end_label(basis: Basis, pence: int) -> str:
    """Current plan £240,000."""
    return f"{basis.label} {format_prose(pence)}"
