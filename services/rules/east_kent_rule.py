"""Entry criteria of the East Kent kind: enough saving by a year of operation, and certain quality (F-24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import days_in_fy, financial_year, format_fy, fy_end, fy_start
from core.rules.money import format_pounds
from core.rules.rounding import format_number, round_half_up
from core.rules.words import listed
from services.enums import Confidence

DEFAULT_PERCENT = 10
DEFAULT_YEAR_OF_OPERATION = 2
MONTHS = 12


@dataclass(frozen=True, slots=True)
class EntryTest:
    """Outcome of the test: exact percent, pence needed, pence short (0 where enough), and why."""

    is_passed: bool
    percent: Fraction
    needed_pence: int
    shortfall_pence: int
    reason: str


def savings_entry_test(
    annual_saving_pence: int | None,
    starting_budgets_pence: Mapping[str, int | None],
    quality: str | None,
    *,
    percent: int | Decimal = DEFAULT_PERCENT,
) -> EntryTest | NotAssessable | NotApplicable:
    """First reading: the saving of the year of operation against the combined starting budget (F-24).

    `starting_budgets_pence` gives each partner council's budget by name. Passes at exactly `percent`, and
    only where the certainty of quality is high.
    """
    missing = [name for name, budget in starting_budgets_pence.items() if budget is None]
    if missing or not starting_budgets_pence:
        whose = f" for {listed(missing)}" if missing else ""
        return NotAssessable(f"Starting budget is not stated{whose}")
    if annual_saving_pence is None:
        return NotAssessable("Annual saving in the year of operation is not stated")
    if not quality:
        return NotAssessable("Certainty of quality is not stated")
    combined = sum(budget for budget in starting_budgets_pence.values() if budget is not None)
    test = _test(combined, annual_saving_pence, percent)
    if isinstance(test, EntryTest) and quality != Confidence.HIGH:
        return EntryTest(
            False,
            test.percent,
            test.needed_pence,
            test.shortfall_pence,
            f"{test.reason}. Quality is not certain",
        )
    return test


def budget_reduction_test(
    starting_budget_pence: int | None,
    later_budget_pence: int | None,
    *,
    percent: int | Decimal = DEFAULT_PERCENT,
) -> EntryTest | NotAssessable | NotApplicable:
    """Second reading: how far the budget of the year of operation lies below the starting one.

    Looks at money only. Passes at exactly `percent`.
    """
    if starting_budget_pence is None:
        return NotAssessable("Starting budget is not stated")
    if later_budget_pence is None:
        return NotAssessable("Budget of the year of operation is not stated")
    return _test(starting_budget_pence, starting_budget_pence - later_budget_pence, percent)


def year_of_operation(go_live_on: date, number: int = DEFAULT_YEAR_OF_OPERATION) -> tuple[date, date]:
    """First and last day of a year of operation; year 2 is months 13 to 24 after go-live."""
    first = _anniversary(go_live_on, number - 1)
    return first, _anniversary(go_live_on, number) - timedelta(days=1)


def amount_of_period(amounts_pence: Mapping[int, int], first_on: date, last_on: date) -> int | NotAssessable:
    """Pence of a period out of amounts by financial year; `last_on` is included (F-24, rounded once).

    A year that the period holds in part counts by whole months where the period starts on the first of a
    month, else by days (as F-04). Years that are not given cannot be assessed.
    """
    years = range(financial_year(first_on), financial_year(last_on) + 1)
    missing = [format_fy(fy) for fy in years if fy not in amounts_pence]
    if missing:
        return NotAssessable(f"The appraisal period does not hold {listed(missing)}")
    return round_half_up(
        sum((amounts_pence[fy] * _part_of_year(fy, first_on, last_on) for fy in years), Fraction(0))
    )


def _part_of_year(fy: int, first_on: date, last_on: date) -> Fraction:
    first, last = max(first_on, fy_start(fy)), min(last_on, fy_end(fy))
    if first_on.day == 1:
        return Fraction((last.year - first.year) * MONTHS + last.month - first.month + 1, MONTHS)
    return Fraction((last - first).days + 1, days_in_fy(fy))


def _test(starting_pence: int, saving_pence: int, percent: int | Decimal) -> EntryTest | NotApplicable:
    if starting_pence <= 0:
        return NotApplicable("Starting budget is not above £0")
    needed = starting_pence * Fraction(percent) / 100
    reached = Fraction(saving_pence * 100, starting_pence)
    is_passed = saving_pence >= needed
    shortfall = 0 if is_passed else max(1, round_half_up(needed - saving_pence))
    summary = f"{format_number(reached, 2)}% saved of {format_number(percent, 2)}% needed"
    reason = summary if is_passed else f"{summary}, {format_pounds(shortfall)} short"
    return EntryTest(is_passed, reached, round_half_up(needed), shortfall, reason)


def _anniversary(day: date, years: int) -> date:
    """The same day `years` later; 1 March for a 29 February that the year lacks."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28) + timedelta(days=1)
    return day.replace(year=day.year + years)
