"""Where one council stands on one decision, and what is lawful for it next (F-29, F-30, INV-06, INV-12).

The dates are prompts: a council's own constitution says how days are counted, and its monitoring officer
decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.rules.calendar import add_working_days, format_time
from core.rules.notice import CallInPeriod, call_in_period
from core.rules.words import count_of
from governance.enums import ApprovalBody, CouncilDecisionState
from governance.rules.facts import Answer, Day, OwnRules, Proposal
from governance.rules.steps import decides_on, is_executive, next_step
from governance.rules.wording import body_name, day_month
from programme.enums import DayUnit


class PositionWord(StrEnum):
    """The word on a council's tag."""

    AWAITING = "Awaiting"
    DEFERRED = "Deferred"
    APPROVED = "Approved"
    CALL_IN_OPEN = "Call-in open"
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

    @property
    def is_call_in_open(self) -> bool:
        """Whether scrutiny may still call the decision in."""
        return self.word == PositionWord.CALL_IN_OPEN


@dataclass(frozen=True, slots=True)
class _Clock:
    """From a decision to its effect: published, open to call-in, in effect."""

    published_on: date | None
    is_published: bool
    call_in: CallInPeriod | None
    effective_on: date | None
    missing: str = ""


def council_position(answer: Answer, proposal: Proposal, day: Day) -> Position:
    """Where the council of `answer` stands on the day."""
    known = answer.as_known(day.as_of)
    if known.is_outcome_only and known.state in _OUTCOMES:
        return _outcome_only(known)
    if known.state in _STILL_TO_DECIDE or _is_about_older_text(known, proposal):
        return _still_to_decide(known, proposal, day)
    if known.state == CouncilDecisionState.APPROVED:
        return _approved(known, proposal, day)
    return _refused(known)


def in_words(rules: OwnRules) -> str:
    """5 working days, as the council counts."""
    unit = "working day" if rules.call_in_unit == DayUnit.WORKING else "calendar day"
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


def _is_about_older_text(answer: Answer, proposal: Proposal) -> bool:
    return answer.text_number is not None and answer.text_number < proposal.text_number


def _is_about_this_text(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council decided on the exact text that is put (INV-06)."""
    if answer.text_hash and proposal.text_hash:
        return answer.text_hash == proposal.text_hash
    return answer.text_number in {None, proposal.text_number}


def _still_to_decide(answer: Answer, proposal: Proposal, day: Day) -> Position:
    is_older = _is_about_older_text(answer, proposal)
    expected_on = decides_on(answer, proposal, day)
    unpublished = replace(answer, published_on=None)  # what is published is about the text before this one
    clock = _clock(unpublished, proposal, day, expected_on)
    return Position(
        answer.council,
        answer.approval_body,
        _WORDS[CouncilDecisionState(answer.state)],
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
    decided_on = answer.decided.last_on if answer.decided and answer.decided.is_exact else None
    clock = _clock(answer, proposal, day, decided_on)
    agrees = _is_about_this_text(answer, proposal)
    is_open = bool(clock.is_published and clock.call_in and day.as_of <= clock.call_in.closes_on)
    is_settled = clock.effective_on is not None and not is_open and (clock.is_published or not clock.call_in)
    return Position(
        answer.council,
        answer.approval_body,
        PositionWord.CALL_IN_OPEN if is_open else PositionWord.APPROVED,
        _when_decided(answer, " approved" if is_open else ""),
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


def _clock(answer: Answer, proposal: Proposal, day: Day, decided_on: date | None) -> _Clock:
    """The council's own dates that follow from a decision on `decided_on`, made or expected."""
    is_published = answer.published_on is not None
    if decided_on is None:
        return _Clock(answer.published_on, is_published, None, None, _why_no_date(answer, day))
    if not _can_be_called_in(answer, proposal):
        return _Clock(answer.published_on, is_published, None, decided_on)
    rules = answer.rules_on(answer.published_on or decided_on)
    if rules is None:
        return _Clock(answer.published_on, is_published, None, None, "has no call-in rules recorded")
    published_on = answer.published_on or _expected_publication(decided_on, rules, day)
    period = _call_in(published_on, rules, day)
    return _Clock(published_on, is_published, period, period.effective_on)


def _why_no_date(answer: Answer, day: Day) -> str:
    if answer.state == CouncilDecisionState.APPROVED:
        return "has no date stated for its decision"
    meeting_on = answer.next_meeting_on
    if meeting_on is not None and meeting_on < day.as_of:
        return f"has not recorded what it decided on {day_month(meeting_on, None)}"
    return "has no meeting date"


def _can_be_called_in(answer: Answer, proposal: Proposal) -> bool:
    """Executive decisions can be called in; full council and committee decisions cannot (INV-12)."""
    if answer.approval_body == ApprovalBody.OFFICER and not proposal.is_key:
        return False
    return answer.has_executive and is_executive(answer.approval_body)


def _expected_publication(decided_on: date, rules: OwnRules, day: Day) -> date:
    return max(add_working_days(decided_on, rules.publication_days, day.holidays), day.as_of)


def _call_in(published_on: date, rules: OwnRules, day: Day) -> CallInPeriod:
    if rules.call_in_unit == DayUnit.WORKING:
        return call_in_period(published_on, rules.call_in_days, rules.cut_off, day.holidays)
    closes_on = published_on + timedelta(days=rules.call_in_days)
    return CallInPeriod(closes_on, rules.cut_off, closes_on + timedelta(days=1))


def _after_approval(clock: _Clock, decided_on: date | None, day: Day, is_open: bool) -> str:
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
    if closes_on == day.as_of:
        return f"Call-in closes at {hour} today, {day_month(closes_on, decided_on)}"
    return f"Call-in closes at {hour} on {day_month(closes_on, decided_on)}"
