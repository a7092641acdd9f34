"""Entries of the four registers: their scores, when they can change, and how they are numbered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.references import next_reference
from programme.enums import RaidRegister

HIGHEST = 5
PREFIXES = {
    RaidRegister.RISK: "R",
    RaidRegister.ASSUMPTION: "A",
    RaidRegister.ISSUE: "I",
    RaidRegister.DEPENDENCY: "DEP",
}


def score_of(likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact, 1 to 25; None where either is not stated (domain.md 2.11)."""
    return None if likelihood is None or impact is None else likelihood * impact


def check_scores(register: str, likelihood: int | None, impact: int | None) -> None:
    """Refuse a likelihood of an issue, one number without the other, and numbers that are not 1 to 5."""
    for value, label in ((likelihood, "Likelihood"), (impact, "Impact")):
        check_scale(value, label, label.lower())
    if register == RaidRegister.ISSUE:
        if likelihood is not None:
            raise Refusal("An issue has happened already. Leave its likelihood empty", "likelihood")
    elif (likelihood is None) != (impact is None):
        missing = "likelihood" if likelihood is None else "impact"
        raise Refusal("Give both likelihood and impact, or neither", missing)


def check_scale(value: int | None, label: str, field: str) -> None:
    """Refuse a number that is not from 1 to 5."""
    if value is not None and not 1 <= value <= HIGHEST:
        raise Refusal(f"{label} must be from 1 to {HIGHEST}", field)


def check_open(closed_on: date | None) -> None:
    """Refuse a change of what is closed."""
    if closed_on is not None:
        raise Refusal(f"This was closed on {format_date(closed_on)}. Open it again before you change it")


def check_closed(closed_on: date | None) -> None:
    """Refuse to open what is open."""
    if closed_on is None:
        raise Refusal("This is open. There is nothing to open again")


def is_review_due(review_on: date | None, closed_on: date | None, as_of: date) -> bool:
    """Whether the day of review of an open entry has come."""
    return review_on is not None and closed_on is None and review_on <= as_of


def next_ref(register: str, taken: Iterable[str]) -> str:
    """The reference after the highest of the register: R-14 after R-13."""
    return next_reference(f"{PREFIXES[RaidRegister(register)]}-", taken, width=2)
