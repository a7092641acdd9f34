"""Files of the benefits floor: one ordered column specification each, on the query of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benefits.charts import price_words
from benefits.enums import Basis, Measure
from benefits.queries.ageing import Ageing
from benefits.queries.benefits_map import BenefitsMap, LinkRow
from benefits.queries.by_line import LineFigures
from benefits.queries.by_month import MonthPoint
from benefits.queries.by_year import MeasureFigures
from benefits.queries.entries import EntryRow
from benefits.queries.equity import EquityComparison
from benefits.queries.figures import Figures
from benefits.queries.ledgers import PartnerCouncil, PlanFacts
from benefits.queries.like_for_like import ComparedYear
from benefits.queries.register import BenefitRow
from benefits.queries.returns import CouncilReturn
from benefits.queries.savings import SavingsAgainstPlan
from benefits.queries.to_enter import ToEnter
from benefits.queries.worth import PaybackFigure
from benefits.rules.equity import EquityRow
from benefits.rules.headline import Headline
from benefits.rules.measures import full_noun_of
from benefits.rules.waiting import AgeBand
from core.clock import london_date
from core.exports.tables import Column, Document, Format, Table
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date, fy_file_key
from core.rules.words import mid_sentence

ALL_COUNCILS = "All councils"
ALL_YEARS = "All years"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Figures of one measure for one council, or for all, in one year, up to its end, or in all years."""

    measure: Measure
    council: PartnerCouncil | None
    year: str
    span: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One point of a chart: of the whole programme, or of one council within a year."""

    council: PartnerCouncil | None
    point: MonthPoint


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One council's share, or why there is none."""

    comparison: EquityComparison
    council: str
    row: EquityRow | None


