"""What councils spend on a service together."""

from __future__ import annotations

from collections.abc import Mapping

from core.rules.assessment import NotAssessable
from core.rules.words import listed


def total_cost(by_council: Mapping[str, int | None]) -> int | NotAssessable:
    """Sum in pence of what each council spends; a council that does not state it leaves the sum unknown."""
    missing = [council for council, pence in by_council.items() if pence is None]
    if not by_council:
        return NotAssessable("No council is stated")
    if missing:
        return NotAssessable(f"{listed(missing)} not stated")
    return sum(pence for pence in by_council.values() if pence is not None)
