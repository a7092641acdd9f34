"""Why a milestone cannot be achieved before a decision: asked of the floor that holds decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from programme.models import Milestone

# Takes a milestone that names a decision, and a day; gives the reason in words, empty where nothing holds it.
HoldFinder = Callable[[Milestone, date], str]
_FINDERS: list[HoldFinder] = []


def register_holds(finder: HoldFinder) -> None:
    """Let a higher floor say what holds a milestone."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def what_holds(milestone: Milestone, as_of: date) -> str:
    """Why the milestone cannot be achieved on the day; empty for one that waits for no decision."""
    if not milestone.decision_ref:
        return ""
    return next((reason for finder in _FINDERS if (reason := finder(milestone, as_of))), "")
