"""What the three ledgers refuse (domain.md section 8, rows 5 to 7, 11, 15 to 17 and 76)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date, format_fy, fy_end, fy_start, period_end, period_start
from core.rules.money import LIMIT_PENCE, check_negative_explained, format_pounds
from programme.rules.membership import Partner, check_before_vesting, check_partner_period

SHORTEST_NARRATIVE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount of a line for a council, in a month (period 1 is April) or a whole year (None)."""

    line: str
    council: str
    fy: int
    period: int | None
    pence: int
    explanation: str = ""


def check_plan_entries(entries: Sequence[Entry], *, first_fy: int | None, last_fy: int | None) -> None:
    """Refuse a planned amount below £0 or too large, outside the appraisal period, or entered twice."""
    for entry in entries:
        if entry.pence < 0:
            raise Refusal("Planned saving must be £0 or more. Record a cost as a cost line", "amount", "5")
        _check_size(entry)
        if first_fy is not None and last_fy is not None and not first_fy <= entry.fy <= last_fy:
            raise Refusal(_outside_horizon(entry.fy, first_fy), "fy", "16")
    check_entered_once(entries)


def check_forecast_entries(entries: Sequence[Entry]) -> None:
    """Refuse an amount that is too large, negative without a reason, or entered twice."""
    for entry in entries:
        _check_size(entry)
        check_negative_explained(entry.pence, entry.explanation)
    check_entered_once(entries)


def check_actual_entry(entry: Entry, *, as_of: date) -> None:
    """Refuse an actual amount without a month, of a month not over, too large, or below £0 unexplained."""
    if entry.period is None:
        raise Refusal("Choose the month", "period")
    if period_end(entry.fy, entry.period) > as_of:
        raise Refusal("Actual date must be today or in the past", "period", "11")
    _check_size(entry)
    check_negative_explained(entry.pence, entry.explanation)


def check_entered_once(entries: Iterable[Entry]) -> None:
    """Refuse two amounts for one line, council and time, or months beside their own year (rows 15, 17)."""
    years: dict[tuple[str, str, int], dict[int | None, int]] = defaultdict(dict)
    for entry in entries:
        year = years[entry.line, entry.council, entry.fy]
        if entry.period in year:
            raise Refusal(f"There are two entries for {_time_words(entry)}. Keep one", "fy", "15")
        year[entry.period] = entry.pence
    for (_, _, fy), year in years.items():
        if None in year and len(year) > 1:
            raise _months_beside_year(fy, year)


def check_partner(entry: Entry, partner: Partner | None) -> None:
    """Refuse an entry of a council that is no partner, had left, or had not joined (row 76, INV-42)."""
    check_partner_period(entry.council, partner, *_time_of(entry))


def check_not_abolished(entry: Entry, partner: Partner | None) -> None:
    """Refuse an entry of a council for a time at which its successors have taken over (row 77, INV-44)."""
    check_before_vesting(partner, _time_of(entry)[0])


def check_rebaseline(number: int, reason: str, narrative: str) -> None:
    """Refuse a plan version after the first without its reason and an explanation (row 34, INV-05)."""
    if number == 1:
        return
    if not reason.strip():
        raise Refusal("Choose a reason", "reason", "34")
    if len(narrative.strip()) < SHORTEST_NARRATIVE:
        raise Refusal(f"Explain the change in at least {SHORTEST_NARRATIVE} characters", "narrative", "34")


def _check_size(entry: Entry) -> None:
    if abs(entry.pence) > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", "amount", "7")


def _outside_horizon(fy: int, first_fy: int) -> str:
    if fy < first_fy:
        return f"{format_fy(fy)} is before the start of the appraisal period. Remove it or change the period"
    return f"{format_fy(fy)} is after the end of the appraisal period. Remove it or extend the period"


def _months_beside_year(fy: int, year: dict[int | None, int]) -> Refusal:
    whole = year[None]
    months = sum(pence for period, pence in year.items() if period is not None)
    if months == whole:
        return Refusal(f"There are two entries for {format_fy(fy)}. Keep one", "fy", "15")
    sums = f"Months add up to {format_pounds(months)} but the year is {format_pounds(whole)}"
    return Refusal(f"{sums}. Change one of them", "amount", "17")


def _time_of(entry: Entry) -> tuple[date, date]:
    if entry.period is None:
        return fy_start(entry.fy), fy_end(entry.fy)
    return period_start(entry.fy, entry.period), period_end(entry.fy, entry.period)


def _time_words(entry: Entry) -> str:
    if entry.period is None:
        return format_fy(entry.fy)
    first, last = _time_of(entry)
    return f"{format_date(first)} to {format_date(last)}"
