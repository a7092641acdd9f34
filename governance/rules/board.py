"""How the decision board sorts its rows and counts them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from core.rules.calendar import format_date
from core.rules.words import count_of, listed
from governance.rules.start import Standing


class Group(StrEnum):
    """The board's sections, in order."""

    ON_AGENDA = "on_agenda"
    WAITING = "waiting"
    BLOCKED = "blocked"
    EFFECTIVE = "effective"
    ENDED = "ended"
    REPORTED = "reported"


_GROUP_OF = {
    Standing.ON_AGENDA: Group.ON_AGENDA,
    Standing.RATIFYING: Group.WAITING,
    Standing.CALL_IN: Group.WAITING,
    Standing.CALLED_IN: Group.WAITING,
    Standing.BLOCKED: Group.BLOCKED,
    Standing.EFFECTIVE: Group.EFFECTIVE,
    Standing.GOING_AHEAD_WITHOUT: Group.EFFECTIVE,
    Standing.ENDED: Group.ENDED,
    Standing.REPORTED: Group.REPORTED,
}
_HEADINGS = {
    Group.WAITING: "Waiting for a council",
    Group.BLOCKED: "Blocked: the councils differ",
    Group.EFFECTIVE: "In effect",
    Group.ENDED: "Lapsed, withdrawn or replaced",
    Group.REPORTED: "As the source reports",
}
_COUNTED = {
    Group.WAITING: ("is waiting for a council", "are waiting for a council"),
    Group.BLOCKED: ("is blocked because the councils differ", "are blocked because the councils differ"),
    Group.EFFECTIVE: ("is in effect", "are in effect"),
    Group.ENDED: ("has lapsed or was withdrawn or replaced", "have lapsed or were withdrawn or replaced"),
    Group.REPORTED: ("is known only by its outcome", "are known only by their outcome"),
}

_RULE = "Nothing takes effect for any council until every council has approved the same text."
_HISTORY_RULE = "The source names each council’s answer, and not when or how it was given."


def group_of(standing: Standing) -> Group:
    """The section of the board in which a decision of this standing is shown."""
    return _GROUP_OF[standing]


def heading(group: Group, meetings: Sequence[date | None], as_of: date) -> str:
    """The section's heading; an agenda is named where every decision is on one to come."""
    if group != Group.ON_AGENDA:
        return _HEADINGS[group]
    agenda = _agenda(meetings, as_of)
    return f"On {agenda}" if agenda else "Not yet put to the councils"


def counts_sentence(
    groups: Sequence[tuple[Group, Sequence[date | None]]], as_of: date, *, is_kept: bool = False
) -> str:
    """3 decisions are on tonight’s agenda, 2 are waiting for a council and 2 are in effect; and the rule.

    `groups` holds each section with its rows' meeting dates. One that `is_kept` names the day of the agenda.
    """
    parts: list[str] = []
    for group, meetings in groups:
        singular, plural = _COUNTED.get(group, ("", ""))
        if group == Group.ON_AGENDA:
            where = (
                f"on {agenda}"
                if (agenda := _agenda(meetings, as_of, is_kept))
                else "not yet put to the councils"
            )
            singular, plural = f"is {where}", f"are {where}"
        number = str(len(meetings)) if parts else count_of(len(meetings), "decision")
        parts.append(f"{number} {singular if len(meetings) == 1 else plural}")
    if not parts:
        return ""
    is_history = all(group == Group.REPORTED for group, _ in groups)
    return f"{listed(parts)}. {_HISTORY_RULE if is_history else _RULE}"


def _agenda(meetings: Sequence[date | None], as_of: date, is_kept: bool = False) -> str:
    """Whose agenda all of them are on; empty where one has no meeting ahead: a draft, a meeting gone by."""
    if any(meeting is None or meeting < as_of for meeting in meetings):
        return ""
    is_tonight = all(meeting == as_of for meeting in meetings)
    tonight = f"the agenda of {format_date(as_of)}" if is_kept else "tonight’s agenda"
    return tonight if is_tonight else "the next agenda"
