"""Amounts of the demonstration programme, in pence, for three councils in their fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from benefits.rules.spread import part_year_effect
from core.rules.apportionment import apportion, spread_over_months
from governance.demonstration.timing import Timing

COUNCILS = ("ashmere", "brockvale", "carrick")
CARRICK = COUNCILS.index("carrick")
POPULATION = (130_200, 140_600, 106_300)
EQUAL = (1, 1, 1)

REVENUES, ICT, OFFICES = "L-1", "L-2", "L-3"
RECORDS, TEAM, LEGAL, TRAINING, EXIT, RUNNING = "L-4", "L-5", "L-6", "L-7", "L-8", "L-9"
SAVINGS = (REVENUES, ICT, OFFICES)
JOINT_ONE_OFF = (RECORDS, TEAM, LEGAL, TRAINING)

REVENUES_A_MONTH = 26_000_00
ICT_A_MONTH = 4_000_00
ICT_FIRST_MONTH = 3_400_00
OFFICES_A_MONTH = 10_000_00
EXIT_COST = 250_000_00
RUNNING_A_YEAR = 40_000_00

# Joint one-off cost in the base year: planned by month, April first, and what was spent up to October.
_PLANNED: Mapping[str, Sequence[int]] = {
    RECORDS: (10_000, 18_000, 25_000, 30_000, 30_000, 30_000, 35_000, 30_000, 20_000, 24_000, 24_000, 24_000),
    TEAM: (15_000,) * 12,
    LEGAL: (6_000,) * 10 + (0, 0),
    TRAINING: (0,) * 8 + (15_000,) * 4,
}
_SPENT: Mapping[str, Sequence[int]] = {
    RECORDS: (9_600, 17_100, 23_700, 28_500, 28_200, 28_500, 33_000),
    TEAM: (15_000, 14_820, 14_820, 14_700, 14_700, 14_820, 14_880),
    LEGAL: (6_000, 5_700, 5_700, 5_640, 5_700, 5_700, 5_700),
    TRAINING: (0,) * 7,
}
_PLANNED_NEXT: Mapping[str, Sequence[int]] = {RECORDS: (7_500,) * 12, TEAM: (5_000,) * 12}

# Annual savings of the business case, index 0 to 5.
_ANNUAL: Mapping[str, Sequence[int]] = {
    REVENUES: (0, 156_000, 312_000, 312_000, 312_000, 312_000),
    ICT: (0, 24_000, 48_000, 48_000, 48_000, 48_000),
    OFFICES: (0, 0, 60_000, 120_000, 120_000, 120_000),
}

Shares = Sequence[int]  # pence by council
Key = tuple[str, int, int | None]  # line, index of the year, period or None for the whole year
Ledger = dict[Key, Shares]


@dataclass(frozen=True)
class Money:
    """Every amount of the programme. Years are indexes: 0 is the base year."""

    timing: Timing

    @cached_property
    def business_case(self) -> Ledger:
        """Amounts a year: savings and running cost by population, joint one-off cost equally."""
        ledger: Ledger = {}
        for index in range(6):
            annual = [_ANNUAL[line][index] * 100 for line in SAVINGS]
            for line, shares in zip(SAVINGS, running_shares(annual, POPULATION), strict=True):
                ledger[line, index, None] = shares
            if index:
                ledger[RUNNING, index, None] = apportion(RUNNING_A_YEAR, POPULATION)
        for index, planned in enumerate((_PLANNED, _PLANNED_NEXT)):
            for line, months in planned.items():
                ledger[line, index, None] = apportion(sum(months) * 100, EQUAL)
        ledger[EXIT, 0, None] = _only_carrick(EXIT_COST)
        return _without_zeros(ledger)

    @cached_property
    def original_plan(self) -> Ledger:
        """The business case, the years in which a saving starts or a cost is one-off by month."""
        ledger = self._costs() | self._revenues()
        ledger |= self._by_month(ICT, 1, dict.fromkeys(range(7, 13), ICT_A_MONTH))
        ledger |= self._by_month(OFFICES, 2, dict.fromkeys(range(7, 13), OFFICES_A_MONTH))
        return ledger | self._whole_years(ICT, 2) | self._whole_years(OFFICES, 3)

    @cached_property
    def current_plan(self) -> Ledger:
        """Version 2: ICT from July of the base year, offices from April of index 3, the rest unchanged."""
        ledger = self._costs() | self._revenues()
        for index, first in ((0, 4), (1, 1)):
            for number in range(first, 13):
                ledger[ICT, index, number] = apportion(ICT_A_MONTH, POPULATION)
        return ledger | self._whole_years(ICT, 2) | self._whole_years(OFFICES, 3)

    @cached_property
    def expected(self) -> Ledger:
        """What is now expected: what was spent and saved, then the plan, with go-live 18 days later.

        What was not yet spent by October is spent in November.
        """
        ledger = dict(self.current_plan)
        ledger[ICT, 0, 4] = apportion(ICT_FIRST_MONTH, POPULATION)
        ledger[REVENUES, 1, 7] = apportion(self.first_month_from_go_live, POPULATION)
        for line, spent in _SPENT.items():
            for number, pounds in enumerate(spent, 1):
                if pounds:
                    ledger[line, 0, number] = apportion(pounds * 100, EQUAL)
        for line in (RECORDS, TEAM, LEGAL):
            ledger[line, 0, 8] = _plus(ledger[line, 0, 8], self._unspent(line, ledger))
        return ledger

    @property
    def first_month_from_go_live(self) -> int:
        """Saving of revenues and benefits in October of index 1, from the forecast go-live (F-04)."""
        year = part_year_effect(12 * REVENUES_A_MONTH, self.timing.go_live_forecast, self.timing.base_fy + 1)
        return year - 5 * REVENUES_A_MONTH

    @property
    def lost_by_late_go_live(self) -> int:
        """What the slip of go-live costs in index 1."""
        return REVENUES_A_MONTH - self.first_month_from_go_live

    def actual(self, line: str, index: int, number: int) -> Shares | None:
        """What the councils return for one month; None where the line has nothing then."""
        if line == RUNNING:
            return self._running_month(index, number)
        return self.expected.get((line, index, number))

    def _costs(self) -> Ledger:
        ledger: Ledger = {(EXIT, 0, 12): _only_carrick(EXIT_COST)}
        for index, planned in enumerate((_PLANNED, _PLANNED_NEXT)):
            for line, months in planned.items():
                ledger |= self._by_month(line, index, {n: p * 100 for n, p in enumerate(months, 1) if p})
        return ledger | self._whole_years(RUNNING, 1)

    def _revenues(self) -> Ledger:
        months = self._by_month(REVENUES, 1, dict.fromkeys(range(7, 13), REVENUES_A_MONTH))
        return months | self._whole_years(REVENUES, 2)

    def _by_month(self, line: str, index: int, months: Mapping[int, int]) -> Ledger:
        """The year's shares of the business case, by month: both add up to the penny."""
        year = self.business_case[line, index, None]
        shares = running_shares(months.values(), year)
        return {(line, index, number): share for number, share in zip(months, shares, strict=True)}

    def _whole_years(self, line: str, first: int) -> Ledger:
        return {(line, index, None): self.business_case[line, index, None] for index in range(first, 6)}

    def _unspent(self, line: str, ledger: Ledger) -> Shares:
        planned = _sum(self.current_plan[line, 0, number] for number in range(1, 8))
        spent = _sum(ledger[line, 0, number] for number in range(1, 8))
        return [one - other for one, other in zip(planned, spent, strict=True)]

    def _running_month(self, index: int, number: int) -> Shares | None:
        year = self.business_case.get((RUNNING, index, None))
        if year is None:
            return None
        return [spread_over_months(share)[number - 1] for share in year]


def running_shares(totals: Iterable[int], weights: Shares) -> Iterator[Shares]:
    """Shares of each total such that the shares of every running total are its own shares by F-03."""
    before: Shares = [0] * len(weights)
    for running in accumulate(totals):
        shares = apportion(running, weights)
        yield [now - then for now, then in zip(shares, before, strict=True)]
        before = shares


def _only_carrick(pence: int) -> Shares:
    return [pence if index == CARRICK else 0 for index in range(len(COUNCILS))]


def _plus(one: Shares, other: Shares) -> Shares:
    return [first + second for first, second in zip(one, other, strict=True)]


def _sum(rows: Iterable[Shares]) -> Shares:
    return [sum(column) for column in zip(*rows, strict=True)]


def _without_zeros(ledger: Ledger) -> Ledger:
    return {key: shares for key, shares in ledger.items() if any(shares)}
