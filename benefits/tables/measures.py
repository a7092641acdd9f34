"""Tables of the measures of a programme."""

from __future__ import annotations

from decimal import Decimal

from benefits.panel_sentences import plain
from benefits.queries.measure_trends import MeasureTrend, MeasureTrends
from benefits.tables.shapes import led, percent_cell, rating_cell
from core.tables import Cell, NumberTable, Row, headings

_SHOW = "show the benefit and its measure"


def measures_table(found: MeasureTrends) -> NumberTable | None:
    """Every measure at a glance: where it started, where it is, where it should be; None without one."""
    if not found.trends:
        return None
    return NumberTable(
        "measures",
        "Every measure at a glance",
        "In the unit of each measure",
        headings(
            "Benefit and measure",
            "Starting value",
            "Latest",
            "Target",
            "Of the way",
            "Of what was planned",
            "Rating",
            last_is_word=True,
        ),
        tuple(_measure_row(trend) for trend in found.trends),
        note=(
            "Of the way: from the starting value to the target. Of what was planned: of the way that was "
            "planned by now. [x] not available, [z] not applicable."
        ),
    )


def trend_table(trend: MeasureTrend) -> NumberTable:
    """One measure, time by time, with its starting value and its target."""
    url = trend.benefit.get_absolute_url()
    return NumberTable(
        f"measure-{trend.benefit.pk}",
        trend.name,
        trend.unit or "Unit not stated",
        headings("Time", "Planned", "Measured", "Against plan", last_is_word=True),
        tuple(
            Row(
                point.words,
                (
                    led(_value(point.planned), url, _SHOW),
                    led(_value(point.measured), url, _SHOW),
                    _verdict(point.is_met),
                ),
            )
            for point in trend.points
        ),
        note=_start_and_target(trend),
    )


def _measure_row(trend: MeasureTrend) -> Row:
    url = trend.benefit.get_absolute_url()
    cells = (
        _value(trend.starting_value, missing="[x]"),
        _value(trend.latest_value, _latest_words(trend), missing="[x]"),
        _value(trend.target_value, "" if trend.has_target else trend.target_text),
        percent_cell(trend.progress_percent),
        percent_cell(trend.trajectory_percent),
        rating_cell(trend.rating),
    )
    return Row(
        trend.benefit.title,
        tuple(led(cell, url, _SHOW) for cell in cells),
        url=url,
        sub=f"{trend.name}, {trend.unit}" if trend.unit else trend.name,
    )


def _latest_words(trend: MeasureTrend) -> str:
    """The time of the latest value."""
    if trend.latest:
        return trend.latest.words
    return "" if trend.latest_value is None else "Time not stated"


def _value(value: Decimal | None, sub: str = "", missing: str = "[z]") -> Cell:
    return Cell(missing if value is None else plain(value), sub=sub)


def _verdict(is_met: bool | None) -> Cell:
    return Cell({True: "Met", False: "Missed", None: "[z]"}[is_met], is_number=False)


def _start_and_target(trend: MeasureTrend) -> str:
    start = "not recorded" if trend.starting_value is None else plain(trend.starting_value)
    target = trend.target_text if trend.target_value is None else plain(trend.target_value)
    return f"Starting value: {start}. Target: {target}. [z] nothing was planned or measured for that time."
