"""Where one council stands on one decision, and what is lawful for it next (F-29, F-30, INV-06, INV-12).

The dates are prompts: a council's own constitution says how days are counted, and its monitoring officer
decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.rules.calendar import format_time
from core.rules.notice import CallInPeriod
from core.rules.words import count_of
from governance.enums import CallInOutcome, CouncilDecisionState
from governance.rules.clocks import (
    Clock,
    clock_of,
    day_decided,
    is_about_older_text,
    is_about_this_text,
    must_decide_again,
)
from governance.rules.facts import Answer, CallInFact, Day, OwnRules, Proposal
from governance.rules.routes import unit_is_working
from governance.rules.steps import decides_on, next_step
from governance.rules.wording import body_name, day_month


class PositionWord(StrEnum):
    """The word on a council's tag."""

    AWAITING = "Awaiting"
    DEFERRED = "Deferred"
    APPROVED = "Approved"
    CALL_IN_OPEN = "Call-in open"
    CALLED_IN = "Called in"
    CHANGED = "Changed"
    REJECTED = "Rejected"
    WITHDRAWN = "Withdrawn"
    AGREED = "Agreed"
    DECLINED = "Declined"


@dataclass(frozen=True, slots=True)
class Position:
    """Where one council stands on a day.

    `agrees` and `differs` are about the exact text that is put now. `effective_on` is the council's own
    date, expected until `is_final`; None, with the reason in `missing` (what
    the council has or has not), where it cannot be worked out.
    """

    council: str
    approval_body: str
    word: PositionWord
    when: str
    next_step: str
    agrees: bool = False
    differs: bool = False
    is_waiting: bool = False
    is_final: bool = False
    decided_on: date | None = None
    published_on: date | None = None
    is_published: bool = False
    call_in: CallInPeriod | None = None
    effective_on: date | None = None
    missing: str = ""
    is_left_out: bool = False
    called_in: CallInFact | None = None

    @property
    def has_decided(self) -> bool:
        """Whether the council has decided on the text that is put, whatever must pass before its effect."""
        return self.agrees or self.differs

    @property
    def is_called_in(self) -> bool:
        """Whether scrutiny has called the decision in and has still to answer."""
        return self.word == PositionWord.CALLED_IN

    @property
    def scrutiny_meets_on(self) -> date | None:
        """When scrutiny is to answer a call-in that is open; None where no day is set."""
        return self.called_in.scrutiny_meets_on if self.called_in and self.is_called_in else None

    @property
    def is_call_in_open(self) -> bool:
        """Whether scrutiny may still call the decision in."""
        return self.word == PositionWord.CALL_IN_OPEN


def council_position(answer: Answer, proposal: Proposal, day: Day) -> Position:
    """Where the council of `answer` stands on the day."""
    known = answer.as_known(day.as_of)
    position = _position(known, proposal, day)
    return left_out(position) if answer.is_left_out else position


def left_out(position: Position) -> Position:
    """The same council, which the others no longer wait for."""
    return replace(position, is_left_out=True, is_waiting=False, next_step="The others go ahead without it")


def _position(known: Answer, proposal: Proposal, day: Day) -> Position:
    if known.is_outcome_only and known.state in _OUTCOMES:
        return _outcome_only(known)
    is_to_decide = known.state in _STILL_TO_DECIDE or is_about_older_text(known, proposal)
    if is_to_decide or must_decide_again(known, proposal):
        return _still_to_decide(known, proposal, day)
    if known.state == CouncilDecisionState.APPROVED:
        return _approved(known, proposal, day)
    return _refused(known)


def in_words(rules: OwnRules) -> str:
    """5 working days, as the council counts."""
    unit = "working day" if unit_is_working(rules.call_in_unit) else "calendar day"
    return count_of(rules.call_in_days, unit)


_STILL_TO_DECIDE = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)
_OUTCOMES = {
    CouncilDecisionState.APPROVED: PositionWord.AGREED,
    CouncilDecisionState.APPROVED_AMENDED: PositionWord.CHANGED,
    CouncilDecisionState.REJECTED: PositionWord.DECLINED,
    CouncilDecisionState.WITHDRAWN: PositionWord.WITHDRAWN,
}
_WORDS = {
    CouncilDecisionState.AWAITING: PositionWord.AWAITING,
    CouncilDecisionState.DEFERRED: PositionWord.DEFERRED,
    CouncilDecisionState.APPROVED: PositionWord.APPROVED,
    CouncilDecisionState.APPROVED_AMENDED: PositionWord.CHANGED,
    CouncilDecisionState.REJECTED: PositionWord.REJECTED,
    CouncilDecisionState.WITHDRAWN: PositionWord.WITHDRAWN,
}


def _outcome_only(answer: Answer) -> Position:
    is_agreed = answer.state == CouncilDecisionState.APPROVED
    word = _OUTCOMES[CouncilDecisionState(answer.state)]
    return Position(
        answer.council, answer.approval_body, word, "", "", agrees=is_agreed, differs=not is_agreed,
        missing="has no date stated",
    )  # fmt: skip


