"""Savings and costs against plan: by financial year, cumulative and over the whole period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benefits.enums import Basis, Measure
from benefits.queries.by_year import MeasureFigures
from benefits.queries.figures import Figure, Figures
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.savings import SavingsAgainstPlan
from benefits.queries.scope import NO_AMOUNT, NO_FORECAST, NO_PLAN, NO_RETURN
from benefits.rules.qualifier import Bound, bound_of_difference, bound_of_ratio
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.benefits_files.places import council_fields, year_field
from governance.queries.benefits_export import BenefitsExport
from governance.queries.export.provenance import Provenance

# What is said of each council where no ledger holds an amount.
_ALWAYS = (Measure.ONE_OFF_COST, Measure.RECURRING_COST, Measure.GROSS, Measure.NET)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Figures of one measure for one council, or for all, with where they come from.

    `fy` is None over the whole period; `fys` are the years added up.
    """

    measure: Measure
    council: PartnerCouncil | None
    councils: tuple[int, ...]
    fy: int | None
    fys: tuple[int, ...]
    figures: Figures
    provenance: Provenance
    outturn: Figure = NO_FORECAST

    def bound(self, *bases: Basis) -> Bound:
        """How exact the figure of a basis is, or of the first less the second."""
        found = [self.provenance.bound(basis, self.measure, self.councils, self.fys) for basis in bases]
        return found[0] if len(found) == 1 else bound_of_difference(found[0], found[1])

    def bound_of_percent(self, basis: Basis) -> Bound:
        """How exact a percentage of the current plan is."""
        return bound_of_ratio(self.bound(basis), self.bound(Basis.CURRENT))

    def documents(self, *bases: Basis) -> set[str]:
        """Documents that the figures of these bases stand in."""
        return {
            name
            for basis in bases
            for name in self.provenance.documents(basis, self.measure, self.councils, self.fys)
        }


def by_year_table(export: BenefitsExport) -> FieldTable[FigureRow]:
    """Each measure for each council and in total, year by year."""
    return FieldTable(
        "by_year",
        "By year",
        "Savings and costs by financial year",
        "A row a measure, council and financial year",
        [*_IDENTITY, *FIGURES],
        [
            _row(export, of, year.fy, (year.fy,), year.year)
            for of in export.savings.measures
            for year in of.years
        ],
    )


def cumulative_table(export: BenefitsExport) -> FieldTable[FigureRow]:
    """The same in sum, from the first year to the end of each."""
    return FieldTable(
        "cumulative",
        "Cumulative",
        "Savings and costs from the first year to the end of each financial year",
        "A row a measure, council and financial year",
        [*_IDENTITY, *FIGURES],
        [
            _row(
                export, of, year.fy, tuple(fy for fy in export.savings.fys if fy <= year.fy), year.cumulative
            )
            for of in export.savings.measures
            for year in of.years
        ],
    )


def whole_period_table(export: BenefitsExport) -> FieldTable[FigureRow]:
    """The same over all years, with what this year is expected to come out at."""
    outturn: Field[FigureRow] = Field(
        "outturn_this_year",
        "Expected outturn of this year",
        lambda row: row.outturn,
        "What the financial year of the file's day should come out at: returned so far, then the forecast",
        Unit.MONEY,
    )
    return FieldTable(
        "whole_period",
        "Whole period",
        "Savings and costs over the whole period",
        "A row a measure and council",
        [*_IDENTITY, *FIGURES, outturn],
        list(_whole_period(export)),
    )


def _council(row: FigureRow) -> PartnerCouncil | None:
    return row.council


def _row(
    export: BenefitsExport, of: MeasureFigures, fy: int | None, fys: tuple[int, ...], figures: Figures
) -> FigureRow:
    return FigureRow(
        of.measure,
        of.council,
        _councils(export.savings, of.council),
        fy,
        fys,
        figures,
        export.provenance,
        of.outturn,
    )


def _councils(savings: SavingsAgainstPlan, council: PartnerCouncil | None) -> tuple[int, ...]:
    return tuple(one.pk for one in ([council] if council else savings.councils))


def _whole_period(export: BenefitsExport) -> Iterator[FigureRow]:
    savings = export.savings
    for of in savings.measures:
        yield _row(export, of, None, savings.fys, of.total)
    if not savings.measures:
        for measure in _ALWAYS:
            for council in (*savings.councils, None):
                yield _without_figures(export, measure, council)


def _without_figures(export: BenefitsExport, measure: Measure, council: PartnerCouncil | None) -> FigureRow:
    """A row that says why there is no figure: missing is not zero."""
    councils = _councils(export.savings, council)
    figures = no_figures(export.savings)
    return FigureRow(measure, council, councils, None, (), figures, export.provenance)


