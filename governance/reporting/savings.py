"""Sections 3 to 5: savings against plan, by council, and what it costs."""

from __future__ import annotations

from benefits.enums import Basis, Measure, StatedSection
from benefits.panel_charts import over_time_chart
from benefits.panel_exports import household_table
from benefits.panel_sentences import over_time_sentence
from benefits.queries.funds import FundStatement
from benefits.queries.households import Household
from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Figures, Picture, Section, Words
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.money import (
    by_council,
    by_year,
    cost_lines,
    cost_measures,
)
from governance.reporting.sensitivity import optimism_words
from governance.reporting.sentences import cost_sentence
from governance.reporting.shares import no_worse_off, shares
from governance.reporting.stated import AS_STATED, stated_by_council, stated_sentence, stated_table
from governance.reporting.tracing import entries
from governance.reporting.words import narrative, table_or

NO_FIGURES = "No plan, forecast or actual amount is recorded."
BOTH_PLANS = "The original plan stays beside the current one in every table."
COSTS = (Measure.ONE_OFF_COST, Measure.RECURRING_COST, Measure.DISBENEFIT)


def against_plan(facts: Facts) -> Section:
    """Gross by financial year with the chart of the same, then net; of a case of the past as stated."""
    return Section(
        "3",
        "Savings against plan",
        (*narrative(facts, "3"), *(_stated(facts) if facts.is_stated else _against_plan(facts))),
    )


def _stated(facts: Facts) -> list[Block]:
    table = stated_table(facts, StatedSection.SAVING, "stated-savings", "Savings as the sources state them")
    return [
        Words(stated_sentence(facts.stated_summary)),
        Words(AS_STATED),
        *table_or(table, "The sources state no saving."),
    ]


def _against_plan(facts: Facts) -> list[Block]:
    gross = by_year(facts.savings, Measure.GROSS, "savings-gross", "Cashable saving, gross, before costs")
    net = by_year(facts.savings, Measure.NET, "savings-net", "Net saving, after all costs")
    return [
        Words(f"{over_time_sentence(facts.panels.over_time)} {BOTH_PLANS}"),
        *table_or(gross, NO_FIGURES),
        *(_picture(facts) if gross else []),
        *([net] if net else []),
    ]


def councils(facts: Facts) -> Section:
    """Each council in the fixed order: net, years, shares, whether any is worse off, and per household."""
    own = stated_by_council(facts) if facts.is_stated else _by_council(facts)
    return Section(
        "4",
        "By council",
        (
            *narrative(facts, "4"),
            *(own or [Words(NO_FIGURES)]),
            *([] if facts.is_stated else [*shares(facts), *no_worse_off(facts), *_households(facts)]),
        ),
    )


def _by_council(facts: Facts) -> list[Block]:
    caption = "Net saving of each council, over all years"
    together = None if facts.council_key else by_council(facts.savings, Measure.NET, "councils-net", caption)
    tables: list[Block] = [together] if together else []
    for council, one in facts.by_council:
        caption = f"{council.name}: cashable saving, gross, before costs"
        table = by_year(one, Measure.GROSS, f"council-{council.key}", caption)
        tables += [table] if table else []
    return tables


def _households(facts: Facts) -> list[Block]:
    found = facts.panels.households
    if not found:
        return []

    def trace(row: Household) -> str:
        key = row.council.key if row.council else facts.council_key
        on, basis = facts.seen_on, Basis.FORECAST
        return entries(facts.programme, Measure.NET, on, council=key, fy=found.fy, basis=basis)

    return [frozen(household_table(facts.programme, found), "households", trace=trace)]


def costs(facts: Facts) -> Section:
    """Costs against plan by kind and by line, the allowance for optimism, and the funds that pay them."""
    blocks = _stated_costs(facts) if facts.is_stated else _costs(facts)
    return Section("5", "Costs", (*narrative(facts, "5"), *blocks))


def _stated_costs(facts: Facts) -> list[Block]:
    found = stated_table(facts, StatedSection.COST, "stated-costs", "Costs as the sources state them")
    funding = stated_table(facts, StatedSection.FUNDING, "stated-funding", "Grants as the sources state them")
    return [*table_or(found, "The sources state no cost."), *([funding] if funding else [])]


def _costs(facts: Facts) -> list[Block]:
    found = cost_measures(facts.savings, COSTS, "costs", "Costs and dis-benefits against plan")
    lines = cost_lines(facts.savings, COSTS, "cost-lines", "Costs and dis-benefits, line by line")
    funds = _funds(facts)
    return [
        Words(cost_sentence(facts)),
        *table_or(found, "No cost is recorded."),
        *([lines] if lines else []),
        *optimism_words(facts),
        *([funds] if funds else [Words("There is no transition fund.")]),
    ]


def _picture(facts: Facts) -> list[Block]:
    chart = over_time_chart(facts.programme, facts.in_years, csv_url="")
    if chart is None:
        return []
    return [Picture(chart.headline, chart.subtitle, chart.label, "savings-gross", chart.spec, chart.source)]


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
    return frozen(
        Table("funds", "Funds and their balances", columns, facts.funds, "£"), "funds", trace=_fund_url
    )


def _fund_url(one: FundStatement) -> str:
    return one.fund.get_absolute_url()
