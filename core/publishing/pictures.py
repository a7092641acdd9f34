"""Charts as pictures for paper: the figure that the page draws, drawn again without a browser.

Lines, dots and bars, which is all that documents use; anything else is refused rather than drawn wrongly.
The drawing library takes a second to load and is loaded only here, by the worker.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.charts import BLACK, GREY, Spec

_INCHES = (6.9, 3.1)
_GRID = "#d8dcdf"
_DAY_MS = 86_400_000
_SYMBOLS = {"circle": "o", "diamond": "D", "square": "s", "triangle-up": "^", "x": "x", "cross": "P"}
# How near the left axis words of a chart give way to its labels, of its width; and by how many points.
_NEAR, _CLEAR = 0.2, 4
_BELOW = 9  # points from the lower axis to its labels, so that the first is clear of the lowest one beside it
_TAGS = re.compile(r"<br ?/?>")
_MARK_UP = re.compile(r"<[^>]+>")


class UndrawableChartError(ValueError):
    """The figure holds a kind of chart that cannot be drawn on paper."""


def chart_svg(spec: Spec) -> bytes:
    """The chart as SVG, the same bytes each time."""
    return _drawn(spec, format="svg", metadata={"Date": None, "Creator": None})


def chart_png(spec: Spec) -> bytes:
    """The chart as PNG at 200 dots an inch, for word processors that take no vector picture."""
    return _drawn(spec, format="png", dpi=200, metadata={"Software": None})


def _drawn(spec: Spec, **how: Any) -> bytes:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    style: Any = {
        "font.family": ["Liberation Sans", "DejaVu Sans"],
        "font.size": 9,
        "svg.fonttype": "none",
        "svg.hashsalt": "concordat",
        "text.parse_math": False,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=_INCHES, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        for trace in spec["data"]:
            _draw(axes, trace)
        _dress(axes, spec.get("layout", {}))
        output = io.BytesIO()
        figure.savefig(output, **how)
    return output.getvalue()


def _draw(axes: Any, trace: Mapping[str, Any]) -> None:
    draw = {"scatter": _scatter, "bar": _bar}.get(trace.get("type", "scatter"))
    if draw is None:
        raise UndrawableChartError(f"A chart of the kind {trace['type']} cannot be drawn on paper")
    draw(axes, trace)


def _scatter(axes: Any, trace: Mapping[str, Any]) -> None:
    line, marker, mode = trace.get("line", {}), trace.get("marker", {}), trace.get("mode", "lines")
    edge = marker.get("line", {})
    axes.plot(
        _places(trace["x"]),
        _places(trace["y"]),
        color=line.get("color", marker.get("color", BLACK)),
        linewidth=line.get("width", 2) * 0.7 if "lines" in mode else 0,
        linestyle=_dashes(line.get("dash", "solid")),
        marker=_SYMBOLS.get(marker.get("symbol", "circle"), "o") if "markers" in mode else None,
        markersize=marker.get("size", 8) * 0.6,
        markerfacecolor=marker.get("color"),
        markeredgecolor=edge.get("color", marker.get("color")),
        markeredgewidth=edge.get("width", 0) * 0.7,
        zorder=3,
    )


def _bar(axes: Any, trace: Mapping[str, Any]) -> None:
    marker = trace.get("marker", {})
    edge = marker.get("line", {})
    is_flat = trace.get("orientation") == "h"
    along, high = (trace["y"], trace["x"]) if is_flat else (trace["x"], trace["y"])
    look = {
        "color": marker.get("color"),
        "edgecolor": edge.get("color", marker.get("color")),
        "linewidth": edge.get("width", 0) * 0.7,
        "hatch": "////" if marker.get("pattern") else None,
        "zorder": 2,
    }
    width, base = _widths(trace, along), trace.get("base", 0)
    if is_flat:
        axes.barh(_places(along), high, height=width, left=base, **look)
    else:
        axes.bar(_places(along), high, width=width, bottom=base, **look)


def _widths(trace: Mapping[str, Any], along: Sequence[Any]) -> Any:
    """Widths in the units of the axis; those over dates come in milliseconds and are wanted in days."""
    width = trace.get("width", 0.8)
    if along and isinstance(along[0], str) and "width" in trace:
        return [one / _DAY_MS for one in width] if isinstance(width, list) else width / _DAY_MS
    return width


def _dress(axes: Any, layout: Mapping[str, Any]) -> None:
    """Axes, grid and the words that stand in the chart."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_axisbelow(True)
    axes.xaxis.set_tick_params(pad=_BELOW)
    _dress_axis(axes.xaxis, layout.get("xaxis", {}), axes.set_xlim, is_gridded=False)
    _dress_axis(axes.yaxis, layout.get("yaxis", {}), axes.set_ylim, is_gridded=True)
    for note in layout.get("annotations", []):
        _annotate(axes, note)