FIGURE_COLUMNS: list[Column[FigureRow]] = [
    Column("Measure", lambda row: str(row.measure.label)),
    Column("Council", lambda row: council_name(row.council)),
    Column("Financial year", lambda row: row.year),
    Column("Span", lambda row: row.span),
    Column("Original plan", lambda row: row.figures.original, Format.MONEY),
    Column("Current plan", lambda row: row.figures.current, Format.MONEY),
    Column("Forecast", lambda row: row.figures.forecast, Format.MONEY),
    Column("Claimed, not verified", lambda row: row.figures.claimed, Format.MONEY),
    Column("Verified", lambda row: row.figures.verified, Format.MONEY),
    Column("Banked", lambda row: row.figures.banked, Format.MONEY),
    Column("Original plan to the data cut-off", lambda row: row.figures.original_to_date, Format.MONEY),
    Column("Current plan to the data cut-off", lambda row: row.figures.current_to_date, Format.MONEY),
    Column("Forecast less current plan", lambda row: row.figures.forecast_variance, Format.MONEY),
    Column("Forecast less original plan", lambda row: row.figures.forecast_variance_original, Format.MONEY),
    Column("Verified less current plan to date", lambda row: row.figures.verified_variance, Format.MONEY),
    Column(
        "Verified less original plan to date",
        lambda row: row.figures.verified_variance_original,
        Format.MONEY,
    ),
    Column("Forecast, % of current plan", lambda row: row.figures.forecast_percent, Format.PERCENT),
    Column("Realised, % of plan to date", lambda row: row.figures.realised_percent, Format.PERCENT),
]
LIKE_FOR_LIKE_COLUMNS: list[Column[ComparedYear]] = [
    Column("Measure", lambda row: str(row.measure.label)),
    Column("Basis", lambda row: str(row.basis.label)),
    Column("Financial year", lambda row: ALL_YEARS if row.fy is None else fy_file_key(row.fy)),
    Column("All partners", lambda row: row.all_partners, Format.MONEY),
    Column("Like for like", lambda row: row.like_for_like, Format.MONEY),
]
MONTH_COLUMNS: list[Column[MonthRow]] = [
    Column("Council", lambda row: council_name(row.council)),
    Column("To the end of", lambda row: row.point.month_end, Format.DATE),
    Column("Original plan", lambda row: row.point.original, Format.MONEY),
    Column("Current plan", lambda row: row.point.current, Format.MONEY),
    Column("Forecast", lambda row: row.point.forecast, Format.MONEY),
    Column("Claimed, not verified", lambda row: row.point.claimed, Format.MONEY),
    Column("Verified", lambda row: row.point.verified, Format.MONEY),
    Column("Banked", lambda row: row.point.banked, Format.MONEY),
]
HEADLINE_COLUMNS: list[Column[tuple[PartnerCouncil | None, Headline]]] = [
    Column("Council", lambda row: council_name(row[0])),
    Column("Net cash saving, verified", lambda row: row[1].net_cash_saving_pence, Format.MONEY),
    Column("Verified cashable savings", lambda row: row[1].verified_cashable_pence, Format.MONEY),
    Column("Verified budgeted income", lambda row: row[1].verified_budgeted_income_pence, Format.MONEY),
    Column("Verified recurring costs", lambda row: row[1].verified_recurring_costs_pence, Format.MONEY),
    Column("Of the cashable savings, banked", lambda row: row[1].banked_cashable_pence, Format.MONEY),
    Column("Claimed only, not in the net", lambda row: row[1].claimed_only_pence, Format.MONEY),
    Column("Non-cashable, not in the net", lambda row: row[1].non_cashable_pence, Format.MONEY),
    Column("Cost avoidance, not in the net", lambda row: row[1].cost_avoidance_pence, Format.MONEY),
    Column("Unbudgeted income, not in the net", lambda row: row[1].unbudgeted_income_pence, Format.MONEY),
]
PAYBACK_COLUMNS: list[Column[PaybackFigure]] = [
    Column("Basis", lambda row: str(row.basis.label)),
    Column("Council", lambda row: council_name(row.council)),
    Column("Counted from", lambda row: row.origin_on, Format.DATE),
    Column(
        "Simple payback", lambda row: row.result if isinstance(row.result, NotAssessable) else str(row.result)
    ),
    Column("Paid back by", lambda row: row.paid_back_by, Format.DATE),
    Column("Not assessable because", lambda row: _reason(row.result)),
]
SHARE_COLUMNS: list[Column[ShareRow]] = [
    Column("Measure", lambda row: row.comparison.measured),
    Column("Compared with", lambda row: row.comparison.compared_with),
    Column("Basis", lambda row: str(row.comparison.basis.label)),
    Column("Council", lambda row: row.council),
    Column("Share, %", lambda row: row.row.share_percent if row.row else None, Format.PERCENT),
    Column("Share compared with, %", lambda row: row.row.other_percent if row.row else None, Format.PERCENT),
    Column("Difference, points", lambda row: row.row.difference_points if row.row else None, Format.PERCENT),
    Column("Flagged", lambda row: ("yes" if row.row.is_flagged else "no") if row.row else None),
    Column("Not assessable because", lambda row: _reason(row.comparison.rows)),
]
RETURN_COLUMNS: list[Column[CouncilReturn]] = [
    Column("Council", lambda row: row.council.name),
    Column("Savings returned up to", lambda row: row.savings.latest_returned_on, Format.DATE),
    Column("Savings verified up to", lambda row: row.savings.latest_verified_on, Format.DATE),
    Column("Savings of the latest month", lambda row: _basis(row.savings.basis)),
    Column("Costs returned up to", lambda row: row.costs.latest_returned_on, Format.DATE),
    Column("Costs verified up to", lambda row: row.costs.latest_verified_on, Format.DATE),
    Column("Costs of the latest month", lambda row: _basis(row.costs.basis)),
]
LINE_COLUMNS: list[Column[LineFigures]] = [
    Column("Reference", lambda row: row.line.ref),
    Column("Line", lambda row: row.line.title),
    Column("Measure", lambda row: str(row.line.measure.label)),
    Column("Service", lambda row: row.line.service_name or "No one service"),
    Column("Original plan", lambda row: row.original, Format.MONEY),
    Column("Current plan", lambda row: row.current, Format.MONEY),
    Column("Forecast", lambda row: row.forecast, Format.MONEY),
    Column("Claimed, not verified", lambda row: row.claimed, Format.MONEY),
    Column("Verified", lambda row: row.verified, Format.MONEY),
    Column("Banked", lambda row: row.banked, Format.MONEY),
]
ENTRY_COLUMNS: list[Column[EntryRow]] = [
    Column("Ledger", lambda row: str(row.kind.label)),
    Column("Of", lambda row: row.state),
    Column("Line reference", lambda row: row.line.ref),
    Column("Line", lambda row: row.line.title),
    Column("Council", lambda row: row.council.short_name),
    Column("Financial year", lambda row: fy_file_key(row.fy)),
    Column("Month, 1 is April", lambda row: row.period or "Whole year"),
    Column("Amount", lambda row: row.pence, Format.MONEY),
    Column("Entered by", lambda row: row.entered_by.name),
    Column("Entered on", lambda row: london_date(row.entered_at), Format.DATE),
    Column("Answered by", lambda row: row.signature or None),
    Column("Answered on", lambda row: row.verified_on, Format.DATE),
    Column("Ledger code", lambda row: row.ledger_code or None),
    Column("Explanation", lambda row: row.explanation or None),
    Column("Evidence", lambda row: row.evidence or None),
    Column("Source", lambda row: str(row.source) if row.source else None),
    Column("How exact", lambda row: row.qualifier),
]
MAP_COLUMNS: list[Column[LinkRow]] = [
    Column("From kind", lambda row: row.start.kind.value),
    Column("This", lambda row: row.start.title),
    Column("To kind", lambda row: row.end.kind.value),
    Column("Leads to", lambda row: row.end.title),
]
BENEFIT_COLUMNS: list[Column[BenefitRow]] = [
    Column("Reference", lambda row: row.benefit.ref),
    Column("Benefit", lambda row: row.benefit.title),
    Column("Class", lambda row: row.class_text),
    Column("State", lambda row: row.benefit.get_state_display()),
    Column("At risk because", lambda row: "; ".join(row.reasons) or "It is not"),
    Column("Owner", lambda row: str(row.benefit.owner) if row.benefit.owner else None),
    Column("Service", lambda row: row.benefit.service.name if row.benefit.service else "No one service"),
    Column("Councils", lambda row: row.councils_text),
    Column("Starts on", lambda row: row.benefit.starts_on, Format.DATE),
    Column("Measure", lambda row: row.benefit.measure_name or None),
    Column("Unit", lambda row: row.benefit.measure_unit or None),
    Column("Starting value", lambda row: row.starting_value, Format.NUMBER),
    Column("Target", lambda row: row.target_text),
    Column("Why no target is set", lambda row: row.no_target_reason),
    Column("Latest value", lambda row: row.actual_value, Format.NUMBER),
    Column("Progress, %", lambda row: row.progress_percent, Format.PERCENT),
    Column("Original plan", lambda row: row.original_pence, Format.MONEY),
    Column("Current plan", lambda row: row.plan_pence, Format.MONEY),
    Column("Claimed, not verified", lambda row: row.claimed_pence, Format.MONEY),
    Column("Verified", lambda row: row.verified_pence, Format.MONEY),
    Column("Banked", lambda row: row.banked_pence, Format.MONEY),
    Column("Would have happened anyway", lambda row: row.benefit.counterfactual or None),
    Column("Review on", lambda row: row.benefit.review_on, Format.DATE),
    Column("Source", lambda row: str(row.benefit.source) if row.benefit.source else None),
]


