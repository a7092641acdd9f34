"""Lines, plan versions, forecasts and actual amounts as a case file writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from core.rules.calendar import format_date, format_fy, fy_file_key, month_name, period_start
from core.rules.money import pounds_plain
from governance.demonstration import councils, people, register
from governance.demonstration.decisions import plan_approved, plan_in_effect
from governance.demonstration.fairness import evidence_file
from governance.demonstration.milestones import plan_dates
from governance.demonstration.money import (
    CARRICK,
    COUNCILS,
    EXIT,
    ICT,
    LEGAL,
    OFFICES,
    RECORDS,
    REVENUES,
    RUNNING,
    SAVINGS,
    TEAM,
    TRAINING,
    Ledger,
    Money,
)
from governance.demonstration.timing import Month, Timing
from services.enums import CostType, LineKind

CASE = "BC-1"
FUND_SHARE = 25_000  # pounds that each council paid into the transition fund
TITLES: Mapping[str, tuple[str, LineKind, CostType | None, str]] = {
    REVENUES: ("Lower cost of revenues and benefits", LineKind.CASHABLE_SAVING, None, "by population"),
    ICT: ("Lower cost of ICT", LineKind.CASHABLE_SAVING, None, "by population"),
    OFFICES: ("Lower cost of offices", LineKind.CASHABLE_SAVING, None, "by population"),
    RECORDS: ("Moving records and systems", LineKind.ONE_OFF_COST, CostType.ICT, "equally"),
    TEAM: ("Programme team", LineKind.ONE_OFF_COST, CostType.PROGRAMME_TEAM, "equally"),
    LEGAL: ("Legal advice", LineKind.ONE_OFF_COST, CostType.LEGAL, "equally"),
    TRAINING: ("Training", LineKind.ONE_OFF_COST, CostType.TRAINING, "equally"),
    EXIT: ("End of Carrick’s contract", LineKind.ONE_OFF_COST, CostType.CONTRACT_EXIT, "Carrick alone"),
    RUNNING: ("Running the shared systems", LineKind.RECURRING_COST, CostType.ICT, "by population"),
}
# Budgets of the three councils in pounds a year, before any saving.
_BUDGETS: Mapping[str, tuple[str, tuple[int, int, int]]] = {
    REVENUES: ("Revenues and benefits", (1_240_000, 1_385_000, 1_105_000)),
    ICT: ("ICT licences and service desk", (820_000, 905_000, 640_000)),
    OFFICES: ("Offices", (690_000, 720_000, 455_000)),
}
_BENEFITS = {REVENUES: "B-1", ICT: "B-2", OFFICES: "B-3"}
_SERVICES = {
    REVENUES: register.REVENUES,
    ICT: register.ICT,
    OFFICES: register.OFFICES,
    RECORDS: register.REVENUES,
    EXIT: register.REVENUES,
    RUNNING: register.REVENUES,
}


def lines_section(timing: Timing) -> list[dict[str, Any]]:
    """The lines that plan, forecast and actual amounts belong to, each from a business case line."""
    starts = {
        REVENUES: timing.go_live_planned,
        ICT: timing.calendar(date(2026, 7, 1)),
        OFFICES: timing.calendar(date(2029, 4, 1)),
        RUNNING: timing.calendar(date(2027, 4, 1)),
    }
    return [
        {
            "id": line,
            "title": title,
            "kind": kind.value,
            "cost_type": cost_type.value if cost_type else None,
            "benefit": _BENEFITS.get(line),
            "service": _SERVICES.get(line),
            "business_case_line": {"case": CASE, "version": 1, "line": f"BC-{line}"},
            "starts_on": starts[line].isoformat() if line in starts else None,
        }
        for line, (title, kind, cost_type, _) in TITLES.items()
    ]


def plan_versions_section(money: Money) -> list[dict[str, Any]]:
    """The original plan and the current one."""
    timing = money.timing
    narrative = (
        "ICT licences can be bought together at once, so the ICT saving starts fifteen months earlier. "
        "The lease of Brockvale’s annexe ends later than first thought, so the office saving starts six "
        "months later. The six years together save the same."
    )
    return [
        _plan_version(1, money, money.original_plan),
        _plan_version(2, money, money.current_plan)
        | {"reason": "approved_delay", "narrative": narrative, "dates": plan_dates(timing, 2)},
    ]


def forecasts_section(money: Money) -> list[dict[str, Any]]:
    """What was expected: when version 2 began, before the last meeting, at the slip, and now."""
    timing = money.timing
    go_live = format_date(timing.go_live_forecast)
    began = timing.early(date(2026, 6, 22))
    before_meeting, slip = timing.past(date(2026, 9, 21)), timing.past(date(2026, 10, 16))
    latest = max(timing.past(date(2026, 11, 20)), timing.returned_on(timing.last_month))
    late = "The test move of records waits for the data-sharing agreement, which one council decides later."
    rows = [
        (began, "As the current plan.", _expected(money, began, TITLES)),
        (
            before_meeting,
            "As the current plan, with July returned.",
            _expected(money, before_meeting, TITLES),
        ),
        (slip, f"Go-live is now expected on {go_live}. {late}", _slipped(money)),
        (
            latest,
            "Returns to date. What was not spent so far is spent in November.",
            _expected(money, latest, [line for line in TITLES if line != REVENUES]),
        ),
    ]
    return [
        {
            "as_at": as_at.isoformat(),
            "commentary": commentary,
            "by": people.PRIYA_RAMAN.email,
            "entered_at": f"{as_at.isoformat()}T10:00:00Z",
            "amounts": list(_amounts(ledger, timing.base_fy)),
        }
        for as_at, commentary, ledger in rows
        if as_at >= began
    ]


def budget_lines_section(money: Money) -> list[dict[str, Any]]:
    """What each council had for what it saves on, in the years that amounts are returned for."""
    timing = money.timing
    return [
        {
            "council": council,
            "ledger_code": _ledger_code(line, council),
            "fy": fy_file_key(fy),
            "name": name,
            "budget_gbp": budgets[index],
        }
        for line, (name, budgets) in _BUDGETS.items()
        for index, council in enumerate(COUNCILS)
        for fy in _returned_years(timing)
        if _planned(money, line, fy - timing.base_fy, index)
    ]


def budget_reductions_section(money: Money) -> list[dict[str, Any]]:
    """What each council took out of those budgets: the saving of the current plan."""
    timing = money.timing
    recorded = f"{plan_approved(timing, 2).isoformat()}T15:30:00Z"
    return [
        {
            "line": line,
            "council": council,
            "ledger_code": _ledger_code(line, council),
            "fy": fy_file_key(fy),
            "amount_gbp": pounds_plain(pence),
            "by": people.FINANCE_OFFICERS[index].email,
            "at": recorded,
        }
        for line in _BUDGETS
        for index, council in enumerate(COUNCILS)
        for fy in _returned_years(timing)
        if (pence := _planned(money, line, fy - timing.base_fy, index))
    ]


def actuals_section(money: Money) -> list[dict[str, Any]]:
    """What the councils claimed, month by month; all verified but Carrick's ICT saving of the last month."""
    return [
        _actual(money.timing, line, month, index, pounds_plain(shares[index]))
        for month in money.timing.months()
        for line in TITLES
        if (shares := money.actual(line, month[0] - money.timing.base_fy, month[1]))
        for index in range(len(COUNCILS))
        if shares[index]
    ]


