"""What happens to a decision by itself, and on which day (domain.md 2.8, INV-06, INV-07, F-31).

Pure and idempotent: asked late, the answer names the same step and the same day as if asked in time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta

from core.clock import london_date
from core.rules.notice import programme_effective_on
from governance.enums import DecisionState, Step
from governance.rules.clocks import agrees, clock_of, day_decided, differs, is_called_in, must_decide_again
from governance.rules.facts import Answer, Day, Proposal


def due_step(proposal: Proposal, moment: datetime, holidays: Collection[date]) -> Step | None:
    """The step that falls due at `moment`; None where the decision waits for somebody.

    Take the step, and ask again until there is none. Imported outcomes without dates are never settled.
    """
    rule = _RULES.get(proposal.state)
    if rule is None or not proposal.required:
        return None
    if all(answer.is_outcome_only for answer in proposal.answers):
        return None
    return rule(proposal, Day(london_date(moment), holidays))


def effective_on(proposal: Proposal, day: Day) -> date | None:
    """The day on which the decision takes effect by its councils' own dates; None while anything is missing.

    Missing: an approval of the same text, a call-in still open or not yet answered, a condition not met.
    """
    council_dates: list[date | None] = []
    for answer in _known(proposal, day.as_of):
        if not agrees(answer, proposal):
            return None
        clock = clock_of(answer, proposal, day, day_decided(answer))
        if not clock.is_settled(day.as_of):
            return None
        council_dates.append(clock.effective_on)
    return programme_effective_on(
        council_dates,
        not_before=proposal.not_before_on,
        condition_dates=condition_dates(proposal, day.as_of),
    )


def condition_dates(proposal: Proposal, as_of: date) -> list[date | None]:
    """When each condition was met; None for one that is still to be met on the day."""
    return [
        condition.met_on if condition.met_on and condition.met_on <= as_of else None
        for condition in proposal.conditions
    ]


def lapses_on(proposal: Proposal) -> date | None:
    """The last day on which every council can still approve; None where it was not put to them."""
    if proposal.recommended_on is None:
        return None
    return proposal.recommended_on + timedelta(days=proposal.lapse_after_days)


def _known(proposal: Proposal, as_of: date) -> list[Answer]:
    """The answers that are waited for, as they stood on the day."""
    return [answer.as_known(as_of) for answer in proposal.answers if not answer.is_left_out]


def _of_answers(proposal: Proposal, day: Day) -> Step | None:
    """Ratifying: councils may agree or differ up to the last day; then it lapses."""
    last_on = lapses_on(proposal)
    until = day.as_of if last_on is None else min(day.as_of, last_on)
    known = _known(proposal, until)
    if any(differs(answer, proposal) for answer in known):
        return Step.BLOCK
    if all(agrees(answer, proposal) for answer in known):
        return Step.OPEN_CALL_IN
    return Step.LAPSE if until < day.as_of else None


def _of_resolution(proposal: Proposal, day: Day) -> Step | None:
    known = _known(proposal, day.as_of)
    return Step.OPEN_CALL_IN if all(agrees(answer, proposal) for answer in known) else None


def _of_call_in(proposal: Proposal, day: Day) -> Step | None:
    known = _known(proposal, day.as_of)
    if any(is_called_in(answer, proposal) or must_decide_again(answer, proposal) for answer in known):
        return Step.CALL_IN
    return _of_effect(proposal, day)


def _of_effect(proposal: Proposal, day: Day) -> Step | None:
    on = effective_on(proposal, day)
    return Step.TAKE_EFFECT if on is not None and on <= day.as_of else None


def _of_called_in(proposal: Proposal, day: Day) -> Step | None:
    """Called in: no step while scrutiny, or a council that must decide again, has still to answer."""
    known = _known(proposal, day.as_of)
    if any(is_called_in(answer, proposal) for answer in known):
        return None
    if any(differs(answer, proposal) for answer in known):
        return Step.BLOCK
    return Step.RELEASE if all(agrees(answer, proposal) for answer in known) else None


def _of_block(proposal: Proposal, day: Day) -> Step | None:
    last_on = lapses_on(proposal)
    return Step.LAPSE if last_on is not None and day.as_of > last_on else None


def _of_going_ahead(proposal: Proposal, day: Day) -> Step | None:
    known = _known(proposal, day.as_of)
    if any(differs(answer, proposal) for answer in known):
        return Step.BLOCK
    return _of_effect(proposal, day)


_RULES: Mapping[str, Callable[[Proposal, Day], Step | None]] = {
    DecisionState.RATIFYING: _of_answers,
    DecisionState.RESOLVED: _of_resolution,
    DecisionState.CALLIN: _of_call_in,
    DecisionState.CALLED_IN: _of_called_in,
    DecisionState.BLOCKED: _of_block,
    DecisionState.PROCEEDING_WITHOUT: _of_going_ahead,
}
