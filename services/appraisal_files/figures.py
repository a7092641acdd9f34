"""Measures of every option, jointly and by council, and the years behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.exports.tables import Value
from core.rules.assessment import NotAssessable
from core.rules.calendar import fy_file_key
from core.rules.rounding import round_to
from services.appraisal_files.fields import Field, FileTable, Place, Unit
from services.queries.appraisal import CaseAppraisal, OptionAppraisal
from services.queries.appraisal_figures import FIGURES, Figure
from services.queries.appraisal_report import AppraisalReport
from services.rules.discount import discount_factors
from services.rules.option_result import Measures

JOINT, SUM = "joint", "sum"
_FACTOR_PLACES = 10


@dataclass(frozen=True, slots=True)
class Scoped:
    """An option seen jointly, for one council, or as the sum of the councils."""

    option: OptionAppraisal
    scope: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year of an option, jointly or for one council."""

    of: Scoped
    index: int
    fy: int
    factor: Value


def scoped_rows(appraisal: CaseAppraisal, *, has_sum: bool) -> list[Scoped]:
    """Each option jointly, for each council in order, and as the councils' sum where that is wanted."""
    return [
        row
        for option in appraisal.options
        for row in (
            Scoped(option, None, JOINT),
            *(Scoped(option, place, name) for place, name in enumerate(appraisal.names)),
            *([Scoped(option, None, SUM)] if has_sum else []),
        )
    ]


def measure_table(report: AppraisalReport) -> FileTable[Scoped]:
    """Every measure of every option."""
    return FileTable(
        "measures",
        "Measures of every option, jointly and by council",
        [
            *_scope_fields(),
            *(Field(one.key, one.label, _measure(one), Unit(one.unit.value)) for one in FIGURES),
        ],
        scoped_rows(report.appraisal, has_sum=True),
    )


def year_table(report: AppraisalReport) -> FileTable[Year]:
    """Flows and present values by year."""
    rows = [
        Year(scoped, index, fy, factor)
        for scoped in scoped_rows(report.appraisal, has_sum=False)
        for (index, fy), factor in zip(
            enumerate(report.appraisal.fys), _factors(report.appraisal), strict=True
        )
    ]
    return FileTable(
        "years",
        "Flows and present values by financial year",
        [
            Field("option", "Option", lambda row: row.of.option.option.ref, place=Place.OPTION),
            Field("council", "Council", lambda row: row.of.name, place=Place.COUNCIL),
            Field("financial_year", "Financial year", lambda row: fy_file_key(row.fy), place=Place.YEAR),
            _money("benefits", "Benefits", lambda one, index: one.benefits_pence[index]),
            _money("recurring", "Recurring costs", lambda one, index: one.recurring_pence[index]),
            _money("one_off", "One-off costs", lambda one, index: one.one_off_pence[index]),
            _money("net", "Net", lambda one, index: one.net_by_year[index]),
            _money("cumulative", "Cumulative net", lambda one, index: one.cumulative_by_year[index]),
            Field("discount_factor", "Discount factor", lambda row: row.factor, Unit.RATIO),
            _money("pv_benefits", "Present value of benefits", lambda one, i: one.rows[i].pv_benefits_pence),
            _money("pv_costs", "Present value of costs", lambda one, i: one.rows[i].pv_costs_pence),
            _money("pv_net", "Present value, net", lambda one, i: one.rows[i].pv_net_pence),
        ],
        rows,
    )


def missing_table(report: AppraisalReport) -> FileTable[tuple[OptionAppraisal, NotAssessable]]:
    """What keeps an option from being appraised."""
    rows = [(option, reason) for option in report.appraisal.options for reason in option.missing]
    return FileTable(
        "not_assessable",
        "What cannot be worked out, and why",
        [
            Field("option", "Option", lambda row: row[0].option.ref, place=Place.OPTION),
            Field("reason", "What is missing", lambda row: row[1].reason),
        ],
        rows,
    )


def _scope_fields() -> list[Field[Scoped]]:
    return [
        Field("option", "Option", lambda row: row.option.option.ref, place=Place.OPTION),
        Field("council", "Council", lambda row: row.name, place=Place.COUNCIL),
        Field("option_name", "Name of the option", lambda row: row.option.option.name),
        Field("is_preferred", "Preferred", lambda row: "yes" if row.option.option.is_preferred else "no"),
        Field("is_bau", "Business as usual", lambda row: "yes" if row.option.option.is_bau else "no"),
    ]


def _measure(figure: Figure) -> Callable[[Scoped], Value]:
    def value(row: Scoped) -> Value:
        return figure.sum_of(row.option) if row.name == SUM else figure.of(row.option, row.scope)

    return value


def _money(key: str, title: str, value: Callable[[Measures, int], int]) -> Field[Year]:
    def of(row: Year) -> Value:
        measures = row.of.option.measures(row.of.scope)
        return value(measures, row.index) if isinstance(measures, Measures) else measures

    return Field(key, title, of, Unit.MONEY)


def _factors(appraisal: CaseAppraisal) -> list[Value]:
    if isinstance(appraisal.schedule, NotAssessable):
        return [appraisal.schedule] * len(appraisal.fys)
    factors = discount_factors(appraisal.schedule, len(appraisal.fys) - 1)
    return [round_to(factor, _FACTOR_PLACES) for factor in factors]