def funds_section(timing: Timing) -> list[dict[str, Any]]:
    """One fund, into which the councils paid equally, for one-off costs still to come."""
    paid = timing.early(date(2026, 6, 22)).isoformat()
    return [
        {
            "id": "FUND-1",
            "name": "Transition fund",
            "contributions": [
                {
                    "council": council,
                    "amount_gbp": FUND_SHARE,
                    "paid_on": paid,
                    "by": people.FINANCE_OFFICERS[index].email,
                    "at": f"{paid}T11:00:00Z",
                }
                for index, council in enumerate(COUNCILS)
            ],
        }
    ]


def _plan_version(number: int, money: Money, ledger: Ledger) -> dict[str, Any]:
    timing = money.timing
    approved = plan_approved(timing, number)
    return {
        "number": number,
        "approved_on": approved.isoformat(),
        "effective_on": plan_in_effect(timing, number).isoformat(),
        "by": people.PRIYA_RAMAN.email,
        "entered_at": f"{approved.isoformat()}T15:00:00Z",
        "dates": plan_dates(timing, number),
        "amounts": list(_amounts(ledger, timing.base_fy)),
    }


def _expected(money: Money, as_at: date, lines: Iterable[str]) -> Ledger:
    """The plan, with what was returned by `as_at` and what is expected of the rest of what was planned."""
    timing = money.timing
    returned = {
        (fy - timing.base_fy, number)
        for fy, number in timing.months()
        if timing.returned_on((fy, number)) <= as_at
    }
    wanted = set(lines)
    is_october_known = (0, 7) in returned
    ledger = {}
    for key, shares in money.current_plan.items():
        line, index, number = key
        if line not in wanted:
            continue
        is_known = (index, number) in returned or (is_october_known and (index, number) == (0, 8))
        ledger[key] = money.expected[key] if is_known else shares
    return ledger


