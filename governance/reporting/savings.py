"""Sections 3 to 5: savings against plan, by council, and what it costs."""

from __future__ import annotations

from benefits.charts import price_words
from benefits.enums import Measure
from benefits.panel_charts import over_time_chart
from benefits.panel_exports import household_table
from benefits.panel_sentences import over_time_sentence, realisation_sentence
from benefits.queries.funds import FundStatement
from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Figures, Picture, Section, Words
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.money import by_council, by_measure, by_year, figures_of
from governance.reporting.words import narrative, table_or

NO_FIGURES = "No plan, forecast or actual amount is recorded."
BOTH_PLANS = "The original plan stays beside the current one in every table."
COSTS = (Measure.ONE_OFF_COST, Measure.RECURRING_COST, Measure.DISBENEFIT)


def against_plan(facts: Facts) -> Section:
    """Gross and net by financial year, then the chart of the same."""
    gross = by_year(facts.savings, Measure.GROSS, "savings-gross", "Cashable saving, gross, before costs")
    net = by_year(facts.savings, Measure.NET, "savings-net", "Net saving, after all costs")
    return Section(
        "3",
        "Savings against plan",
        (
            *narrative(facts, "3"),
            Words(f"{over_time_sentence(facts.panels.over_time)} {BOTH_PLANS}"),
            *table_or(gross, NO_FIGURES),
            *([net] if net else []),
            *_picture(facts),
        ),
    )


def councils(facts: Facts) -> Section:
    """The net of each council in the fixed order, then each council's years."""
    total = facts.savings.total_of(Measure.NET)
    rows = [
        (council.name, found) for council, one in facts.by_council if (found := figures_of(one, Measure.NET))
    ]
    tables: list[Block] = []
    if total and rows and not facts.council_key:
        unit = price_words(facts.savings)
        tables.append(
            by_council(rows, total, "councils-net", "Net saving of each council, over all years", unit)
        )
    for council, one in facts.by_council:
        caption = f"{council.name}: cashable saving, gross, before costs"
        table = by_year(one, Measure.GROSS, f"council-{council.key}", caption)
        tables += [table] if table else []
    households = facts.panels.households
    if households:
        tables.append(frozen(household_table(facts.programme, households), "households"))
    return Section("4", "By council", (*narrative(facts, "4"), *(tables or [Words(NO_FIGURES)])))


def costs(facts: Facts) -> Section:
    """Costs against plan, and the funds that pay them."""
    found = by_measure(facts.savings, COSTS, "costs", "Costs and dis-benefits against plan")
    funds = _funds(facts)
    return Section(
        "5",
        "Costs",
        (
            *narrative(facts, "5"),
            Words(realisation_sentence(facts.panels.realisation)),
            *table_or(found, "No cost is recorded."),
            *([funds] if funds else [Words("There is no transition fund.")]),
        ),
    )


def _picture(facts: Facts) -> list[Block]:
    chart = over_time_chart(facts.programme, facts.panels.over_time, csv_url="")
    if chart is None:
        return []
    return [Picture(chart.headline, chart.subtitle, chart.label, "savings-net", chart.spec, chart.source)]


def _funds(facts: Facts) -> Figures | None:
    if not facts.funds:
        return None
    columns: list[Column[FundStatement]] = [
        Column("Fund", lambda one: str(one.fund)),
        Column("Paid in", lambda one: one.paid_pence, Format.MONEY, is_summed=True),
        Column("Drawn", lambda one: one.drawn_pence, Format.MONEY, is_summed=True),
        Column(
            "Balance", lambda one: one.balance_pence, Format.MONEY, less=("Paid in", "Drawn"), is_summed=True
        ),
    ]
    return frozen(Table("funds", "Funds and their balances", columns, facts.funds, "£"), "funds")
