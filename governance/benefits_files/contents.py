"""The tables of a benefits file, in order, with its cover and its notes."""

from __future__ import annotations

from core.rules.calendar import format_date
from governance.benefits_files.about import caveat_table, council_table, programme_table
from governance.benefits_files.benefits import benefit_table
from governance.benefits_files.decisions import answer_table, decision_table
from governance.benefits_files.fairness import equity_table, return_table
from governance.benefits_files.fields import AnyTable
from governance.benefits_files.figures import by_year_table, cumulative_table, whole_period_table
from governance.benefits_files.lines import line_table
from governance.benefits_files.missing import missing_table
from governance.benefits_files.progress import next_table, overdue_table, phase_table
from governance.benefits_files.stated import (
    stated_figure_table,
    stated_payback_table,
    stated_position_table,
    stated_progress_table,
    stated_total_table,
)
from governance.benefits_files.worth import headline_table, net_position_table, payback_table
from governance.queries.benefits_export import BenefitsExport

NOTES = (
    "Money is in pounds. Plan, forecast and actual amounts are positive, those of costs too.",
    "Gross is before costs. Net takes off recurring costs, one-off costs and dis-benefits; positive is good.",
    "Every total is the sum of the councils' own amounts, to the penny.",
    "Verified amounts were verified by the council's own section 151 officer.",
    "Verified amounts are compared with the plan up to the data cut-off.",
    "Non-cashable savings, avoided costs and income in no budget are never added to the headline or the net.",
    "Qualifier says how exact a figure is, in the word of its source: about, over, almost.",
    "Of a figure worked out it is exact, floor (at least this), ceiling (at most), approximate or unknown.",
    "Figures as stated are those that a source prints. Yearly, one-off and total amounts are never added up.",
    "Missing is not zero: the sheet Not assessable says what is missing, and why.",
)


def tables_of(export: BenefitsExport) -> list[AnyTable]:
    """Every table, those that answer most first; the programme's own comes before all."""
    found: list[AnyTable] = [
        programme_table(export),
        council_table(export),
        headline_table(export),
        by_year_table(export),
        cumulative_table(export),
        whole_period_table(export),
        net_position_table(export),
        payback_table(export),
        equity_table(export),
        stated_figure_table(export),
        stated_total_table(export),
        stated_payback_table(export),
        stated_position_table(export),
        stated_progress_table(export),
        overdue_table(export),
        next_table(export),
        phase_table(export),
        decision_table(export),
        answer_table(export),
        return_table(export),
        benefit_table(export),
        line_table(export),
        caveat_table(export),
    ]
    return [*found, missing_table(found)]


def title_of(export: BenefitsExport) -> str:
    """What the file is."""
    return f"Savings against plan: {export.programme.name}"


def cover_of(export: BenefitsExport) -> list[tuple[str, str]]:
    """What the figures are of."""
    savings = export.savings
    cut_off = format_date(savings.cut_off) if savings.cut_off else "Nothing has been returned"
    return [
        ("Programme", export.programme.name),
        ("Key", export.programme.key),
        ("Councils", ", ".join(council.name for council in savings.all_councils)),
        ("As of", format_date(export.as_of)),
        ("Seen on", format_date(export.seen_on)),
        ("Data cut-off", cut_off),
    ]
