"""What a browser drew of a chart, and what its figure asks for."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

ALL_DRAWN = """() => [...document.querySelectorAll('[data-chart]')].every(
    (element) => element.classList.contains('app-chart--drawn') && element.querySelector('.main-svg'))"""
DRAWN = """element => element._fullData.map((trace, index) => {
    const layers = {bar: '.barlayer .trace', scatter: '.scatterlayer .trace'};
    const node = trace._module && element.querySelectorAll(layers[trace.type])[
        element._fullData.slice(0, index).filter(other => other.type === trace.type).length
    ];
    const isShape = path => path.getAttribute('d').length > 9;
    const shapes = selector => [...node.querySelectorAll(selector)].filter(isShape);
    return {
        kind: trace.type,
        bars: trace.type === 'bar' ? shapes('.point path').length : 0,
        lines: trace.type === 'scatter' ? shapes('path.js-line').length : 0,
        marks: trace.type === 'scatter' ? shapes('path.point').length : 0,
    };
})"""
_FIGURE = "element => JSON.parse(document.querySelector(`[data-for=${element.id}]`).text)"


def wait_for_charts(page: Page) -> list[str]:
    """Wait until every chart of the page is drawn; their ids, in order."""
    page.wait_for_function(ALL_DRAWN)
    return [str(chart.get_attribute("id")) for chart in page.locator("[data-chart]").all()]


def figure_of(chart: Locator) -> dict[str, Any]:
    """The figure that the page gives for a chart."""
    figure: dict[str, Any] = chart.evaluate(_FIGURE)
    return figure


def drawn(chart: Locator) -> list[dict[str, Any]]:
    """The kind of each series of a chart, and how many bars, lines and marks of it are there."""
    found: list[dict[str, Any]] = chart.evaluate(DRAWN)
    return found


def as_asked(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """What a figure asks to be drawn, counted as `drawn` counts what is there."""
    return [
        {
            "kind": trace["type"],
            "bars": _bars(trace) if trace["type"] == "bar" else 0,
            "lines": int("lines" in trace.get("mode", "")),
            "marks": len(trace["x"]) if "markers" in trace.get("mode", "") else 0,
        }
        for trace in figure["data"]
    ]


def _bars(trace: dict[str, Any]) -> int:
    """How many bars are to be seen; one of no length is a hair on its own base, and nothing on the axis."""
    lengths = trace["x" if trace.get("orientation") == "h" else "y"]
    return len(lengths) if "base" in trace else sum(map(bool, lengths))