def _dress_axis(axis: Any, own: Mapping[str, Any], limit: Any, *, is_gridded: bool) -> None:
    if own.get("range"):
        limit(*_places(own["range"]))
    if own.get("tickvals") is not None:
        axis.set_ticks(_places(own["tickvals"]), [_plain(str(text)) for text in own.get("ticktext", [])])
    elif own.get("dtick"):
        axis.set_major_locator(_steps(own["dtick"]))
        axis.set_major_formatter(_worded(own))
    axis.set_tick_params(length=0, labelcolor=BLACK)
    if own.get("grid", is_gridded):
        axis.grid(visible=True, color=_GRID, linewidth=0.7)


def _steps(step: float) -> Any:
    from matplotlib.ticker import MultipleLocator

    return MultipleLocator(step)


def _worded(own: Mapping[str, Any]) -> Any:
    prefix, suffix = own.get("tickprefix", ""), own.get("ticksuffix", "")
    form = ",.2f" if ".2f" in own.get("tickformat", "") else ",.0f"
    return lambda value, _place: f"{'−' if value < 0 else ''}{prefix}{abs(value):{form}}{suffix}"


def _annotate(axes: Any, note: Mapping[str, Any]) -> None:
    has_leader = note.get("showarrow", False)
    right, down = (
        (note.get("ax", 0), -note.get("ay", 0))
        if has_leader
        else (note.get("xshift", 0), note.get("yshift", 0))
    )
    place = tuple(_places([note["x"], note["y"]]))
    side = note.get("xanchor", "center")
    if has_leader and _is_at_the_left(axes, place):
        right, side = max(right, _CLEAR), "left"
    axes.annotate(
        _plain(note["text"]),
        xy=place,
        xytext=(right * 0.72, down * 0.72),
        textcoords="offset points",
        ha="center" if side == "auto" else side,
        va={"top": "top", "bottom": "bottom"}.get(note.get("yanchor", "middle"), "center"),
        color=BLACK,
        annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8} if has_leader else None,
        arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.7} if has_leader else None,
    )


def _is_at_the_left(axes: Any, place: tuple[Any, Any]) -> bool:
    """Whether words over a place would stand over the labels of the axis."""
    display = axes.transData.transform((axes.convert_xunits(place[0]), axes.convert_yunits(place[1])))
    return bool(axes.transAxes.inverted().transform(display)[0] < _NEAR)


def _places(values: Sequence[Any]) -> list[Any]:
    return [date.fromisoformat(value[:10]) if _is_day(value) else value for value in values]


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d\d-\d\d", value))


def _dashes(dash: str) -> Any:
    """A dash of the page, in pixels, as the drawing library takes it."""
    if dash == "solid":
        return "solid"
    if dash == "dash":
        return "dashed"
    if dash == "dot":
        return "dotted"
    return (0, [float(part.removesuffix("px")) * 0.5 for part in dash.split(",")])


def _plain(text: str) -> str:
    """Words without the mark-up that the page's drawing script knows."""
    return _MARK_UP.sub("", _TAGS.sub("\n", text))
