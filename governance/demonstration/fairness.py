"""What the demonstration says of fairness, of evidence, and of what may be counted twice."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any

from benefits.enums import DoubleCountKind, DoubleCountOutcome, EquitySubject
from core.rules.calendar import format_fy, fy_file_key
from governance.demonstration import people
from governance.demonstration.councils import NAMES
from governance.demonstration.decisions import plan_approved
from governance.demonstration.money import CARRICK, COUNCILS, OFFICES, REVENUES
from governance.demonstration.timing import Timing

# The town-hall reception is staffed by revenues and stands in an office: both benefits take from its budget.
RECEPTIONS = ("Reception desks", "ASH-4490", "BRO-4490")
_POSTS = (6, 7, 8)
_FROM_RECEPTIONS: Sequence[tuple[str, int]] = ((REVENUES, 18_000), (OFFICES, 6_500))


def equity_notes_section(timing: Timing) -> list[dict[str, Any]]:
    """Why one council gets less of the saving than it bears of the cost."""
    return [
        {
            "council": COUNCILS[CARRICK],
            "subject": EquitySubject.GROSS.value,
            "text": "Carrick alone has an outsourced contract to end, and pays for that itself (D-05).",
            "by": people.FINANCE_OFFICERS[CARRICK].email,
            "at": f"{timing.past(date(2026, 9, 15)).isoformat()}T10:00:00Z",
        }
    ]


def posts_removed_section(timing: Timing) -> list[dict[str, Any]]:
    """How many posts each council has removed so far."""
    as_at = timing.past(date(2026, 9, 30))
    return [
        {
            "council": council,
            "posts": posts,
            "as_at": as_at.isoformat(),
            "evidence": "Establishment list, posts taken out since the programme began",
            "by": officer.email,
            "at": f"{as_at.isoformat()}T16:00:00Z",
        }
        for council, posts, officer in zip(COUNCILS, _POSTS, people.FINANCE_OFFICERS, strict=True)
    ]


def reception_budgets(timing: Timing) -> list[dict[str, Any]]:
    """Next year's budgets of two reception desks."""
    name, *codes = RECEPTIONS
    return [
        {
            "council": council,
            "ledger_code": code,
            "fy": _next_year(timing),
            "name": name,
            "budget_gbp": 64_000,
        }
        for council, code in zip(COUNCILS, codes, strict=False)
    ]


def reception_reductions(timing: Timing) -> list[dict[str, Any]]:
    """What two benefits take out of them: flagged, because both may be the same saving."""
    _, *codes = RECEPTIONS
    return [
        {
            "line": line,
            "council": council,
            "ledger_code": code,
            "fy": _next_year(timing),
            "amount_gbp": pounds,
            "by": people.FINANCE_OFFICERS[index].email,
            "at": f"{plan_approved(timing, 2).isoformat()}T16:00:00Z",
        }
        for index, (council, code) in enumerate(zip(COUNCILS, codes, strict=False))
        for line, pounds in _FROM_RECEPTIONS
    ]


def double_count_answers_section(timing: Timing) -> list[dict[str, Any]]:
    """Ashmere has answered its flag; Brockvale's is open."""
    fy, code = timing.base_fy + 1, RECEPTIONS[1]
    return [
        {
            "kind": DoubleCountKind.SAME_CODE.value,
            "council": COUNCILS[0],
            "fy": _next_year(timing),
            "ledger_code": code,
            "text": (
                "B-1 Lower cost of revenues and benefits and B-3 Lower cost of offices claim 200% of code "
                f"{code} of {NAMES[0]} in {format_fy(fy)} between them"
            ),
            "doubtful_gbp": 0,
            "outcome": DoubleCountOutcome.NOT_SAME.value,
            "why": "One takes out the revenues desk and its staff, the other the rent of the hall.",
            "stands": True,
            "by": people.S151_OFFICERS[0].email,
            "at": f"{timing.past(date(2026, 10, 6)).isoformat()}T14:00:00Z",
        }
    ]


def evidence_file(month: str, year: str, code: str, pounds: str, **entered: str) -> dict[str, Any]:
    """The ledger extract of one amount, as a CSV file; `entered` says by whom and when."""
    content = f"Ledger code,Month,Year,Amount\n{code},{month},{year},{pounds}\n"
    name, encoded = f"Ledger extract {month} {year}.csv", b64encode(content.encode()).decode()
    return {"name": name, "content": encoded, **entered}


def _next_year(timing: Timing) -> str:
    return fy_file_key(timing.base_fy + 1)
