"""Tables of savings and costs by time and by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from benefits.enums import Basis, Measure
from benefits.models import Benefit
from benefits.queries.by_line import LineFigures, figures_by_line
from benefits.queries.figures import Figures
from benefits.queries.ledgers import Ledgers
from benefits.queries.savings import SavingsAgainstPlan
from benefits.queries.scope import Choice, scope_of
from benefits.rules.measures import COST_MEASURES, noun_of
from benefits.tables.shapes import (
    Linked,
    amount_cell,
    choice_parameters,
    forecast_cell,
    percent_cell,
    rating_cell,
    realised_cell,
    short_day,
)
from core.rules.calendar import format_fy, fy_end
from core.rules.words import mid_sentence
from core.tables import Cell, Heading, NumberTable, Row, headings


def progress_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Verified so far, and the forecast to the ends of this year, the next and the last one."""
    measure = result.choice.measure
    gross = None if measure in COST_MEASURES else result.of(measure)
    if gross is None:
        return None
    linked, rows = Linked(result, measure), []
    if result.cut_off:
        total = gross.total
        rows.append(
            Row(
                f"Verified to {short_day(result.cut_off)}",
                (
                    linked.cell(total, Basis.ORIGINAL, is_to_date=True),
                    linked.cell(total, Basis.CURRENT, is_to_date=True),
                    linked.cell(total, Basis.VERIFIED),
                    realised_cell(total),
                    rating_cell(total.realised_rating),
                ),
            )
        )
    for fy in dict.fromkeys((result.this_fy, result.this_fy + 1, *result.fys[-1:])):
        year = gross.at(fy)
        if year is not None:
            figures = year.cumulative
            rows.append(
                Row(
                    f"Forecast to {short_day(fy_end(fy))}",
                    (
                        amount_cell(figures.original),
                        amount_cell(figures.current),
                        amount_cell(figures.forecast),
                        forecast_cell(figures),
                        rating_cell(figures.forecast_rating),
                    ),
                )
            )
    return NumberTable(
        "progress",
        "Against the current plan",
        "Cumulative, £",
        headings("Measure", "Original plan", "Current plan", "Now", "Of plan", "Rating", last_is_word=True),
        tuple(rows),
    )


def year_table(result: SavingsAgainstPlan, measure: Measure, caption: str, unit: str) -> NumberTable | None:
    """One measure by financial year: both plans, forecast, claimed, verified, banked."""
    row = result.of(measure)
    if row is None:
        return None
    linked = Linked(result, measure)
    bases = tuple(Basis)
    return NumberTable(
        f"years-{measure.value}",
        caption,
        unit,
        headings("Year", "Original plan", "Current plan", "Forecast", "Claimed", "Verified", "Banked"),
        tuple(
            Row(format_fy(year.fy), tuple(linked.cell(year.year, basis, fy=year.fy) for basis in bases))
            for year in row.years
        ),
        foot=(Row("Total", tuple(linked.cell(row.total, basis) for basis in bases)),),
    )


def variance_table(
    result: SavingsAgainstPlan, measure: Measure, caption: str, unit: str
) -> NumberTable | None:
    """Every figure of a measure by financial year: both variances, and how much is realised."""
    row = result.of(measure)
    rows = [Row(format_fy(year.fy), _variance_cells(year.year)) for year in row.years] if row else []
    return _variances("by-year", caption, unit, rows)


def cumulative_table(
    result: SavingsAgainstPlan, measure: Measure, caption: str, unit: str
) -> NumberTable | None:
    """The same from the first year up to the end of each."""
    row = result.of(measure)
    years = row.years if row else ()
    rows = [Row(f"To {short_day(fy_end(year.fy))}", _variance_cells(year.cumulative)) for year in years]
    return _variances("cumulative", caption, unit, rows)


def like_for_like_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """All partners beside the councils that were partners throughout; None where all were (INV-43)."""
    found = result.like_for_like
    if found is None:
        return None

    def row(header: str, measure: Measure, fy: int | None) -> Row | None:
        compared = [found.at(measure, basis, fy) for basis in (Basis.CURRENT, Basis.FORECAST, Basis.VERIFIED)]
        figures = [figure for one in compared if one for figure in (one.all_partners, one.like_for_like)]
        return Row(header, tuple(amount_cell(figure) for figure in figures)) if figures else None

    years = [row(format_fy(fy), Measure.GROSS, fy) for fy in result.fys]
    totals = [row("Total", Measure.GROSS, None), row("Net, after all costs", Measure.NET, None)]
    return NumberTable(
        "like-for-like",
        "Cashable saving, all partners and like for like",
        "£, gross (before costs) unless the row says net",
        headings(
            "Year",
            "Plan, all partners",
            "Plan, like for like",
            "Forecast, all partners",
            "Forecast, like for like",
            "Verified, all partners",
            "Verified, like for like",
        ),
        tuple(one for one in years if one),
        foot=tuple(one for one in totals if one),
    )


