"""What it comes to: the headline, the net position and the payback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figures
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import NO_RETURN
from benefits.queries.worth import PaybackFigure
from benefits.rules.headline import Headline
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import round_to
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.benefits_files.figures import no_figures
from governance.benefits_files.places import council_fields, year_field
from governance.queries.benefits_export import BenefitsExport
from services.rules.payback import NoPayback, Payback

_NET_WORDS = {
    Basis.ORIGINAL: "by the original plan",
    Basis.CURRENT: "by the current plan",
    Basis.FORECAST: "by the forecast",
    Basis.VERIFIED: "of what is verified",
}


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """The headline of one council, or of all."""

    council: PartnerCouncil | None
    headline: Headline
    is_returned: bool


@dataclass(frozen=True, slots=True)
class NetRow:
    """Net saving of one council, or of all, in one year and up to its end."""

    council: PartnerCouncil | None
    fy: int | None
    year: Figures
    cumulative: Figures


def headline_table(export: BenefitsExport) -> FieldTable[HeadlineRow]:
    """Net cash saving that is verified, its three parts, and what is never added to it (INV-17)."""
    savings = export.savings
    rows = [*savings.council_headlines, (None, savings.headline)]
    return FieldTable(
        "headline",
        "Headline",
        "Net cash saving, verified, with its three parts",
        "A row a council; amounts up to the data cut-off",
        [
            *council_fields(lambda row: row.council),
            _part(
                "net_cash_saving", "Net cash saving, verified", "The three parts together", "net_cash_saving"
            ),
            _part(
                "verified_cashable_savings",
                "Verified cashable savings",
                "First part",
                "verified_cashable",
            ),
            _part(
                "verified_budgeted_income",
                "plus verified budgeted income",
                "Second part: income that a budget was raised for",
                "verified_budgeted_income",
            ),
            _part(
                "verified_recurring_costs",
                "less verified recurring costs",
                "Third part, taken off",
                "verified_recurring_costs",
            ),
            _part(
                "banked_cashable_savings",
                "Of the cashable savings, banked",
                "The part of the first that was taken out of budgets",
                "banked_cashable",
            ),
            _part(
                "claimed_only", "Claimed only", "The same net of what is claimed, not added", "claimed_only"
            ),
            _part("non_cashable", "Non-cashable savings", "Not added to the net", "non_cashable"),
            _part("cost_avoidance", "Cost avoidance", "Not added to the net", "cost_avoidance"),
            _part("unbudgeted_income", "Income in no budget", "Not added to the net", "unbudgeted_income"),
        ],
        [HeadlineRow(council, headline, savings.cut_off is not None) for council, headline in rows],
    )


def net_position_table(export: BenefitsExport) -> FieldTable[NetRow]:
    """Net saving of each year and the position at its end."""
    return FieldTable(
        "net_position",
        "Net position",
        "Net position by financial year: savings less all costs",
        "A row a council and financial year; positive is good for the council",
        [
            *council_fields(lambda row: row.council),
            year_field(lambda row: row.fy),
            *(_net(basis, is_position=False) for basis in _NET_WORDS),
            *(_net(basis, is_position=True) for basis in _NET_WORDS),
        ],
        list(_net_rows(export)),
    )


def payback_table(export: BenefitsExport) -> FieldTable[PaybackFigure]:
    """Simple payback on each basis."""
    return FieldTable(
        "payback",
        "Payback",
        "Simple payback, all savings and costs included",
        "A row a basis and council",
        [*_basis_fields(), *council_fields(lambda row: row.council), *_payback_fields()],
        export.savings.paybacks,
    )


def _part(key: str, title: str, says: str, name: str) -> Field[HeadlineRow]:
    return Field(
        key,
        title,
        lambda row: getattr(row.headline, f"{name}_pence") if row.is_returned else NO_RETURN,
        says,
        Unit.MONEY,
    )


def _basis_fields() -> Iterator[Field[PaybackFigure]]:
    yield Field(
        "basis", "Basis key", lambda row: row.basis.value, "Key of the basis", place=Place.ITEM, is_code=True
    )
    yield Field(
        "basis_name",
        "Basis",
        lambda row: str(row.basis.label),
        "Original plan, current plan or forecast",
        place=Place.ITEM_NAME,
    )


def _payback_fields() -> Iterator[Field[PaybackFigure]]:
    yield Field(
        "counted_from",
        "Counted from",
        lambda row: payback_of(row.result, lambda _: row.origin_on),
        "Start of the profile, the day that time is counted from",
        Unit.DATE,
    )
    yield Field(
        "payback_years",
        "Payback, years",
        lambda row: payback_of(row.result, lambda found: round_to(found.years, 3)),
        "Years until the outlay has come back, to three decimals",
        Unit.YEARS,
    )
    yield Field(
        "payback_months",
        "Payback, whole months",
        lambda row: payback_of(row.result, lambda found: found.months),
        "The same in months, rounded up",
        Unit.MONTHS,
    )
    yield Field(
        "paid_back_by",
        "Paid back by",
        lambda row: payback_of(row.result, lambda _: row.paid_back_by),
        "Last day of the month of payback",
        Unit.DATE,
    )


def _net(basis: Basis, *, is_position: bool) -> Field[NetRow]:
    words = _NET_WORDS[basis]
    if is_position:
        return Field(
            f"position_{basis.value}",
            f"Position at the end of the year, {words}",
            lambda row: getattr(row.cumulative, basis.value),
            f"Net savings up to the end of the year, {words}",
            Unit.MONEY,
        )
    return Field(
        f"net_{basis.value}",
        f"Net in the year, {words}",
        lambda row: getattr(row.year, basis.value),
        f"Savings less all costs of the year, {words}",
        Unit.MONEY,
    )


def _net_rows(export: BenefitsExport) -> Iterator[NetRow]:
    savings = export.savings
    rows = [of for of in savings.measures if of.measure == Measure.NET]
    for of in rows:
        for year in of.years:
            yield NetRow(of.council, year.fy, year.year, year.cumulative)
    if not rows:
        nothing = no_figures(savings)
        for council in (*savings.councils, None):
            yield NetRow(council, None, nothing, nothing)


def payback_of(result: Payback | NoPayback | NotAssessable, value: Callable[[Payback], Datum]) -> Datum:
    """A value of a payback; one that never comes back has none."""
    if isinstance(result, NotAssessable):
        return result
    return NotApplicable(str(result)) if isinstance(result, NoPayback) else value(result)
