"""Lines of a business case as plain values: their details, and their amounts by council and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.actions.publication import Withholding
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine

# A council's id (None: joint) and the starting year of a financial year.
Cell = tuple[int | None, int]
JOINT = "joint"
# Columns of a line that people enter.
DETAILS = (
    "ref",
    "title",
    "option",
    "kind",
    "cost_type",
    "pool",
    "key_text",
    "price_basis",
    "confidence",
    "evidence",
    "assumptions",
    "low_percent",
    "high_percent",
    "bias_category",
    "bias_mitigation_percent",
    "bias_basis",
    "staff_count",
    "annual_pence",
    "term_years",
    "whole_life_pence",
    "override_reason",
)
RELATED = frozenset({"option", "pool"})


@dataclass(frozen=True, slots=True)
class StoredAmount:
    """An amount as it is stored."""

    pk: int
    pence: int


@dataclass(frozen=True, slots=True)
class LineChange:
    """What changes of the line that has the reference `ref` now; a new line brings all its details.

    `details` holds columns of the line by name, `amounts` pence by council (None: joint) and year; None in
    place of pence takes the amount out. What is not named stays. `withholding` says why a new line is
    withheld from its beginning.
    """

    ref: str
    details: Mapping[str, Any] = field(default_factory=dict)
    amounts: Mapping[Cell, int | None] = field(default_factory=dict)
    is_new: bool = False
    is_removed: bool = False
    withholding: Withholding | None = None


def details_of(line: BusinessCaseLine) -> dict[str, Any]:
    """Every detail of a line by name; None for an option or pool that it has not."""
    return {name: getattr(line, name) if _has(line, name) else None for name in DETAILS}


def stored_amounts(case: BusinessCase) -> dict[int, dict[Cell, StoredAmount]]:
    """Every amount of a case by line, council and year. One query."""
    rows = BusinessCaseAmount.objects.filter(line__business_case=case).order_by()
    found: dict[int, dict[Cell, StoredAmount]] = {}
    for pk, line, council, fy, pence in rows.values_list("pk", "line", "council", "fy", "amount_pence"):
        found.setdefault(line, {})[council, fy] = StoredAmount(pk, pence)
    return found


def _has(line: BusinessCaseLine, name: str) -> bool:
    return name not in RELATED or getattr(line, f"{name}_id") is not None
