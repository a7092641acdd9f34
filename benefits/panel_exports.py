"""Files of the panels of savings: one ordered column specification each, on the query of the page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benefits.charts import price_words_of
from benefits.enums import Basis, Every, Sums
from benefits.panel_charts import causes_steps
from benefits.panels import Panels
from benefits.queries.causes import CauseLine, Causes
from benefits.queries.delivery import BenefitDelivery, ConfidenceRow, DeliverySplit
from benefits.queries.households import Household, Households
from benefits.queries.measure_trends import MeasureTrend, MeasureTrends, TrendPoint
from benefits.queries.over_time import OverTime, PeriodFigures, over_time
from benefits.queries.realisation import Realisation, RealisationRow
from benefits.row_plots import Step
from benefits.rules.delivery import Delivery
from benefits.rules.measures import full_noun_of
from core.exports.tables import Column, Format, Table
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from programme.models import Programme

ALL_COUNCILS = "All councils"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period as one of the ways of the page shows it."""

    every: Every
    sums: Sums
    period: PeriodFigures


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One time of one measure."""

    trend: MeasureTrend
    point: TrendPoint


def _basis_column(basis: Basis) -> Column[PeriodRow]:
    return Column(str(basis.label), lambda row: row.period.at(basis), Format.MONEY)


PERIOD_COLUMNS: list[Column[PeriodRow]] = [
    Column("By", lambda row: str(row.every.label)),
    Column("Sums", lambda row: str(row.sums.label)),
    Column("Period", lambda row: row.period.words),
    Column("First day", lambda row: row.period.first_on, Format.DATE),
    Column("Last day", lambda row: row.period.last_on, Format.DATE),
    *(_basis_column(basis) for basis in Basis),
]
CAUSE_COLUMNS: list[Column[Step]] = [
    Column("Cause", lambda row: row.label),
    Column("Adds or takes off", lambda row: None if row.is_total else row.change_pence, Format.MONEY),
    Column("Leads to", lambda row: row.end_pence, Format.MONEY),
]
DELIVERY_COLUMNS: list[Column[tuple[str, Delivery]]] = [
    Column("Council", lambda row: row[0]),
    Column("Delivered", lambda row: row[1].delivered_pence, Format.MONEY),
    Column("On track", lambda row: row[1].on_track_pence, Format.MONEY),
    Column("At risk", lambda row: row[1].at_risk_pence, Format.MONEY),
    Column("Expected", lambda row: row[1].expected_pence, Format.MONEY),
]
BENEFIT_COLUMNS: list[Column[BenefitDelivery]] = [
    Column("Reference", lambda row: row.benefit.ref if row.benefit else None),
    Column("Benefit", lambda row: row.title),
    Column("Delivered", lambda row: row.delivery.delivered_pence, Format.MONEY),
    Column("On track", lambda row: row.delivery.on_track_pence, Format.MONEY),
    Column("At risk", lambda row: row.delivery.at_risk_pence, Format.MONEY),
    Column("Claimed, not verified", lambda row: row.claimed_pence, Format.MONEY),
    Column("Confidence", lambda row: row.confidence or None),
    Column("At risk because", lambda row: row.why or "It is not"),
]
CONFIDENCE_COLUMNS: list[Column[ConfidenceRow]] = [
    Column("Confidence", lambda row: row.words),
    Column("Forecast", lambda row: row.forecast_pence, Format.MONEY),
    Column("Weighed", lambda row: row.weighted, Format.MONEY),
]
REALISATION_COLUMNS: list[Column[RealisationRow]] = [
    Column("By", lambda row: row.grouping.value.capitalize()),
    Column("Name", lambda row: row.name),
    Column("Reference", lambda row: row.benefit or None),
    Column("Measure", lambda row: str(row.measure.label)),
    Column("Original plan to date", lambda row: row.to_date.original_to_date, Format.MONEY),
    Column("Plan to date", lambda row: row.to_date.current_to_date, Format.MONEY),
    Column("Verified to date", lambda row: row.to_date.verified, Format.MONEY),
    Column("Of that without a target", lambda row: row.untargeted_pence, Format.MONEY),
    Column("Realised, %", lambda row: row.realised_percent, Format.PERCENT),
    Column("Verified less plan", lambda row: row.variance, Format.MONEY),
    Column("Plan of the year", lambda row: row.year.current, Format.MONEY),
    Column("Forecast of the year", lambda row: row.year.forecast, Format.MONEY),
    Column("Forecast, % of plan", lambda row: row.forecast_percent, Format.PERCENT),
    Column("Rating to date", lambda row: row.rating.word.value),
    Column("Target", lambda row: "Set" if row.has_target else "No target set"),
]
HOUSEHOLD_COLUMNS: list[Column[Household]] = [
    Column("Council", lambda row: row.council.name if row.council else ALL_COUNCILS),
    Column("Net saving, forecast", lambda row: row.net, Format.MONEY),
    Column("Tax base, Band D equivalents", lambda row: row.tax_base, Format.NUMBER),
    Column("Equivalent to, a household", lambda row: row.equivalent, Format.MONEY),
]
MEASURE_COLUMNS: list[Column[MeasureTrend]] = [
    Column("Reference", lambda row: row.benefit.ref),
    Column("Benefit", lambda row: row.benefit.title),
    Column("Measure", lambda row: row.name),
    Column("Unit", lambda row: row.unit or None),
    Column("Starting value", lambda row: _plain(row.starting_value), Format.NUMBER),
    Column("Latest value", lambda row: _plain(row.latest_value), Format.NUMBER),
    Column("Latest value for", lambda row: row.latest.words if row.latest else None),
    Column("Target", lambda row: _plain(row.target_value), Format.NUMBER),
    Column("Target in words", lambda row: None if row.has_target else row.target_text),
    Column("Progress, %", lambda row: row.progress_percent, Format.PERCENT),
    Column("Of the way planned by now, %", lambda row: row.trajectory_percent, Format.PERCENT),
    Column("Rating", lambda row: row.rating.word.value),
    Column("Because", lambda row: row.rating.reason),
]
VALUE_COLUMNS: list[Column[ValueRow]] = [
    Column("Reference", lambda row: row.trend.benefit.ref),
    Column("Measure", lambda row: row.trend.name),
    Column("Time", lambda row: row.point.words),
    Column("Planned", lambda row: _plain(row.point.planned), Format.NUMBER),
    Column("Measured", lambda row: _plain(row.point.measured), Format.NUMBER),
]


def over_time_table(programme: Programme, *found: OverTime) -> Table[PeriodRow]:
    """Every period of one way to show it, or of several in turn."""
    rows = [PeriodRow(one.every, one.sums, period) for one in found for period in one.periods]
    title = f"{full_noun_of(found[0].scope.choice.measure)} over time"
    return Table("Over time", title, PERIOD_COLUMNS, rows, price_words_of(programme))


def causes_table(programme: Programme, found: Causes | NotAssessable) -> Table[Step]:
    """The steps from the original plan to the forecast; none where there is no plan."""
    rows = causes_steps(found) if isinstance(found, Causes) else []
    title = "From the original plan to the forecast"
    return Table("Causes", title, CAUSE_COLUMNS, rows, price_words_of(programme))


def cause_line_table(programme: Programme, found: Causes | NotAssessable) -> Table[CauseLine]:
    """The same line by line, a column for each plan version."""
    rows = found.lines if isinstance(found, Causes) else ()
    numbers = [one.number for one in found.rebaselines] if isinstance(found, Causes) else []
    has_forecast = isinstance(found, Causes) and not found.no_forecast
    columns: list[Column[CauseLine]] = [
        Column("Reference", lambda row: row.line.ref),
        Column("Line", lambda row: row.line.title),
        Column("Original plan", lambda row: row.original_pence, Format.MONEY),
        *(_version_column(index, number) for index, number in enumerate(numbers)),
        Column("Current plan", lambda row: row.current_pence, Format.MONEY),
    ]
    if has_forecast:
        columns += [
            Column("Other amounts than planned", lambda row: row.amount_pence, Format.MONEY),
            Column("Comes in another year", lambda row: row.timing_pence, Format.MONEY),
            Column("Forecast", lambda row: row.forecast_pence, Format.MONEY),
        ]
    return Table("Causes by line", "What changed, line by line", columns, rows, price_words_of(programme))


def delivery_table(programme: Programme, found: DeliverySplit) -> Table[tuple[str, Delivery]]:
    """Delivered, on track and at risk by council and in all."""
    rows = [(council.name, one) for council, one in found.by_council] + [(ALL_COUNCILS, found.total)]
    title = "Delivered, on track and at risk"
    return Table("Confidence", title, DELIVERY_COLUMNS, rows, price_words_of(programme))


def delivery_benefit_table(programme: Programme, found: DeliverySplit) -> Table[BenefitDelivery]:
    """The same by benefit."""
    title = "Delivered, on track and at risk, by benefit"
    return Table("Confidence by benefit", title, BENEFIT_COLUMNS, found.benefits, price_words_of(programme))


def confidence_table(programme: Programme, found: DeliverySplit) -> Table[ConfidenceRow]:
    """The forecast by confidence, plain and weighed (F-18)."""
    title = "The forecast, plain and weighed by confidence"
    rows = found.by_confidence
    return Table("Weighed forecast", title, CONFIDENCE_COLUMNS, rows, price_words_of(programme))


def realisation_table(programme: Programme, found: Realisation) -> Table[RealisationRow]:
    """How much of each plan is realised, in every grouping."""
    unit = f"{price_words_of(programme)}; plan and forecast of {format_fy(found.fy)}"
    return Table("Realisation", "How much of each plan is realised", REALISATION_COLUMNS, found.rows, unit)


def household_table(programme: Programme, found: Households | None) -> Table[Household]:
    """What a year's net saving is equivalent to; no rows where only a part of it is chosen."""
    title = f"What the net saving of {format_fy(found.fy)} is equivalent to" if found else "Equivalents"
    rows = found.rows if found else ()
    return Table("Per household", title, HOUSEHOLD_COLUMNS, rows, price_words_of(programme))