def month_table(result: SavingsAgainstPlan, unit: str) -> NumberTable:
    """The points of the main chart."""
    return NumberTable(
        "months",
        f"Cumulative {mid_sentence(noun_of(result.choice.measure))} by month",
        unit,
        headings("To the end of", "Original plan", "Current plan", "Forecast", "Verified"),
        tuple(
            Row(
                short_day(month.month_end),
                tuple(
                    amount_cell(figure)
                    for figure in (month.original, month.current, month.forecast, month.verified)
                ),
            )
            for month in result.months
        ),
    )


def cost_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Costs to the data cut-off against the current plan."""
    rows = []
    for measure in COST_MEASURES:
        row = result.of(measure)
        if row is not None:
            linked, total = Linked(result, measure), row.total
            rows.append(
                Row(
                    str(measure.label),
                    (
                        linked.cell(total, Basis.ORIGINAL, is_to_date=True),
                        linked.cell(total, Basis.CURRENT, is_to_date=True),
                        linked.cell(total, Basis.VERIFIED),
                        linked.cell(total, Basis.CLAIMED),
                        percent_cell(total.realised_percent),
                        rating_cell(total.spending_rating),
                    ),
                )
            )
    if not rows or result.cut_off is None:
        return None
    return NumberTable(
        "costs",
        f"Costs to {short_day(result.cut_off)}",
        "£, against the current plan",
        headings(
            "Cost",
            "Original plan",
            "Current plan",
            "Verified",
            "Claimed",
            "Of plan",
            "Rating",
            last_is_word=True,
        ),
        tuple(rows),
    )


def other_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Benefits that free no budget, and dis-benefits: never added to the cashable saving."""
    bases = tuple(Basis)
    rows = []
    for measure in (
        Measure.NON_CASHABLE,
        Measure.COST_AVOIDANCE,
        Measure.INCOME_BUDGETED,
        Measure.INCOME_UNBUDGETED,
        Measure.GRANT,
        Measure.DISBENEFIT,
    ):
        row = result.of(measure)
        if row is not None:
            linked = Linked(result, measure)
            rows.append(Row(str(measure.label), tuple(linked.cell(row.total, basis) for basis in bases)))
    if not rows:
        return None
    return NumberTable(
        "other",
        "Other benefits and dis-benefits",
        "£ over the whole period. What frees no budget is in no total",
        headings("Benefit", "Original plan", "Current plan", "Forecast", "Claimed", "Verified", "Banked"),
        tuple(rows),
    )


def line_table(result: SavingsAgainstPlan) -> NumberTable:
    """The lines behind the totals; each leads to its entries."""
    narrowed = choice_parameters(result.choice)
    query = {name: narrowed[name] for name in ("council", "year") if narrowed[name]}
    return _lines(result.lines, urlencode(query))


def benefit_lines(benefit: Benefit, ledgers: Ledgers, *, as_of: date) -> NumberTable:
    """The lines of one benefit over all councils and years; each leads to its entries."""
    scope = scope_of(benefit.programme, ledgers, Choice(), as_of)
    return _lines([row for row in figures_by_line(scope) if row.line.benefit_pk == benefit.pk])


def _lines(rows: Iterable[LineFigures], query: str = "") -> NumberTable:
    return NumberTable(
        "lines",
        "Lines behind the totals",
        "£ over the years shown",
        (
            Heading("Line", is_number=False),
            Heading("Kind", is_number=False),
            *headings("Original plan", "Current plan", "Forecast", "Claimed", "Verified", "Banked"),
        ),
        tuple(
            Row(
                row.line.title,
                (
                    Cell(row.line.measure.label, is_number=False),
                    *(amount_cell(getattr(row, basis.value)) for basis in Basis),
                ),
                url=reverse("benefits:line_detail", args=[row.line.pk]) + (f"?{query}" if query else ""),
                sub=row.line.ref,
            )
            for row in rows
        ),
    )


def _variance_cells(figures: Figures) -> tuple[Cell, ...]:
    return (
        amount_cell(figures.original),
        amount_cell(figures.current),
        amount_cell(figures.forecast),
        amount_cell(figures.forecast_variance, is_signed=True),
        amount_cell(figures.forecast_variance_original, is_signed=True),
        amount_cell(figures.claimed),
        amount_cell(figures.verified),
        amount_cell(figures.banked),
        amount_cell(figures.verified_variance, is_signed=True),
        realised_cell(figures),
    )


def _variances(id_: str, caption: str, unit: str, rows: list[Row]) -> NumberTable | None:
    if not rows:
        return None
    return NumberTable(
        f"variances-{id_}",
        caption,
        unit,
        headings(
            "Year",
            "Original plan",
            "Current plan",
            "Forecast",
            "Forecast less current",
            "Forecast less original",
            "Claimed",
            "Verified",
            "Banked",
            "Verified less plan to date",
            "Realised",
        ),
        tuple(rows),
    )
