"""The figures of domain.md 4.9 and of the pages, to the penny, before anything is stored."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.apportionment import apportion
from governance.demonstration.money import (
    EXIT,
    ICT,
    JOINT_ONE_OFF,
    OFFICES,
    POPULATION,
    REVENUES,
    RUNNING,
    SAVINGS,
    Ledger,
    Money,
    running_shares,
)
from governance.demonstration.timing import ANCHOR, Timing

YEARS = range(6)


@pytest.fixture
def money() -> Money:
    return Money(Timing(ANCHOR))


def by_year(ledger: Ledger, *lines: str) -> list[list[int]]:
    """Pence by council for each year, of the lines given."""
    years = [[0, 0, 0] for _ in YEARS]
    for (line, index, _), shares in ledger.items():
        if line in lines:
            years[index] = [one + other for one, other in zip(years[index], shares, strict=True)]
    return years


def totals(ledger: Ledger, *lines: str) -> list[int]:
    """Pounds for each year, all councils together; fails on a broken pound."""
    sums = [sum(year) for year in by_year(ledger, *lines)]
    assert all(pence % 100 == 0 for pence in sums)
    return [pence // 100 for pence in sums]


def net(ledger: Ledger) -> list[list[int]]:
    """Net pence by council for each year: savings less running and one-off costs."""
    savings = by_year(ledger, *SAVINGS)
    costs = by_year(ledger, *JOINT_ONE_OFF, EXIT, RUNNING)
    return [
        [one - other for one, other in zip(*pair, strict=True)] for pair in zip(savings, costs, strict=True)
    ]


def test_business_case_has_the_rows_of_the_golden_programme(money: Money) -> None:
    case = money.business_case
    assert totals(case, *SAVINGS) == [0, 180_000, 420_000, 480_000, 480_000, 480_000]
    assert totals(case, RUNNING) == [0, 40_000, 40_000, 40_000, 40_000, 40_000]
    assert totals(case, *JOINT_ONE_OFF) == [600_000, 150_000, 0, 0, 0, 0]
    assert by_year(case, EXIT)[0] == [0, 0, 250_000_00]
    assert by_year(case, *JOINT_ONE_OFF)[0] == [200_000_00] * 3


@pytest.mark.parametrize("name", ["business_case", "original_plan"])
def test_case_and_original_plan_give_every_council_its_net_to_the_penny(money: Money, name: str) -> None:
    ledger: Ledger = getattr(money, name)
    rows = net(ledger)
    assert by_year(ledger, *SAVINGS)[3] == [165_727_92, 178_965_79, 135_306_29]
    assert rows[1] == [-1_662_69, 2_198_35, -10_535_66]
    assert [sum(column) for column in zip(*rows, strict=True)] == [385_290_36, 436_035_51, 18_674_13]


def test_original_plan_is_the_business_case_by_line_council_and_year(money: Money) -> None:
    for line in {key[0] for key in money.business_case}:
        assert by_year(money.original_plan, line) == by_year(money.business_case, line)


def test_current_plan_moves_ict_forward_and_offices_back(money: Money) -> None:
    plan = money.current_plan
    assert totals(plan, *SAVINGS) == [36_000, 204_000, 360_000, 480_000, 480_000, 480_000]
    assert by_year(plan, *SAVINGS)[0] == [12_429_63, 13_422_42, 10_147_95]
    assert by_year(plan, REVENUES) == by_year(money.original_plan, REVENUES)
    assert totals(plan, OFFICES) == [0, 0, 0, 120_000, 120_000, 120_000]
    assert {key: shares for key, shares in plan.items() if key[0] in (*JOINT_ONE_OFF, EXIT, RUNNING)} == {
        key: shares
        for key, shares in money.original_plan.items()
        if key[0] in (*JOINT_ONE_OFF, EXIT, RUNNING)
    }


def test_months_of_a_starting_year_add_up_across_councils(money: Money) -> None:
    months = [sum(money.original_plan[REVENUES, 1, n]) for n in range(7, 13)]
    assert months == [26_000_00] * 6
    assert [sum(money.original_plan[ICT, 1, n]) for n in range(7, 13)] == [4_000_00] * 6
    assert [sum(money.original_plan[OFFICES, 2, n]) for n in range(7, 13)] == [10_000_00] * 6


def test_forecast_starts_revenues_on_the_day_of_go_live(money: Money) -> None:
    year = by_year(money.expected, *SAVINGS)
    assert [sum(row) for row in year] == [
        35_400_00,
        188_655_74,
        360_000_00,
        480_000_00,
        480_000_00,
        480_000_00,
    ]
    assert sum(by_year(money.expected, REVENUES)[1]) == 140_655_74
    assert money.first_month_from_go_live == 10_655_74
    assert money.lost_by_late_go_live == 15_344_26
    assert year[0] == [12_222_47, 13_198_71, 9_978_82]


def test_one_off_cost_to_october_is_what_the_page_says(money: Money) -> None:
    def to_october(ledger: Ledger) -> int:
        return sum(sum(ledger.get((line, 0, n), [0])) for line in (*JOINT_ONE_OFF, EXIT) for n in range(1, 8))

    assert to_october(money.current_plan) == 325_000_00
    assert to_october(money.expected) == 312_480_00
    assert totals(money.expected, *JOINT_ONE_OFF, EXIT) == [850_000, 150_000, 0, 0, 0, 0]


def test_returned_month_of_a_running_cost_is_its_part_of_the_year(money: Money) -> None:
    months = [money.actual(RUNNING, 1, n) for n in range(1, 13)]
    year = [sum(column) for column in zip(*[m for m in months if m], strict=True)]
    assert year == by_year(money.business_case, RUNNING)[1]
    assert money.actual(RUNNING, 0, 1) is None
    assert money.actual(ICT, 0, 3) is None


def test_go_live_saving_counts_the_days_of_a_common_year() -> None:
    money = Money(Timing(date(2025, 11, 24)))
    assert money.timing.go_live_forecast == date(2026, 10, 19)
    assert money.first_month_from_go_live == 10_186_30  # 164 of 365 days


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_running_shares_add_up_both_ways(amounts: list[int]) -> None:
    rows = list(running_shares(amounts, POPULATION))
    assert [sum(row) for row in rows] == amounts
    assert [sum(column) for column in zip(*rows, strict=True)] == apportion(sum(amounts), POPULATION)


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)))
def test_no_amount_is_negative_and_years_hold_on_any_day(as_of: date) -> None:
    money = Money(Timing(as_of))
    for ledger in (money.business_case, money.original_plan, money.current_plan, money.expected):
        assert all(share >= 0 for shares in ledger.values() for share in shares)
    assert totals(money.original_plan, *SAVINGS) == [0, 180_000, 420_000, 480_000, 480_000, 480_000]
    assert totals(money.current_plan, *SAVINGS) == [36_000, 204_000, 360_000, 480_000, 480_000, 480_000]
