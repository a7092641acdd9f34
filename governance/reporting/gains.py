"""Sections 6 to 8: other benefits, dis-benefits, and what may be counted twice."""

from __future__ import annotations

from benefits.enums import BenefitClass, Measure
from benefits.panel_exports import ValueRow, measure_table, measure_value_table
from benefits.panel_sentences import measures_sentence
from benefits.queries.measure_trends import MeasureTrend, MeasureTrends
from benefits.queries.register import BenefitRow
from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Section, Words
from core.rules.rounding import format_number
from governance.reporting.doubles import double_tables
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.money import by_year
from governance.reporting.words import missing, narrative, said, table_or

OTHER = (
    (Measure.NON_CASHABLE, "Non-cashable savings"),
    (Measure.COST_AVOIDANCE, "Cost avoidance"),
    (Measure.INCOME_BUDGETED, "Additional income raised in a budget"),
    (Measure.INCOME_UNBUDGETED, "Additional income in no budget"),
)
APART = "Each of these is shown apart; none is added to the verified net cash saving."
MUST_SAY = "Say whether there are any dis-benefits"


def other_benefits(facts: Facts) -> Section:
    """What is not cashable, each kind apart, then measures, then what is described."""
    found = [by_year(facts.savings, measure, f"other-{measure.value}", caption) for measure, caption in OTHER]
    trends = facts.panels.measures
    measures = frozen(_measured(trends), "measures", trace=_measure_url) if trends.trends else None
    over_time = measure_value_table(trends)
    described = [row for row in facts.benefits if row.benefit.benefit_class == BenefitClass.QUALITATIVE]
    return Section(
        "6",
        "Other benefits",
        (
            *narrative(facts, "6"),
            Words(APART),
            *(one for one in found if one),
            Words(measures_sentence(trends)),
            *([measures] if measures else []),
            *([frozen(over_time, "measure-values", trace=_value_url)] if over_time.rows else []),
            *([frozen(_described(described), "described", trace=_benefit_url)] if described else []),
        ),
    )


def disbenefits(facts: Facts) -> Section:
    """What got worse. The senior responsible owner says so, or that nothing did: it is never left blank."""
    rows = [row for row in facts.benefits if row.benefit.is_disbenefit]
    stated = said(facts.texts.disbenefits) or missing(MUST_SAY)
    table = (
        frozen(_described(rows), "disbenefits", caption="Dis-benefits", trace=_benefit_url) if rows else None
    )
    return Section(
        "7",
        "Dis-benefits, and what service users noticed",
        (*stated, *table_or(table, "No dis-benefit is recorded in the register.")),
    )


def attribution(facts: Facts) -> Section:
    """Who else may have caused it, and whether anything is counted twice."""
    partly = [
        row for row in facts.benefits if row.benefit.attribution_percent < 100 or row.benefit.counterfactual
    ]
    blocks: list[Block] = [Words(facts.doubles.sentence)]
    if partly:
        blocks.append(frozen(_attributed(partly), "attribution", trace=_benefit_url))
    blocks += double_tables(facts)
    return Section("8", "Attribution and double counting", (*narrative(facts, "8"), *blocks))


def _benefit_url(row: BenefitRow) -> str:
    return row.benefit.get_absolute_url()


def _measure_url(row: MeasureTrend) -> str:
    return row.benefit.get_absolute_url()


def _value_url(row: ValueRow) -> str:
    return row.trend.benefit.get_absolute_url()


def _measured(trends: MeasureTrends) -> Table[MeasureTrend]:
    """Each measure from its start to its latest value; without a target it says so (scenario 20)."""
    by_title = {column.title: column for column in measure_table(trends).columns}
    columns = [
        *(by_title[title] for title in ("Benefit", "Measure", "Unit", "Starting value", "Latest value")),
        Column[MeasureTrend]("Target", _target),
        Column[MeasureTrend]("Wanted", lambda trend: str(trend.benefit.get_direction_display())),
        Column[MeasureTrend]("Moved since the start", lambda trend: trend.movement),
        *(by_title[title] for title in ("Progress, %", "Rating", "Because")),
    ]
    return Table("", "Measures: start, latest, target", columns, trends.trends)


def _target(trend: MeasureTrend) -> str:
    if trend.target_value is None:
        return trend.target_text
    places = max(0, -int(trend.target_value.normalize().as_tuple().exponent))
    return format_number(trend.target_value, places)


def _described(rows: list[BenefitRow]) -> Table[BenefitRow]:
    columns: list[Column[BenefitRow]] = [
        Column("Benefit", lambda row: row.benefit.title),
        Column("What it is", lambda row: row.benefit.description),
        Column("State", lambda row: row.benefit.get_state_display()),
        Column("Starting value", lambda row: row.starting_text),
        Column("Latest value", lambda row: row.actual_text),
        Column("Councils", lambda row: row.councils_text),
    ]
    return Table("described", "Benefits that are described", columns, rows)


def _attributed(rows: list[BenefitRow]) -> Table[BenefitRow]:
    columns: list[Column[BenefitRow]] = [
        Column("Benefit", lambda row: row.benefit.title),
        Column("Part claimed, %", lambda row: row.benefit.attribution_percent, Format.NUMBER),
        Column("Why not all of it", lambda row: row.benefit.attribution_reason),
        Column("What would have happened anyway", lambda row: row.benefit.counterfactual),
    ]
    return Table("attribution", "What each benefit may claim", columns, rows)
