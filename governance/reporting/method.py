"""Annexes A and B: how the figures are made, and the data."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.exports import missing_table, payback_table, return_table
from core.exports.cells import SHORTHAND_NOTES
from core.publishing.content import Block, Figures, Section, Words
from core.rules.calendar import format_date
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.tracing import page
from governance.reporting.verified import quality_table, verified_table
from governance.reporting.words import points, table_or

FORMULAS = (
    "Net cash saving, verified: cashable savings plus budgeted income less recurring costs, all verified.",
    "Gross is before costs. Net takes off recurring costs, one-off costs and dis-benefits; positive is good.",
    "Every total is the sum of the councils’ own amounts, to the penny.",
    "A saving is Green from {green}% of the current plan, Amber from {amber}%, else Red, by exact values.",
    "Variance in days: the actual date, else the forecast, less the plan; positive is late.",
    "Claimed is entered by a council; verified is confirmed by that council’s own section 151 officer.",
)


def method(facts: Facts) -> Section:
    """Formulas, rates, how far each council's returns have come, and what cannot be worked out."""
    rates = [
        f"{use.name}: in force from {format_date(use.used.effective_from)}, {use.used.source}."
        for use in (facts.case.references if facts.case else ())
    ]
    limits = facts.programme.thresholds
    green, amber = limits.savings_green_percent, limits.savings_amber_percent
    formulas = [one.format(green=green, amber=amber) for one in FORMULAS]
    return Section(
        "A",
        "Method",
        (
            *points([*formulas, *SHORTHAND_NOTES]),
            *points(rates),
            *([] if facts.is_stated else _ledgers(facts)),
        ),
    )


def _ledgers(facts: Facts) -> Iterator[Block]:
    """How far each council's returns have come, who verified them, and what cannot be worked out."""
    savings, address = facts.savings, page("benefits:savings_detail", facts.programme.key)
    yield frozen(return_table(savings), "returns", trace=address)
    yield from table_or(quality_table(facts), "No amount has been returned, so none is verified.")
    yield from table_or(verified_table(facts), "Nobody has verified an amount.")
    yield frozen(payback_table(savings), "paybacks", trace=address)
    yield from table_or(frozen(missing_table(savings), "not-assessable"), "Every figure can be worked out.")


def data(tables: list[Figures]) -> Section:
    """Which table is in which file."""
    names = [f"{one.key}.csv: {one.caption}" for one in tables]
    return Section(
        "B",
        "Data",
        (Words("Each table of this report is a file, with a dictionary of its columns."), *points(names)),
    )
