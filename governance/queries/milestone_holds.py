"""Milestones that wait for a decision: nothing of it can be carried out before it is in effect (row 62)."""

from __future__ import annotations

from datetime import date

from core.rules.calendar import bank_holidays
from governance.enums import DecisionState
from governance.models import Decision
from governance.queries.facts import proposal_of, with_answers
from governance.rules.checks import why_not_in_effect
from governance.rules.facts import Day
from governance.rules.start import StartWord, can_start
from programme.models import Milestone

_IN_FORCE = (DecisionState.EFFECTIVE, DecisionState.IMPLEMENTED)


def why_milestone_waits(milestone: Milestone, as_of: date) -> str:
    """What keeps the milestone's decision from being carried out on the day. At most six queries."""
    decisions = Decision.objects.filter(programme=milestone.programme_id, ref=milestone.decision_ref)
    decision = with_answers(decisions).first()
    if decision is None or decision.state in _IN_FORCE:
        return ""
    proposal, day = proposal_of(decision), Day(as_of, bank_holidays())
    return "" if can_start(proposal, day).word == StartWord.YES else why_not_in_effect(proposal, day)
