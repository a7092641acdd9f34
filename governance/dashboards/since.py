"""What changed since the steering body last met, in sentences that compare with the state at that date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benefits.enums import Measure
from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.words import listed
from governance.dashboards.answers import named
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.meetings import SteeringMeetings
from governance.queries.decisions import DecisionRow
from governance.rules.board import Group
from programme.overview.slip_charts import slippage_sentence


def since_heading(since: date | None) -> str:
    """Since your last meeting, on 22 September 2026."""
    return f"Since your last meeting, on {format_date(since)}" if since else "Since your last meeting"


def nothing_to_compare(meetings: SteeringMeetings) -> str:
    """That there was no meeting yet."""
    return f"{meetings.name} has held no meeting yet, so there is nothing to compare with."


def since_sentences(facts: SteeringFacts) -> list[str]:
    """Pounds verified and expected, milestones that moved, decisions that took effect."""
    if facts.since is None or facts.slippage is None:
        return [nothing_to_compare(facts.meetings)]
    return [
        *_pounds(facts),
        slippage_sentence(facts.slippage),
        decided_sentence(facts.board.rows, facts.since),
    ]


def _pounds(facts: SteeringFacts) -> list[str]:
    now, then = facts.savings.total_of(Measure.GROSS), facts.gross_then
    if now is None:
        return []
    if then is None:
        return ["No saving was recorded by then."]
    said = []
    if isinstance(now.verified, int):
        before = then.total.verified if isinstance(then.total.verified, int) else 0
        said.append(f"{_more(now.verified - before)} cashable saving is verified than then")
    if isinstance(now.forecast, int) and isinstance(then.total.forecast, int):
        moved = now.forecast - then.total.forecast
        said.append(
            f"the forecast of the whole plan is {_more(moved)}" if moved else "the forecast has not changed"
        )
    return [f"{'; '.join(said)}."] if said else []


def _more(pence: int) -> str:
    return f"{format_prose(abs(pence))} {'less' if pence < 0 else 'more'}"


def decided_sentence(rows: Sequence[DecisionRow], since: date) -> str:
    """Which decisions took effect after a day."""
    effective = [
        named(row)
        for row in rows
        if row.group == Group.EFFECTIVE and row.start.on is not None and row.start.on > since
    ]
    return f"{listed(effective)} took effect." if effective else "No decision took effect."