def no_figures(savings: SavingsAgainstPlan) -> Figures:
    """Why there is no figure on each basis, where no ledger holds an amount."""
    return Figures(
        original=NO_AMOUNT if savings.original else NO_PLAN,
        current=NO_AMOUNT if savings.current else NO_PLAN,
        forecast=NO_FORECAST,
        claimed=NO_RETURN,
        verified=NO_RETURN,
        banked=NO_RETURN,
        original_to_date=NO_RETURN,
        current_to_date=NO_RETURN,
    )


def _figure_field(
    key: str,
    title: str,
    value: Callable[[Figures], Datum],
    says: str,
    bases: Sequence[Basis],
    *,
    unit: Unit = Unit.MONEY,
) -> Field[FigureRow]:
    """A figure; of two bases it is the first less the second, or in percent of it."""

    def qualifier(row: FigureRow) -> str:
        is_number = not hasattr(value(row.figures), "reason")
        found = row.bound_of_percent(bases[0]) if unit == Unit.PERCENT else row.bound(*bases)
        return found.value if is_number else ""

    return Field(
        key,
        title,
        lambda row: value(row.figures),
        says,
        unit,
        qualifier=qualifier,
        source=lambda row: sorted(row.documents(*bases)),
    )


_IDENTITY: list[Field[FigureRow]] = [
    Field(
        "measure",
        "Measure key",
        lambda row: row.measure.value,
        "Key of what is measured",
        place=Place.ITEM,
        is_code=True,
    ),
    Field(
        "measure_name",
        "Measure",
        lambda row: str(row.measure.label),
        "What is measured. A cost is a positive amount; gross and net say so",
        place=Place.ITEM_NAME,
    ),
    *council_fields(_council),
    year_field(lambda row: row.fy),
]
FIGURES: list[Field[FigureRow]] = [
    _figure_field(
        "original_plan",
        "Original plan",
        lambda figures: figures.original,
        "Plan version 1, which stays visible",
        [Basis.ORIGINAL],
    ),
    _figure_field(
        "current_plan",
        "Current plan",
        lambda figures: figures.current,
        "The plan version in effect on the file's day",
        [Basis.CURRENT],
    ),
    _figure_field(
        "forecast",
        "Forecast",
        lambda figures: figures.forecast,
        "What was expected on the file's day",
        [Basis.FORECAST],
    ),
    _figure_field(
        "claimed",
        "Claimed, not verified",
        lambda figures: figures.claimed,
        "Returned by the council, and not yet answered by its section 151 officer",
        [Basis.CLAIMED],
    ),
    _figure_field(
        "verified",
        "Verified",
        lambda figures: figures.verified,
        "Verified by the council's own section 151 officer",
        [Basis.VERIFIED],
    ),
    _figure_field(
        "banked",
        "Banked",
        lambda figures: figures.banked,
        "Verified, and a budget has moved by it: a cashable saving up to what was taken out of the council's "
        "budgets for it",
        [Basis.BANKED],
    ),
    _figure_field(
        "original_plan_to_date",
        "Original plan to the data cut-off",
        lambda figures: figures.original_to_date,
        "The part of the original plan up to the data cut-off",
        [Basis.ORIGINAL],
    ),
    _figure_field(
        "current_plan_to_date",
        "Current plan to the data cut-off",
        lambda figures: figures.current_to_date,
        "The part of the current plan up to the data cut-off",
        [Basis.CURRENT],
    ),
    _figure_field(
        "forecast_less_current_plan",
        "Forecast less current plan",
        lambda figures: figures.forecast_variance,
        "Variance of the forecast; for a saving, positive is more than planned",
        [Basis.FORECAST, Basis.CURRENT],
    ),
    _figure_field(
        "forecast_less_original_plan",
        "Forecast less original plan",
        lambda figures: figures.forecast_variance_original,
        "The same against the original plan",
        [Basis.FORECAST, Basis.ORIGINAL],
    ),
    _figure_field(
        "verified_less_current_plan_to_date",
        "Verified less current plan to date",
        lambda figures: figures.verified_variance,
        "Variance of what is verified, to the data cut-off",
        [Basis.VERIFIED, Basis.CURRENT],
    ),
    _figure_field(
        "verified_less_original_plan_to_date",
        "Verified less original plan to date",
        lambda figures: figures.verified_variance_original,
        "The same against the original plan",
        [Basis.VERIFIED, Basis.ORIGINAL],
    ),
    _figure_field(
        "forecast_percent",
        "Forecast, % of current plan",
        lambda figures: figures.forecast_percent,
        "Forecast in percent of the current plan, without savings that have no target; not applicable where "
        "the plan is not above 0",
        [Basis.FORECAST, Basis.CURRENT],
        unit=Unit.PERCENT,
    ),
    _figure_field(
        "realised_percent",
        "Realised, % of plan to date",
        lambda figures: figures.realised_percent,
        "Verified in percent of the current plan, both to the data cut-off, without savings that have no "
        "target; not applicable where that plan is not above 0",
        [Basis.VERIFIED, Basis.CURRENT],
        unit=Unit.PERCENT,
    ),
]
