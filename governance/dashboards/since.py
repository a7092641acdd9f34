"""What changed since the steering body last met, in sentences that compare with the state at that date."""

from __future__ import annotations

from benefits.enums import Measure
from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.words import listed
from governance.dashboards.answers import named
from governance.dashboards.facts import SteeringFacts
from governance.rules.board import Group
from programme.overview.slip_charts import slippage_sentence


def since_heading(facts: SteeringFacts) -> str:
    """Since your last meeting, on 22 September 2026."""
    return f"Since your last meeting, on {format_date(facts.since)}" if facts.since else NO_MEETING


NO_MEETING = "Since your last meeting"


def since_sentences(facts: SteeringFacts) -> list[str]:
    """Pounds verified and expected, milestones that moved, decisions that took effect."""
    if facts.since is None or facts.slippage is None:
        return [f"{facts.meetings.name} has held no meeting yet, so there is nothing to compare with."]
    return [*_pounds(facts), slippage_sentence(facts.slippage), _decided(facts)]


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


def _decided(facts: SteeringFacts) -> str:
    since = facts.since
    effective = [
        named(row)
        for row in facts.board.rows
        if since and row.group == Group.EFFECTIVE and row.start.on and row.start.on > since
    ]
    if not effective:
        return "No decision took effect."
    return f"{listed(effective)} took effect."
