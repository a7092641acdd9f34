"""What is still to be entered for a month that is over, and when it is late (domain.md section 6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benefits.rules.entry import Span, month_span
from core.rules.calendar import add_working_days, format_fy, month_number, period_end
from core.rules.words import listed

# A month's return opens on the third working day after it and is late on the eighth [P].
OPENS_AFTER, LATE_AFTER = 3, 8
# A forecast that is older than this is asked for anew, in calendar days [P].
FORECAST_DAYS = 35


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a financial year; `period` 1 is April."""

    fy: int
    period: int

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return period_end(self.fy, self.period)

    @property
    def number(self) -> int:
        """Months since year 0, so that one after the other differ by 1."""
        return month_number(self.fy, self.period)


def opens_on(month: Month, holidays: Collection[date]) -> date:
    """The day from which a month's amounts are asked for."""
    return add_working_days(month.ends_on, OPENS_AFTER, holidays)


def late_on(month: Month, holidays: Collection[date]) -> date:
    """The day on which they are late."""
    return add_working_days(month.ends_on, LATE_AFTER, holidays)


def forecast_due_on(last_on: date) -> date:
    """The first day on which a forecast as at `last_on`, or a plan in effect since, is too old."""
    return last_on + timedelta(days=FORECAST_DAYS + 1)


def months_words(months: Sequence[Month]) -> str:
    """October 2026; April to July 2026 and October 2026; 2025 to 2026 for a whole year."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and month.number == runs[-1][-1].number + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return listed([_run_words(run) for run in runs])


def _run_words(run: Sequence[Month]) -> str:
    first, last = run[0], run[-1]
    if len(run) == 12 and first.period == 1:
        return format_fy(first.fy)
    if first.fy == last.fy and not _crosses_new_year(first, last):
        return str(Span(first.fy, first.period, last.period))
    words = [str(month_span(one.fy, one.period)) for one in (first, last)]
    return " to ".join(dict.fromkeys(words))


def _crosses_new_year(first: Month, last: Month) -> bool:
    return first.ends_on.year != last.ends_on.year