def measure_table(found: MeasureTrends) -> Table[MeasureTrend]:
    """Every measure at a glance."""
    return Table("Measures", "Measures: start, latest, target", MEASURE_COLUMNS, found.trends)


def measure_value_table(found: MeasureTrends) -> Table[ValueRow]:
    """Every time of every measure."""
    rows = [ValueRow(trend, point) for trend in found.trends for point in trend.points]
    return Table("Measured values", "Values planned and measured over time", VALUE_COLUMNS, rows)


def panel_tables(panels: Panels) -> list[Table[Any]]:
    """Every panel for a workbook; over time in all its ways."""
    programme = panels.programme
    ways = [over_time(panels.scope, every, sums) for every in Every for sums in Sums]
    tables: list[Table[Any]] = [
        over_time_table(programme, *ways),
        causes_table(programme, panels.causes),
        cause_line_table(programme, panels.causes),
    ]
    if isinstance(panels.delivery, DeliverySplit):
        tables += [
            delivery_table(programme, panels.delivery),
            delivery_benefit_table(programme, panels.delivery),
            confidence_table(programme, panels.delivery),
        ]
    if isinstance(panels.realisation, Realisation):
        tables.append(realisation_table(programme, panels.realisation))
    if panels.households:
        tables.append(household_table(programme, panels.households))
    return [*tables, measure_table(panels.measures), measure_value_table(panels.measures)]


def _version_column(index: int, number: int) -> Column[CauseLine]:
    return Column(f"Changed by version {number}", lambda row: row.changes[index], Format.MONEY)


def _plain(value: Decimal | None) -> Decimal | None:
    """A value without idle zeros."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