def _slipped(money: Money) -> Ledger:
    return {key: shares for key, shares in money.expected.items() if key[0] == REVENUES}


def _amounts(ledger: Ledger, base_fy: int) -> Iterator[dict[str, Any]]:
    """One entry for each council with an amount."""
    for (line, index, number), shares in ledger.items():
        for council, share in zip(COUNCILS, shares, strict=True):
            if share:
                yield _amount(line, council, base_fy + index, number, share)


def _amount(line: str, council: str, fy: int, number: int | None, pence: int) -> dict[str, Any]:
    entry = {"line": line, "council": council, "fy": fy_file_key(fy)}
    when = {"period": number} if number else {}
    return entry | when | {"amount_gbp": pounds_plain(pence)}


def _actual(timing: Timing, line: str, month: Month, index: int, pounds: str) -> dict[str, Any]:
    fy, number = month
    council = COUNCILS[index]
    code = _ledger_code(line, council)
    name, year = month_name(period_start(fy, number)), format_fy(fy)
    words = f"{name}, {year}"
    entered = {
        "by": people.FINANCE_OFFICERS[index].email,
        "at": f"{timing.returned_on(month).isoformat()}T10:30:00Z",
    }
    is_awaited = line in SAVINGS and index == CARRICK and month == timing.last_month
    return {
        "id": f"{line}/{council}/{fy_file_key(fy)}/{number}",
        "line": line,
        "council": council,
        "fy": fy_file_key(fy),
        "period": number,
        **entered,
        "amount_gbp": pounds,
        "ledger_code": code,
        "evidence": f"Ledger extract, {words}",
        "files": [evidence_file(name, year, code, pounds, **entered)] if is_awaited else None,
        "source": {"file": f"{councils.NAMES[index]} general ledger", "loc": words},
        "verification": None if is_awaited else _verified(timing, month, index),
    }


def _ledger_code(line: str, council: str) -> str:
    return f"{council[:3].upper()}-{4400 + list(TITLES).index(line)}"


def _returned_years(timing: Timing) -> list[int]:
    return sorted({fy for fy, _ in timing.months()})


def _planned(money: Money, line: str, index: int, council: int) -> int:
    """Pence that a council is to save on a line in a year of the current plan."""
    return sum(
        shares[council]
        for (name, year, _), shares in money.current_plan.items()
        if (name, year) == (line, index)
    )


def _verified(timing: Timing, month: Month, index: int) -> dict[str, Any]:
    return {
        "outcome": "verified",
        "by": people.S151_OFFICERS[index].email,
        "at": f"{timing.verified_on(month).isoformat()}T15:00:00Z",
    }