def entry_table(rows: Iterable[EntryRow]) -> Table[EntryRow]:
    """Ledger entries, one a line, written as they come."""
    return Table("Entries", "Ledger entries", ENTRY_COLUMNS, rows)


def figure_table(result: SavingsAgainstPlan, measures: Sequence[Measure] | None = None) -> Table[FigureRow]:
    """Every measure (or those asked for) by financial year, cumulative and in all."""
    rows = [
        row
        for measure in result.measures
        if measures is None or measure.measure in measures
        for row in _figure_rows(measure)
    ]
    unit = f"{price_words(result)}; plans to date and verified amounts {_cut_off_words(result)}"
    return Table("Figures by year", "Savings and costs by financial year", FIGURE_COLUMNS, rows, unit)


def like_for_like_table(result: SavingsAgainstPlan) -> Table[ComparedYear]:
    """All partners beside the councils that were partners throughout; no rows where all were (INV-43)."""
    found = result.like_for_like
    title = "Totals of all partners and like for like"
    return Table(
        "Like for like",
        title,
        LIKE_FOR_LIKE_COLUMNS,
        found.years if found else (),
        found.sentence if found else "Every council was a partner throughout",
    )


def month_table(result: SavingsAgainstPlan, *, has_councils: bool = True) -> Table[MonthRow]:
    """The points of the charts: of all councils shown, then of each for one year."""
    rows = [MonthRow(None, point) for point in result.months]
    if has_councils:
        rows += [MonthRow(council, point) for council, points in result.council_months for point in points]
    return Table(
        "Figures by month",
        f"Cumulative {mid_sentence(full_noun_of(result.choice.measure))} by month",
        MONTH_COLUMNS,
        rows,
        f"{price_words(result)}; a council’s months start anew in April",
    )


