"""What councils have answered, counted, and the headline over it."""

from __future__ import annotations

from typing import Any

from governance.rules.position import Position, PositionWord
from governance.rules.tally import Answered, answered_of, tally_headline

AWAITS = Position("Carrick", "", PositionWord.AWAITING, "", "", is_waiting=True)
OLDER = Position("Carrick", "", PositionWord.APPROVED, "", "", is_waiting=True)
CALL_IN = Position("Carrick", "", PositionWord.CALL_IN_OPEN, "", "", agrees=True)
APPROVED = Position("Carrick", "", PositionWord.APPROVED, "", "", agrees=True)
CHANGED = Position("Carrick", "", PositionWord.CHANGED, "", "", differs=True)
LEFT_OUT = Position("Carrick", "", PositionWord.AWAITING, "", "", is_left_out=True)


def test_answer_in_parts_counts_once_where_it_is_furthest_back() -> None:
    found = [
        answered_of(parts)
        for parts in (
            [APPROVED],
            [APPROVED, CALL_IN],
            [CALL_IN, CHANGED],
            [CHANGED, AWAITS],
            [OLDER],
            [LEFT_OUT],
            [],
        )
    ]
    assert found == [
        Answered.APPROVED,
        Answered.IN_CALL_IN,
        Answered.DIFFERS,
        Answered.TO_DECIDE,
        Answered.TO_DECIDE,
        None,
        None,
    ]


def counts(approved: int = 0, call_in: int = 0, left: int = 0, against: int = 0) -> Any:
    return dict(zip(Answered, (approved, call_in, left, against), strict=True))


def headline(*own: Any) -> str:
    return tally_headline(list(zip(("Ashmere", "Brockvale", "Carrick"), own, strict=False)))


def test_headline_names_who_has_most_to_decide_or_else_what_is_not_settled() -> None:
    assert headline(counts(left=3), counts(left=4)) == "Brockvale has the most still to decide: 4 decisions"
    assert headline(counts(left=1), counts(4)) == "Only Ashmere has still to decide: 1 decision"
    assert headline(counts(left=2), counts(left=2)) == "Each council has 2 decisions still to decide"
    assert headline(counts(left=2), counts(left=2), counts(left=1)) == (
        "Ashmere and Brockvale have the most still to decide, 2 decisions each"
    )
    decided = "Every council has decided what was put to it"
    assert headline(counts(2), counts(1, 1)) == f"{decided}; call-in is not over in Brockvale"
    assert headline(counts(2), counts(1, against=1)) == f"{decided}; Brockvale did not agree to all of it"
    assert headline(counts(2), counts(2)) == "Every council has approved what was put to it"
