"""The approved business case of the demonstration: options, lines, texts, statements and scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.errors import Refusal
from core.rules.calendar import fy_file_key
from core.rules.money import pounds_plain
from core.rules.reference import ReferenceTable, version_on
from governance.demonstration import case_texts, people
from governance.demonstration.case_options import (
    BIAS,
    OTHER_LINES,
    POOLS,
    RANGES,
    SHARE,
    options_section,
    other_lines,
)
from governance.demonstration.ledgers import CASE, TITLES
from governance.demonstration.money import (
    COUNCILS,
    EXIT,
    JOINT_ONE_OFF,
    RUNNING,
    SAVINGS,
    Money,
    Shares,
)
from governance.demonstration.timing import Timing
from services.enums import (
    CaseStage,
    CaseState,
    Confidence,
    Position,
    ReviewOutcome,
    TestBasis,
)

_RECEIVED = (-16_711_32, -19_087_87, 35_799_19)


def approved_case(money: Money) -> dict[str, Any]:
    """Version 1 of the business case that the three councils approved."""
    timing = money.timing
    issued = case_issued(timing)
    return {
        "id": CASE,
        "version": 1,
        "title": "Business case for shared services",
        "summary": case_texts.SUMMARY,
        "author": people.PRIYA_RAMAN.email,
        "stage": CaseStage.FBC.value,
        "state": CaseState.APPROVED.value,
        "base_fy": fy_file_key(timing.base_fy),
        "horizon_years": 5,
        "price_basis": "real",
        **reference_versions(issued),
        "simulation_seed": 2026,
        "issued": {"by": people.SAM_OKAFOR.email, "at": f"{issued.isoformat()}T11:00:00Z"},
        "sections": dict(case_texts.SECTIONS),
        "options": options_section(),
        "lines": [*_preferred_lines(money), *other_lines(timing)],
        "reviews": [
            {
                "outcome": ReviewOutcome.AGREED.value,
                "comment": "The starting costs are agreed with all three finance officers.",
                "by": people.SAM_OKAFOR.email,
                "at": f"{timing.early(date(2026, 1, 8)).isoformat()}T10:00:00Z",
            }
        ],
        "statements": _statements(timing),
        "criteria": _criteria(),
        "compensations": [_compensation(timing)],
        "quality_judgements": [
            {
                "certainty": Confidence.MEDIUM.value,
                "reason": "The business case says how fast claims are to be; no trial has shown it yet.",
                "by": people.SAM_OKAFOR.email,
                "at": f"{timing.early(date(2026, 1, 9)).isoformat()}T10:00:00Z",
            }
        ],
    }


def case_issued(timing: Timing) -> date:
    """When the case was issued, a week before the steering group recommended it."""
    return timing.early(date(2026, 1, 20))


def joint_years(money: Money, line: str) -> Iterator[tuple[int, Shares]]:
    """Financial year and each council's share of a joint line of the preferred option."""
    for (name, index, _), shares in money.business_case.items():
        if name == line:
            yield money.timing.base_fy + index, shares


def reference_versions(day: date) -> dict[str, str]:
    """The reference tables in force on `day`; one that had no version yet is left out."""
    tables = {
        "discount_rates": ReferenceTable.DISCOUNT_RATES,
        "deflators": ReferenceTable.GDP_DEFLATORS,
        "bias_table": ReferenceTable.OPTIMISM_BIAS,
    }
    found = {}
    for name, table in tables.items():
        try:
            found[name] = version_on(table, day).version
        except Refusal:
            continue
    return found


def _preferred_lines(money: Money) -> Iterator[dict[str, Any]]:
    for line, (title, kind, cost_type, shared_by) in TITLES.items():
        low, high = RANGES[kind]
        years = joint_years(money, line)
        joint = [{"fy": fy_file_key(fy), "amount_gbp": pounds_plain(sum(shares))} for fy, shares in years]
        own = [
            {"council": council, "fy": fy_file_key(fy), "amount_gbp": pounds_plain(share)}
            for fy, shares in joint_years(money, line)
            for council, share in zip(COUNCILS, shares, strict=True)
            if share
        ]
        yield {
            "id": f"BC-{line}",
            "option": SHARE,
            "title": title,
            "kind": kind.value,
            "cost_type": cost_type.value if cost_type else None,
            "pool": None if line == EXIT else POOLS[kind],
            "shared_by": shared_by,
            "confidence": "high" if line in (EXIT, RUNNING) else "medium",
            "evidence": case_texts.EVIDENCE[line],
            "low_percent": 100 if line == EXIT else low,
            "high_percent": 110 if line == EXIT else high,
            **(BIAS if line in JOINT_ONE_OFF else {}),
            "source": {"file": "Business case BC-1, version 1", "loc": "financial case"},
            "amounts": own if line == EXIT else joint,
        }


def _statements(timing: Timing) -> list[dict[str, Any]]:
    stated = timing.early(date(2026, 1, 15)).isoformat()
    positions = (Position.SUPPORT, Position.SUPPORT, Position.SUPPORT_WITH_CONDITIONS)
    rows = zip(COUNCILS, people.S151_OFFICERS, positions, case_texts.STATEMENTS, strict=True)
    return [
        {
            "council": council,
            "position": position.value,
            "text": text,
            "by": officer.email,
            "at": f"{stated}T{9 + index:02d}:30:00Z",
        }
        for index, (council, officer, position, text) in enumerate(rows)
    ]


def _criteria() -> list[dict[str, Any]]:
    """What options are scored on; the three scores of an option have the mean of the example (F-28)."""
    scorers = (people.H_MUSA, people.G_PATEL, people.D_LEWIS)
    return [
        {
            "id": ref,
            "name": name,
            "weight_percent": weight,
            "description": description,
            "scores": [
                {"option": option, "by": person.email, "score": mean + step, "reason": reason}
                for option, mean, spread, reason in rows
                for person, step in zip(scorers, (-spread, 0, spread), strict=True)
            ],
        }
        for ref, name, weight, description, rows in case_texts.CRITERIA
    ]


def _compensation(timing: Timing) -> dict[str, Any]:
    """What the councils are asked to agree in D-11, paid in the base year, in which nothing is discounted."""
    fy = fy_file_key(timing.base_fy)
    return {
        "beneficiary": COUNCILS[2],
        "basis": TestBasis.NPV.value,
        "decision": "D-11",
        "note": "Proposed in decision D-11. It is paid once all three councils agree.",
        "payments": [
            {"council": council, "fy": fy, "amount_gbp": pounds_plain(pence)}
            for council, pence in zip(COUNCILS, _RECEIVED, strict=True)
        ],
    }


def shared_lines(money: Money) -> Iterator[tuple[str, str, int, int, Shares | None]]:
    """Line, pool, year, pence and shares of each joint amount; None: as the key of its pool shares it."""
    for line, (_, kind, _, _) in TITLES.items():
        if line != EXIT:
            for fy, shares in joint_years(money, line):
                yield f"BC-{line}", POOLS[kind], fy, sum(shares), shares if line in SAVINGS else None
    for ref, _, _, kind, _, pounds in OTHER_LINES:
        for index, amount in enumerate(pounds):
            if amount:
                yield ref, POOLS[kind], money.timing.base_fy + index, amount * 100, None
