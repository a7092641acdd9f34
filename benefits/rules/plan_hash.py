"""The fingerprint of a plan version's contents (INV-02)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

PlanDateRow = tuple[str, date, date, str]
PlanAmountRow = tuple[str, str, int, int | None, int]


def plan_text(dates: Iterable[PlanDateRow], amounts: Iterable[PlanAmountRow]) -> str:
    """The canonical text of a plan: one JSON list a line, sorted, names by reference and money in pence.

    A date is (milestone, first day, last day, precision); an amount is (line, council, financial year,
    period or None for the year, pence). Rows in another order give the same text.
    """
    date_lines = [
        ["date", milestone, first.isoformat(), last.isoformat(), precision]
        for milestone, first, last, precision in dates
    ]
    amount_lines = [
        ["amount", line, council, fy, "year" if period is None else period, pence]
        for line, council, fy, period, pence in amounts
    ]
    return "\n".join(sorted(json.dumps(line) for line in [*date_lines, *amount_lines])) + "\n"


def plan_hash(dates: Iterable[PlanDateRow], amounts: Iterable[PlanAmountRow]) -> str:
    """SHA-256, in hexadecimal, of the canonical text of a plan."""
    return sha256(plan_text(dates, amounts).encode()).hexdigest()