def _still_to_decide(answer: Answer, proposal: Proposal, day: Day) -> Position:
    is_older, is_again = is_about_older_text(answer, proposal), must_decide_again(answer, proposal)
    expected_on = decides_on(answer, proposal, day)
    # What is published or was called in is about the decision before the one to come.
    clock = clock_of(replace(answer, published_on=None), proposal, day, expected_on)
    return Position(
        answer.council,
        answer.approval_body,
        PositionWord.AWAITING if is_again else _WORDS[CouncilDecisionState(answer.state)],
        _when_to_decide(answer, is_older),
        next_step(answer, proposal, day, is_older),
        is_waiting=True,
        decided_on=expected_on,
        published_on=clock.published_on,
        call_in=clock.call_in,
        effective_on=clock.effective_on,
        missing=clock.missing,
    )


def _approved(answer: Answer, proposal: Proposal, day: Day) -> Position:
    decided_on = day_decided(answer)
    clock = clock_of(answer, proposal, day, decided_on)
    agrees = is_about_this_text(answer, proposal)
    is_open, is_settled = clock.is_open(day.as_of), clock.is_settled(day.as_of)
    word = _word(clock, is_open)
    return Position(
        answer.council,
        answer.approval_body,
        word,
        _when_decided(answer, "" if word == PositionWord.APPROVED else " approved"),
        _after_approval(clock, decided_on, day, is_open) if agrees else "Approved a different text",
        agrees=agrees,
        differs=not agrees,
        is_waiting=agrees and not is_settled,
        is_final=is_settled,
        decided_on=decided_on,
        published_on=clock.published_on,
        is_published=clock.is_published,
        call_in=clock.call_in,
        effective_on=clock.effective_on,
        missing=clock.missing,
        called_in=clock.called_in,
    )


def _refused(answer: Answer) -> Position:
    """Changed, rejected or withdrawn. A change counts as a rejection and a proposal for the next text."""
    is_changed = answer.state == CouncilDecisionState.APPROVED_AMENDED
    step = "Counts as a rejection, and as a proposal for the next version" if is_changed else ""
    return Position(
        answer.council,
        answer.approval_body,
        _WORDS[CouncilDecisionState(answer.state)],
        _when_decided(answer),
        step,
        differs=True,
        decided_on=answer.decided.last_on if answer.decided else None,
        published_on=answer.published_on,
        is_published=answer.published_on is not None,
        missing="has not approved this text",
    )


def _when_to_decide(answer: Answer, is_older: bool) -> str:
    if is_older:
        return f"Version {answer.text_number}, {answer.decided}" if answer.decided else ""
    if answer.decided is not None:
        return _when_decided(answer)
    meeting = day_month(answer.next_meeting_on, None) if answer.next_meeting_on else "no date yet"
    return f"{body_name(answer.approval_body) or 'Council'}, {meeting}"


def _when_decided(answer: Answer, verb: str = "") -> str:
    body = body_name(answer.approval_body)
    day = str(answer.decided) if answer.decided else "date not stated"
    return f"{body}{verb}, {day}" if body else day[:1].upper() + day[1:]


def _word(clock: Clock, is_open: bool) -> PositionWord:
    if clock.called_in is not None and clock.called_in.is_open:
        return PositionWord.CALLED_IN
    return PositionWord.CALL_IN_OPEN if is_open else PositionWord.APPROVED


def _after_approval(clock: Clock, decided_on: date | None, day: Day, is_open: bool) -> str:
    if clock.called_in is not None and clock.call_in is None:
        return _after_call_in(clock, decided_on)
    if clock.effective_on is None:
        return f"No date can be worked out: it {clock.missing}"
    if clock.call_in is None:
        return f"No call-in. Final from {day_month(clock.effective_on, decided_on)}"
    closes_on = clock.call_in.closes_on
    if not clock.is_published:
        expected = day_month(clock.published_on or closes_on, decided_on)
        return f"Not published yet, expected by {expected}. Call-in starts then"
    if not is_open:
        return f"Call-in closed {day_month(closes_on, decided_on)}"
    hour = format_time(clock.call_in.cut_off)
    if closes_on == day.as_of and not day.is_kept:
        return f"Call-in closes at {hour} today, {day_month(closes_on, decided_on)}"
    return f"Call-in closes at {hour} on {day_month(closes_on, decided_on)}"


def _after_call_in(clock: Clock, decided_on: date | None) -> str:
    """What came of a call-in that was raised."""
    called = clock.called_in
    if called is None or called.is_open or clock.effective_on is None:
        meets_on = called.scrutiny_meets_on if called else None
        if meets_on:
            return f"Waits for scrutiny, which meets on the call-in on {day_month(meets_on, decided_on)}"
        return "Waits for scrutiny to answer the call-in"
    if called.outcome == CallInOutcome.NO_ACTION:
        return f"Called in, no further action. Final from {day_month(clock.effective_on, decided_on)}"
    return f"Decided again after call-in. Final from {day_month(clock.effective_on, decided_on)}"
