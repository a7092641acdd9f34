"""What each council has answered to the decisions of a board, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from core.rules.words import count_of, listed
from governance.rules.position import Position


class Answered(StrEnum):
    """What a council has answered to one decision, on the text that is put now."""

    APPROVED = "Approved"
    IN_CALL_IN = "In call-in"
    TO_DECIDE = "Still to decide"
    DIFFERS = "Did not agree"


Counts = Mapping[Answered, int]
# A council that answers a decision in parts counts once, where its first of these is.
_FIRST = (Answered.TO_DECIDE, Answered.DIFFERS, Answered.IN_CALL_IN, Answered.APPROVED)


def answered_of(parts: Sequence[Position]) -> Answered | None:
    """What the parts of one council's answer come to; None where it was not asked or was left out."""
    found = {_of_part(part) for part in parts if not part.is_left_out}
    return next((kind for kind in _FIRST if kind in found), None)


def _of_part(part: Position) -> Answered:
    if not part.has_decided:
        return Answered.TO_DECIDE
    if part.differs:
        return Answered.DIFFERS
    return Answered.IN_CALL_IN if part.is_called_in or part.is_call_in_open else Answered.APPROVED


def tally_headline(tallies: Sequence[tuple[str, Counts]]) -> str:
    """Which council has most still to decide; or else who is in call-in, or did not agree."""
    left = {name: counts[Answered.TO_DECIDE] for name, counts in tallies}
    most = max(left.values())
    if most:
        return _most_left(left, most)
    decided = "Every council has decided what was put to it"
    if in_call_in := _with(tallies, Answered.IN_CALL_IN):
        return f"{decided}; call-in is not over in {listed(in_call_in)}"
    if against := _with(tallies, Answered.DIFFERS):
        return f"{decided}; {listed(against)} did not agree to all of it"
    return "Every council has approved what was put to it"


def _most_left(left: Mapping[str, int], most: int) -> str:
    leading = [name for name, count in left.items() if count == most]
    said = count_of(most, "decision")
    if len(leading) == len(left) > 1:
        return f"Each council has {said} still to decide"
    if len(leading) > 1:
        return f"{listed(leading)} have the most still to decide, {said} each"
    if sum(left.values()) == most:
        return f"Only {leading[0]} has still to decide: {said}"
    return f"{leading[0]} has the most still to decide: {said}"


def _with(tallies: Sequence[tuple[str, Counts]], kind: Answered) -> list[str]:
    return [name for name, counts in tallies if counts[kind]]
