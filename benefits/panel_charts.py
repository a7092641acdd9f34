"""Charts of the panels of savings: what a query found, in a message, a description and a figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from benefits.charts import LEDGER_SOURCE, price_words_of, whom
from benefits.enums import Basis, Every
from benefits.over_time_plots import over_time_figure
from benefits.panel_sentences import (
    causes_sentence,
    delivery_sentence,
    over_time_sentence,
    plain,
    trend_sentence,
)
from benefits.queries.causes import Causes
from benefits.queries.delivery import DeliverySplit
from benefits.queries.measure_trends import MeasureTrend
from benefits.queries.over_time import OverTime
from benefits.queries.scope import Scope
from benefits.row_plots import AT_RISK, DELIVERED, ON_TRACK, Step, read_out, share_figure, waterfall_figure
from benefits.rules.measure_trend import Time
from benefits.rules.measures import full_noun_of
from benefits.trend_plots import MEASURED, PLANNED, STARTED, TARGET, Series, trend_figure
from core.charts import Chart
from core.rules.calendar import format_date_range, format_fy, fy_end, period_end
from core.rules.money import format_prose
from core.rules.words import listed
from programme.models import Programme

_PERIOD_WORDS = {Every.MONTH: "month", Every.QUARTER: "quarter", Every.YEAR: "financial year"}
_MEASURE_SOURCE = "readings entered by the owner of the benefit."
_TIMING, _AMOUNT = "Comes in another year", "Other amounts than planned"


def over_time_chart(programme: Programme, found: OverTime, *, csv_url: str) -> Chart | None:
    """Plans, forecast and what is returned, period by period; None where nothing is planned or returned."""
    if not found.periods:
        return None
    way = "cumulative" if found.is_cumulative else "in each period alone"
    first, last = found.periods[0], found.periods[-1]
    return Chart(
        id="chart-over-time",
        headline=_over_time_headline(found),
        subtitle=(
            f"{full_noun_of(found.scope.choice.measure)}, by {_PERIOD_WORDS[found.every]}, {way}, "
            f"{_of_whom(found.scope)}, {format_date_range(first.first_on, last.last_on)}, "
            f"{price_words_of(programme)}"
        ),
        label=f"Bar and line chart. {over_time_sentence(found)} The table holds the same numbers.",
        size="tall",
        spec=over_time_figure(found),
        source=LEDGER_SOURCE,
        csv_url=csv_url,
    )


def causes_chart(programme: Programme, found: Causes, *, csv_url: str) -> Chart:
    """The way from the original plan to the forecast, a bar for each cause."""
    steps = causes_steps(found)
    return Chart(
        id="chart-causes",
        headline=_causes_headline(found),
        subtitle=(
            f"{full_noun_of(found.scope.choice.measure)}, from the original plan to the forecast by cause, "
            f"{_of_whom(found.scope)}, {_years(found.scope)}, {price_words_of(programme)}"
        ),
        label=(
            f"Waterfall chart. {causes_sentence(found)} {read_out(steps)}. The table holds the same numbers."
        ),
        size="tall" if len(steps) > 5 else "row",
        spec=waterfall_figure(steps),
        source="plan versions and the present forecast.",
        csv_url=csv_url,
    )


def causes_steps(found: Causes) -> list[Step]:
    """The rows of the waterfall, as its table has them too."""
    steps = [Step("Original plan", 0, found.original_pence, is_total=True)]
    level = found.original_pence
    for one, pence in found.changes:
        steps.append(Step(f"{one.words} (plan version {one.number})", level, level + pence))
        level += pence
    if found.rebaselines:
        steps.append(Step("Current plan", 0, found.current_pence, is_total=True))
    if found.no_forecast:
        return steps
    for label, pence in ((_AMOUNT, found.amount_pence), (_TIMING, found.timing_pence)):
        steps.append(Step(label, level, level + pence))
        level += pence
    return [*steps, Step("Forecast", 0, found.forecast_pence, is_total=True)]


def delivery_chart(programme: Programme, found: DeliverySplit, *, csv_url: str) -> Chart | None:
    """Delivered, on track and at risk; None where it cannot be told what is expected."""
    if found.no_forecast:
        return None
    total = found.total
    parts = (
        ("Delivered", total.delivered_pence, DELIVERED),
        ("On track", total.on_track_pence, ON_TRACK),
        ("At risk", total.at_risk_pence, AT_RISK),
    )
    return Chart(
        id="chart-confidence",
        headline=f"{format_prose(total.at_risk_pence)} of {format_prose(total.expected_pence)} is at risk",
        subtitle=(
            f"{full_noun_of(found.scope.choice.measure)} now expected, by how sure it is, "
            f"{_of_whom(found.scope)}, {_years(found.scope)}, {price_words_of(programme)}"
        ),
        label=f"Bar chart. {delivery_sentence(found)} The table holds the same numbers.",
        size="small",
        spec=share_figure([(Step(name, 0, pence, is_total=True), marker) for name, pence, marker in parts]),
        source="programme ledgers; states of the benefits.",
        csv_url=csv_url,
    )


def trend_chart(trend: MeasureTrend, *, csv_url: str) -> Chart | None:
    """One measure; None where nothing was planned or measured over time."""
    if not trend.points:
        return None
    first, last = _span(trend)
    series = list(_series(trend, first, last))
    return Chart(
        id=f"chart-measure-{trend.benefit.pk}",
        headline=trend.name,
        subtitle=f"{trend.unit or 'Unit not stated'}, {format_date_range(first, last)}",
        label=f"Line chart. {trend_sentence(trend)} The table holds the same numbers.",
        size="small",
        spec=trend_figure(series, first, last),
        source=f"{trend.benefit.measure_source}." if trend.benefit.measure_source else _MEASURE_SOURCE,
        csv_url=csv_url,
    )


def _series(trend: MeasureTrend, first: date, last: date) -> Iterable[Series]:
    measured = _values((point.time, point.measured) for point in trend.points)
    planned = _values((point.time, point.planned) for point in trend.points)
    if measured:
        yield Series("Measured", measured, f"Measured {plain(measured[-1][1])}", MEASURED)
    if planned:
        yield Series("Planned", planned, f"Planned {plain(planned[-1][1])}", PLANNED)
    if trend.target_value is not None:
        level = ((first, trend.target_value), (last, trend.target_value))
        yield Series("Target", level, f"Target {plain(trend.target_value)}", TARGET)
    if trend.starting_value is not None:
        started = ((first, trend.starting_value),)
        yield Series("Starting value", started, f"Started at {plain(trend.starting_value)}", STARTED)


def _values(pairs: Iterable[tuple[Time, Decimal | None]]) -> tuple[tuple[date, Decimal], ...]:
    return tuple((_end(time), value) for time, value in pairs if value is not None)


def _span(trend: MeasureTrend) -> tuple[date, date]:
    """From the day of the starting value, or of the first time, to the last time."""
    ends = [_end(point.time) for point in trend.points]
    started = trend.benefit.starting_on
    first = min(ends[0], started) if started else ends[0]
    last = max(ends)
    return (first if first < last else first - timedelta(days=31)), last


def _end(time: Time) -> date:
    fy, number = time
    return fy_end(fy) if number is None else period_end(fy, number)


def _over_time_headline(found: OverTime) -> str:
    planned, forecast = found.total[Basis.CURRENT], found.total[Basis.FORECAST]
    by = f"{format_date_range(found.periods[0].first_on, found.periods[-1].last_on)}"
    if not isinstance(planned, int):
        return "No plan has been approved yet"
    if not isinstance(forecast, int):
        return f"{format_prose(planned)} is planned for {by}, without a complete forecast"
    if planned == forecast:
        return f"{format_prose(forecast)} is expected for {by}, as planned"
    side = "more" if forecast > planned else "less"
    return f"{format_prose(abs(forecast - planned))} {side} than planned is expected for {by}"


def _causes_headline(found: Causes) -> str:
    if found.no_forecast:
        first, current = format_prose(found.original_pence), format_prose(found.current_pence)
        return f"The plan went from {first} to {current}"
    difference = found.forecast_pence - found.original_pence
    if not difference:
        return "We expect what was first promised"
    side = "more" if difference > 0 else "less"
    return f"We expect {format_prose(abs(difference))} {side} than was first promised"


def _of_whom(scope: Scope) -> str:
    names = [scope.choice.service and _service_name(scope)]
    return listed([name for name in (whom(scope.councils), *names) if name])


def _service_name(scope: Scope) -> str:
    return next((line.service_name for line in scope.lines), "") or "no one service"


def _years(scope: Scope) -> str:
    fys = scope.chosen_fys
    if not fys:
        return "no years"
    return format_fy(fys[0]) if len(fys) == 1 else f"{fys[0]} to {fys[-1] + 1}"
