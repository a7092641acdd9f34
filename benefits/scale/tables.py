"""The tables that the made-up programmes fill, and the rows that wait to be written."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models

from accounts.models import RoleHeld
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetLine,
    BudgetReduction,
    ForecastAmount,
    ForecastSnapshot,
    Line,
    PlanAmount,
    Verification,
)
from core.bulk_insert import Values, insert_rows, next_key, reset_keys
from core.models import AuditEvent
from programme.models import Council, Membership, Partnership, PlanVersion, Programme
from services.models import Service

_EDITED = ("version", "created_at", "created_by_id", "updated_at", "updated_by_id")
_ENTERED = ("entered_at", "entered_by_id")
_LEDGER = ("line_id", "council_id", "fy", "period", "amount_pence", "qualifier")

# In this order: what a row refers to is written before it.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    PlanVersion: (
        "programme_id", "number", "approved_on", "effective_on", "reason", "narrative", "date_count",
        "amount_count", "content_hash", *_ENTERED,
    ),
    PlanAmount: ("plan_version_id", *_LEDGER),
    ForecastSnapshot: ("programme_id", "as_at_on", "commentary", *_ENTERED),
    ForecastAmount: ("snapshot_id", "explanation", *_LEDGER),
    BudgetLine: ("council_id", "ledger_code", "fy", "budget_pence", "name", *_EDITED),
    BudgetReduction: (
        "line_id", "budget_line_id", "amount_pence", "not_same_reason", "withdrawn_reason", *_ENTERED,
    ),
    ActualAmount: ("reverses_id", "explanation", "ledger_code", "evidence", *_LEDGER, *_ENTERED),
    Verification: ("actual_id", "outcome", "reason", "verified_at", "verified_by_id"),
}  # fmt: skip
_OTHERS = (AuditEvent, Benefit, Council, Line, Membership, Partnership, Programme, RoleHeld, Service)


class Waiting:
    """Rows by table, written in their order; keys are given out here, so that rows can name each other."""

    def __init__(self) -> None:
        self._next = {model: next_key(model) for model in COLUMNS}
        self._rows: dict[type[models.Model], list[Values]] = defaultdict(list)
        self.count = 0
        self.written: dict[str, int] = defaultdict(int)

    def add(self, model: type[models.Model], *values: Any) -> int:
        """Keep one row, its values in the order of COLUMNS; its key."""
        key = self._next[model]
        self._next[model] = key + 1
        self._rows[model].append((key, *values))
        self.count += 1
        return key

    def write(self) -> None:
        """Write what waits."""
        for model, columns in COLUMNS.items():
            rows = self._rows.pop(model, [])
            insert_rows(model, ("id", *columns), rows)
            self.written[model._meta.label] += len(rows)
        self.count = 0

    def end(self) -> None:
        """Write the rest, and let the tables count on from there."""
        self.write()
        reset_keys([*COLUMNS, *_OTHERS])