def headline_table(result: SavingsAgainstPlan) -> Table[tuple[PartnerCouncil | None, Headline]]:
    """Net cash saving that is verified, with its parts and what is kept out of it."""
    rows: list[tuple[PartnerCouncil | None, Headline]] = [*result.council_headlines, (None, result.headline)]
    return Table(
        "Net cash saving", "Net cash saving, verified", HEADLINE_COLUMNS, rows, _cut_off_words(result)
    )


def payback_table(result: SavingsAgainstPlan) -> Table[PaybackFigure]:
    """Simple payback by basis and council."""
    return Table("Payback", "Simple payback", PAYBACK_COLUMNS, result.paybacks)


def share_table(result: SavingsAgainstPlan) -> Table[ShareRow]:
    """Each council's share of benefit, cost and population."""
    return Table("Shares", "Shares by council", SHARE_COLUMNS, list(_share_rows(result)))


def return_table(result: SavingsAgainstPlan) -> Table[CouncilReturn]:
    """How far each council's returns have come."""
    return Table("Returns", "Each council’s returns", RETURN_COLUMNS, result.returns)


def line_table(result: SavingsAgainstPlan) -> Table[LineFigures]:
    """The lines behind the totals."""
    return Table("Lines", "Lines behind the totals", LINE_COLUMNS, result.lines, "£ over the years shown")


def benefit_table(rows: Sequence[BenefitRow]) -> Table[BenefitRow]:
    """The benefits register."""
    return Table("Benefits", "Benefits register", BENEFIT_COLUMNS, rows)


def map_table(contents: BenefitsMap) -> Table[LinkRow]:
    """What leads to what on the benefits map."""
    return Table("Benefits map", "Benefits map", MAP_COLUMNS, contents.rows)


def missing_table(result: SavingsAgainstPlan) -> Table[tuple[str, str]]:
    """What cannot be worked out, and why."""
    columns: list[Column[tuple[str, str]]] = [
        Column("What", lambda row: row[0]),
        Column("Why not", lambda row: row[1]),
    ]
    return Table("Not assessable", "What cannot be worked out", columns, result.not_assessable)


def savings_document(result: SavingsAgainstPlan, panels: Sequence[Table[Any]] = ()) -> Document:
    """Every table of the savings page and of its panels as one workbook."""
    return Document(
        title=f"Savings against plan: {result.programme.name}",
        as_of=result.as_of,
        cover=cover_of(result),
        notes=notes_of(result),
        tables=[*savings_tables(result), *panels],
    )


def savings_tables(result: SavingsAgainstPlan) -> list[Table[Any]]:
    """The tables of a workbook of savings."""
    tables: list[Table[Any]] = [
        figure_table(result),
        month_table(result),
        headline_table(result),
        payback_table(result),
        share_table(result),
        return_table(result),
        line_table(result),
    ]
    if result.like_for_like:
        tables.insert(1, like_for_like_table(result))
    return [*tables, missing_table(result)] if result.not_assessable else tables


def cover_of(result: SavingsAgainstPlan) -> list[tuple[str, str]]:
    """What the figures are of."""
    return [
        ("Programme", result.programme.name),
        ("Councils", ", ".join(council.name for council in result.all_councils)),
        ("Figures as recorded on", format_date(result.as_of)),
        ("Data cut-off", format_date(result.cut_off) if result.cut_off else "Nothing has been returned"),
        ("Original plan", plan_words(result.original)),
        ("Current plan", plan_words(result.current)),
        ("Latest forecast", format_date(result.forecast_as_at) if result.forecast_as_at else "None"),
        ("Prices", price_words(result)),
    ]


