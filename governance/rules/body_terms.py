"""What the terms of a body must hold together (INV-08, domain.md 2.2)."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Refusal, Refusals
from governance.enums import ADVISORY, Authority, BodyType

MOST_SEATS = 200
MOST_WEEKS = 104

OWN_TYPES = (BodyType.CABINET, BodyType.COUNCIL, BodyType.SCRUTINY)
JOINT_TYPES = (
    BodyType.STEERING_GROUP,
    BodyType.JOINT_COMMITTEE,
    BodyType.BOARD,
    BodyType.JOINT_SCRUTINY,
    BodyType.OFFICERS,
)


def check_body_type(body_type: str, *, is_own: bool) -> None:
    """Refuse a council's own cabinet in a partnership, and a joint body of one council."""
    if body_type not in (OWN_TYPES if is_own else JOINT_TYPES):
        what = "a body of one council" if is_own else "a body of the partnership"
        raise Refusal(f"Choose what sort of body it is: this is {what}", "type")


def check_authority(body_type: str, authority: str) -> None:
    """Refuse authority to decide for a body that only recommends (INV-08)."""
    if authority == Authority.DECIDES and body_type in ADVISORY:
        raise Refusal("A steering group or board recommends; it cannot decide", "authority", "INV-08")


def check_numbers(
    seats: Mapping[str, int | None],
    quorum_total: int | None,
    quorum_per_council: int | None,
    interval_weeks: int | None,
) -> None:
    """Refuse a quorum that the seats cannot reach, and numbers that no body has.

    `seats` are those of each council by its name; None where they are not stated.
    """
    said = [
        Refusal(f"Seats of {name} must be from 0 to {MOST_SEATS}", "seats")
        for name, count in seats.items()
        if count is not None and not 0 <= count <= MOST_SEATS
    ]
    stated = [count for count in seats.values() if count is not None]
    said += _quorum(stated, len(stated) == len(seats), quorum_total, quorum_per_council)
    if interval_weeks is not None and not 1 <= interval_weeks <= MOST_WEEKS:
        said.append(
            Refusal(f"Weeks between meetings must be from 1 to {MOST_WEEKS}", "meeting_interval_weeks")
        )
    if said:
        raise Refusals(said)


def _quorum(stated: list[int], is_whole: bool, total: int | None, per_council: int | None) -> list[Refusal]:
    said = []
    if total is not None and total < 1:
        said.append(Refusal("Quorum must be 1 or more", "quorum_total"))
    elif total is not None and stated and is_whole and total > sum(stated):
        said.append(Refusal(f"Quorum must be {sum(stated)} or less: that is all its seats", "quorum_total"))
    if per_council is not None and per_council < 0:
        said.append(Refusal("Quorum from each council must be 0 or more", "quorum_per_council"))
    elif per_council is not None and stated and per_council > min(stated):
        said.append(
            Refusal(
                f"Quorum from each council must be {min(stated)} or less: one council has no more seats",
                "quorum_per_council",
            )
        )
    return said
