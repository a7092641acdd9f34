"""The measures of an appraisal in the order in which pages and files print them, each with its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.exports.tables import Value
from core.rules.assessment import NotApplicable
from core.rules.rounding import round_to
from services.queries.appraisal import Change, OptionAppraisal
from services.rules.option_result import Measures
from services.rules.payback import NoPayback, Payback

_YEAR_PLACES = 3
_NOT_A_SUM = NotApplicable("It is no sum of the councils' own")


class Unit(StrEnum):
    """What a measure is counted in."""

    MONEY = "GBP"
    RATIO = "ratio"
    YEARS = "years"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its key in files, its name, what it holds, and how an option gives it for a scope.

    An additive one has a sum over councils.
    """

    key: str
    label: str
    unit: Unit
    holds: str
    of: Callable[[OptionAppraisal, int | None], Value]
    is_additive: bool = False

    def sum_of(self, option: OptionAppraisal) -> Value:
        """The councils' own figures added up, for tables of councils (domain.md 4.9)."""
        if not self.is_additive:
            return _NOT_A_SUM
        own = [self.of(option, place) for place in range(len(option.withheld))]
        known = [value for value in own if isinstance(value, int)]
        return sum(known) if len(known) == len(own) else self.of(option, None)


def years_of(found: Payback | NoPayback) -> Value:
    """Years with 3 decimals; not applicable where the outlay never comes back."""
    return round_to(found.years, _YEAR_PLACES) if isinstance(found, Payback) else NotApplicable(str(found))


def _of(value: Callable[[Measures], Value]) -> Callable[[OptionAppraisal, int | None], Value]:
    def figure(option: OptionAppraisal, scope: int | None) -> Value:
        measures = option.measures(scope)
        return value(measures) if isinstance(measures, Measures) else measures

    return figure


def _change(value: Callable[[Change], int]) -> Callable[[OptionAppraisal, int | None], Value]:
    def figure(option: OptionAppraisal, scope: int | None) -> Value:
        change = option.change(scope)
        return value(change) if isinstance(change, Change) else change

    return figure


def _exit_ratio(option: OptionAppraisal, scope: int | None) -> Value:
    ratio = option.exit_ratio(scope)
    return round_to(ratio, 2) if isinstance(ratio, Fraction) else ratio


NET = Figure(
    "net",
    "Net benefit",
    Unit.MONEY,
    "Benefits less dis-benefits, recurring and one-off costs over the whole period, not discounted",
    _of(lambda one: one.net_pence),
    is_additive=True,
)
NPV = Figure(
    "npv",
    "Net present value",
    Unit.MONEY,
    "Present value of benefits less that of costs",
    _of(lambda one: one.npv_pence),
    is_additive=True,
)
FIGURES = (
    Figure(
        "benefits",
        "Benefits",
        Unit.MONEY,
        "Savings, avoided costs, income and grants less dis-benefits, not discounted",
        _of(lambda one: sum(one.benefits_pence)),
        is_additive=True,
    ),
    Figure(
        "recurring",
        "Recurring costs",
        Unit.MONEY,
        "Not discounted",
        _of(lambda one: sum(one.recurring_pence)),
        is_additive=True,
    ),
    Figure(
        "one_off",
        "One-off costs",
        Unit.MONEY,
        "Not discounted; exit costs are not in it",
        _of(lambda one: sum(one.one_off_pence)),
        is_additive=True,
    ),
    NET,
    Figure(
        "pvb",
        "Present value of benefits",
        Unit.MONEY,
        "Each year's benefits times its discount factor, rounded to the penny, then added up",
        _of(lambda one: one.pvb_pence),
        is_additive=True,
    ),
    Figure(
        "pvc",
        "Present value of costs",
        Unit.MONEY,
        "Each year's costs times its discount factor, rounded to the penny, then added up",
        _of(lambda one: one.pvc_pence),
        is_additive=True,
    ),
    NPV,
    Figure(
        "bcr",
        "Benefit-cost ratio",
        Unit.RATIO,
        "Present value of benefits over that of costs; dis-benefits reduce benefits. No pass or fail",
        _of(lambda one: one.bcr),
    ),
    Figure(
        "payback",
        "Payback",
        Unit.YEARS,
        "When the cumulative net flow turns positive for good; exact years",
        _of(lambda one: years_of(one.payback)),
    ),
    Figure(
        "discounted_payback",
        "Discounted payback",
        Unit.YEARS,
        "The same on present values",
        _of(lambda one: years_of(one.discounted_payback)),
    ),
    Figure(
        "roi",
        "Return on investment",
        Unit.PERCENT,
        "Net benefit before one-off costs, less them, over them; for the years of the period",
        _of(lambda one: one.roi_percent),
    ),
    Figure(
        "irr",
        "Internal rate of return",
        Unit.PERCENT,
        "The real yearly rate at which net present value would be 0",
        _of(lambda one: one.irr_percent),
    ),
    Figure(
        "equivalent_annual",
        "Equivalent amount a year",
        Unit.MONEY,
        "The level yearly amount with the same net present value",
        _of(lambda one: one.equivalent_annual_pence),
    ),
    Figure(
        "annual_net",
        "Net saving of the last year",
        Unit.MONEY,
        "Benefits less recurring costs of the last year of the period",
        _of(lambda one: one.annual_net_pence),
        is_additive=True,
    ),
    Figure(
        "per_household",
        "Equivalent to a household",
        Unit.MONEY,
        "Net saving of the last year over the council tax base (Band D); it reduces no one's council tax",
        lambda option, scope: option.per_household(scope),
    ),
    Figure(
        "exit_cost",
        "Exit cost",
        Unit.MONEY,
        "What going back to own arrangements would cost; in no other figure",
        lambda option, scope: option.exit_cost(scope),
        is_additive=True,
    ),
    Figure(
        "exit_ratio",
        "Exit cost in years of savings",
        Unit.RATIO,
        "Exit cost over the net saving of the last year",
        _exit_ratio,
    ),
    Figure(
        "change_net",
        "Net benefit against business as usual",
        Unit.MONEY,
        "Net benefit less that of business as usual",
        _change(lambda one: one.net_pence),
        is_additive=True,
    ),
    Figure(
        "change_npv",
        "Net present value against business as usual",
        Unit.MONEY,
        "Net present value less that of business as usual",
        _change(lambda one: one.npv_pence),
        is_additive=True,
    ),
)