def notes_of(result: SavingsAgainstPlan) -> list[str]:
    """How to read the figures."""
    return [
        "Money is in pounds. A plus is good for the council: a net cost is negative.",
        "Every total is the sum of the councils’ shares.",
        "Gross cashable saving is cashable savings and income raised in a budget, before costs.",
        "Net saving takes off recurring costs, one-off costs and dis-benefits.",
        "Non-cashable savings, avoided costs and income in no budget are in neither.",
        "Verified amounts are those that the council’s own section 151 officer has verified.",
        f"Verified amounts are compared with the plan {_cut_off_words(result)}.",
    ]


def plan_words(plan: PlanFacts | None) -> str:
    """Version 2, in effect from 20 June 2026."""
    return f"Version {plan.number}, in effect from {format_date(plan.effective_on)}" if plan else "None"


def council_name(council: PartnerCouncil | None) -> str:
    """A council's name, or that all are meant."""
    return council.name if council else ALL_COUNCILS


def _figure_rows(measure: MeasureFigures) -> Iterator[FigureRow]:
    spans: Sequence[tuple[str, Callable[..., Figures]]] = (
        ("In the year", lambda year: year.year),
        ("Up to the end of the year", lambda year: year.cumulative),
    )
    for span, figures_of in spans:
        for year in measure.years:
            yield FigureRow(measure.measure, measure.council, fy_file_key(year.fy), span, figures_of(year))
    yield FigureRow(measure.measure, measure.council, ALL_YEARS, "Whole period", measure.total)


def _share_rows(result: SavingsAgainstPlan) -> Iterator[ShareRow]:
    for comparison in result.equity:
        if isinstance(comparison.rows, tuple):
            for row in comparison.rows:
                yield ShareRow(comparison, row.council, row)
        else:
            yield ShareRow(comparison, ALL_COUNCILS, None)


def _reason(value: object) -> str:
    return getattr(value, "reason", "") or "Assessed"


def _basis(basis: Basis | None) -> str:
    return str(basis.label) if basis else "Not returned"


def _cut_off_words(result: SavingsAgainstPlan) -> str:
    return f"to {format_date(result.cut_off)}" if result.cut_off else "with nothing returned yet"


TO_ENTER_COLUMNS: list[Column[ToEnter]] = [
    Column("Reference", lambda row: row.line.ref),
    Column("Line", lambda row: row.line.title),
    Column("Council", lambda row: str(row.council)),
    Column("Months", lambda row: row.months_text),
    Column("What it waits for", lambda row: str(row.awaited.label)),
    Column("Amount", lambda row: row.pence, Format.MONEY),
    Column("Age in working days", lambda row: row.age_days, Format.NUMBER),
    Column("By whom", lambda row: row.owner_text),
]


def to_enter_table(rows: Sequence[ToEnter]) -> Table[ToEnter]:
    """What is still to enter, and by whom."""
    return Table("to-enter", "What is still to enter", TO_ENTER_COLUMNS, rows, "£")


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """The claims of one council, or of all, in one band of age."""

    council: str
    band: AgeBand


AGEING_COLUMNS: list[Column[AgeingRow]] = [
    Column("Council", lambda row: row.council),
    Column("Waits for", lambda row: row.band.words),
    Column("Claims", lambda row: row.band.claims.amounts, Format.NUMBER),
    Column("Cashable savings", lambda row: row.band.claims.cashable.pence, Format.MONEY),
    Column("Other than cashable", lambda row: row.band.claims.other.pence, Format.MONEY),
]


def ageing_table(ageing: Ageing) -> Table[AgeingRow]:
    """How long claims wait: a row a council and band."""
    rows = [
        AgeingRow(str(row.council) if row.council else ALL_COUNCILS, band)
        for row in (*ageing.rows, ageing.total)
        for band in row.bands
    ]
    return Table("claims-ageing", "How long claims wait for an answer", AGEING_COLUMNS, rows, "£")
