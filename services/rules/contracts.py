"""When contracts end, when work must start, and which ends fit together (domain.md 4.8)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.words import count_of
from services.enums import ContractStage

# Start two years before the first contract expiry (South Oxfordshire and Vale; domain.md 4.8).
LEAD_MONTHS = 24
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Contract:
    """A council's contract: the last day of it, and the first on which it can be ended early, if any."""

    name: str
    end_on: date
    break_on: date | None = None

    @property
    def leaves_from(self) -> date:
        """First day on which the council can be out of the contract."""
        return min(self.break_on, self.end_on) if self.break_on else self.end_on


@dataclass(frozen=True, slots=True)
class Window:
    """Councils that can leave their contracts within some months of each other, and the days between."""

    names: tuple[str, ...]
    first_on: date
    last_on: date


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or earlier where negative; the month's last day at most."""
    years, index = divmod(day.month - 1 + months, _MONTHS_IN_YEAR)
    year, month = day.year + years, index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def start_work_on(first_end_on: date) -> date:
    """The day by which work on sharing should start: two years before the first contract ends."""
    return months_after(first_end_on, -LEAD_MONTHS)


def stage_of(end_on: date, as_of: date) -> ContractStage:
    """Whether a contract has ended, ends within two years, or later. It still runs on its last day."""
    if end_on < as_of:
        return ContractStage.ENDED
    return ContractStage.START_NOW if start_work_on(end_on) <= as_of else ContractStage.LATER


def widest_window(contracts: Sequence[Contract], months: int) -> Window | None:
    """The most councils whose contracts can be left within `months` of each other; the earliest such time.

    A contract with a break can be left on any day from the break to its end. None without a contract.
    """
    windows = [_window_from(one.end_on, contracts, months) for one in contracts]
    return min(
        windows, key=lambda window: (-len(window.names), window.last_on, window.first_on), default=None
    )


def _window_from(start_on: date, contracts: Sequence[Contract], months: int) -> Window:
    """The councils that can leave between `start_on`, the end of one contract, and `months` later."""
    limit_on = months_after(start_on, months)
    inside = [one for one in contracts if one.leaves_from <= limit_on and one.end_on >= start_on]
    last_on = max(max(one.leaves_from, start_on) for one in inside)
    return Window(tuple(one.name for one in inside), start_on, last_on)


def against_go_live(end_on: date, break_on: date | None, go_live: ImpreciseDate | None) -> str:
    """How the end of a contract does not fit the planned go-live, in words; empty where it fits.

    `end_on` is its last day: going live on the day after it fits. Of an imprecise go-live the last possible
    day is early, and the first possible day late, before anything is said.
    """
    if go_live is None:
        return ""
    overlap = (end_on - go_live.last_on).days + 1
    if overlap > 0:
        words = (
            f"Go-live, {go_live}, comes before the contract ends: {count_of(overlap, 'day')} paid for twice"
        )
        if break_on is not None and break_on <= end_on:
            words += f", unless it is ended early, from {format_date(break_on)}"
        return words
    gap = (go_live.first_on - end_on - timedelta(days=1)).days
    if gap > 0:
        days = count_of(gap, "day")
        return f"Go-live, {go_live}, comes {days} after the contract ends: extend it or bridge them"
    return ""
