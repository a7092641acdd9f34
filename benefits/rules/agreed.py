"""What stands once a benefit is approved, until its profile is reopened (domain.md 2.9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from benefits.rules.machine import AGREED
from core.errors import Refusal
from core.rules.calendar import format_date

# How a benefit is measured and what it aims at: an adverse variance must not go away by an edit.
LOCKED = (
    "measure_name",
    "measure_unit",
    "combining",
    "direction",
    "starting_value",
    "starting_on",
    "target_value",
    "target_text",
    "trajectory",
)


def check_unlocked(state: str, approved_on: date | None, changed: Iterable[str]) -> None:
    """Refuse to change the measure or the target of a benefit that is approved."""
    names = set(changed)
    field = next((name for name in LOCKED if name in names), None)
    if state in AGREED and field is not None:
        day = f" on {format_date(approved_on)}" if approved_on else ""
        raise Refusal(
            f"This benefit was approved{day} with its measure and its target. "
            "Reopen its profile before you change them",
            field,
            "33",
        )
