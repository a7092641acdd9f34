"""What was agreed at earlier meetings and what has become of it, as tables of a pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Words
from core.rules.calendar import format_date
from governance.packs.tables import NOT_STATED
from governance.queries.earlier_actions import LastMeeting, Resolved
from governance.queries.scrutiny import RecommendationRow
from governance.reporting.freezing import frozen
from governance.reporting.words import table_or
from governance.scrutiny_exports import scrutiny_table
from programme.models import GateRecommendation

NO_MEETING = "This body has held no meeting before."
NOTHING_RESOLVED = "Nothing is recorded as resolved at it."
NO_RECOMMENDATION = "No recommendation of a gate review is open."
NOT_ASKED = "Scrutiny has made no recommendation."
_SCRUTINY = ("Recommendation", "Council", "State", "Response", "Action", "Action due")


def resolved_blocks(last: LastMeeting | None) -> list[Block]:
    """What the last meeting resolved on each item, and where the decision it concerned stands now."""
    if last is None:
        return [Words(NO_MEETING)]
    table = Table(
        "resolved", f"Resolved at the meeting of {format_date(last.day)}", _RESOLVED, list(last.resolved)
    )
    before = Words(f"The last meeting was held on {format_date(last.day)}.")
    return [before, *table_or(frozen(table, "resolved"), NOTHING_RESOLVED)]


def recommendation_blocks(rows: Sequence[GateRecommendation]) -> list[Block]:
    """What reviewers recommended and who answers for it."""
    table = Table("gate-recommendations", "Recommendations of gate reviews", _RECOMMENDED, list(rows))
    return table_or(frozen(table, table.name), NO_RECOMMENDATION)


def scrutiny_blocks(rows: Sequence[RecommendationRow], as_of: date) -> list[Block]:
    """What scrutiny recommended, with each executive's answer."""
    caption = "What scrutiny recommended, and the answers"
    table = frozen(scrutiny_table(rows, as_of=as_of), "scrutiny", caption=caption, only=_SCRUTINY)
    return table_or(table, NOT_ASKED)


def _stands(row: Resolved) -> str:
    if row.decision is None:
        return "No decision of the councils"
    return f"{row.decision.ref} {row.decision.title}: {row.decision.get_state_display()}"


def _settled(row: GateRecommendation) -> str:
    word = row.get_state_display()
    return f"{word}: {row.settled_because}" if row.settled_because else word


_RESOLVED: list[Column[Resolved]] = [
    Column("Item", lambda row: row.item.title),
    Column("What was resolved", lambda row: row.outcome),
    Column("Decision, as it stands now", _stands),
]
_RECOMMENDED: list[Column[GateRecommendation]] = [
    Column("Recommendation", str),
    Column("Urgency", lambda row: row.get_urgency_display()),
    Column("Owner", lambda row: str(row.owner) if row.owner else NOT_STATED),
    Column("Due", lambda row: row.due_on, Format.DATE),
    Column("State", _settled),
]
