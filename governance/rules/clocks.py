"""Each council's own clock: from its decision to publication, call-in and effect (F-30, INV-06, INV-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.rules.calendar import add_working_days
from core.rules.notice import CallInPeriod, call_in_period
from governance.enums import CallInOutcome, CouncilDecisionState
from governance.rules.facts import Answer, CallInFact, Day, OwnRules, Proposal
from governance.rules.routes import unit_is_working, why_not_callable
from governance.rules.wording import day_month

_REFUSED = (
    CouncilDecisionState.APPROVED_AMENDED,
    CouncilDecisionState.REJECTED,
    CouncilDecisionState.WITHDRAWN,
)
_REFERRED = (CallInOutcome.REFERRED_BACK, CallInOutcome.REFERRED_TO_COUNCIL)


@dataclass(frozen=True, slots=True)
class Clock:
    """From a decision to its effect: published, open to call-in, in effect.

    `call_in` is None where the decision cannot be called in, or was and has been answered; `called_in` is
    what scrutiny last did with this version of the text. `missing` says what there is no date for.
    """

    published_on: date | None
    is_published: bool
    call_in: CallInPeriod | None
    effective_on: date | None
    missing: str = ""
    called_in: CallInFact | None = None

    def is_open(self, as_of: date) -> bool:
        """Whether the decision is published and may still be called in on the day."""
        return self.is_published and self.call_in is not None and as_of <= self.call_in.closes_on

    def is_settled(self, as_of: date) -> bool:
        """Whether the council's own date is certain: nothing can call the decision in any more."""
        if self.effective_on is None:
            return False
        return self.call_in is None or (self.is_published and as_of > self.call_in.closes_on)


def last_call_in(answer: Answer, proposal: Proposal) -> CallInFact | None:
    """The latest call-in of this council's decision on the present text."""
    if not answer.call_ins:
        return None
    of_text = [one for one in answer.call_ins if one.text_number == proposal.text_number]
    return max(of_text, key=lambda one: one.raised_at, default=None)


def is_called_in(answer: Answer, proposal: Proposal) -> bool:
    """Whether a call-in of this council's decision on the present text waits for scrutiny."""
    called = last_call_in(answer, proposal)
    return called is not None and called.is_open


def must_decide_again(answer: Answer, proposal: Proposal) -> bool:
    """Whether scrutiny referred the decision back, or to full council, and none has been taken since."""
    called = last_call_in(answer, proposal)
    if called is None or called.outcome not in _REFERRED:
        return False
    return not _is_fresh(answer, called)


def is_about_older_text(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council has answered an earlier version of the text only."""
    return answer.text_number is not None and answer.text_number < proposal.text_number


def is_about_this_text(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council decided on the exact text that is put (INV-06)."""
    if answer.text_hash and proposal.text_hash:
        return answer.text_hash == proposal.text_hash
    return answer.text_number in {None, proposal.text_number}


def agrees(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council has approved the exact text that is put, after any referral anew."""
    if answer.state != CouncilDecisionState.APPROVED or is_about_older_text(answer, proposal):
        return False
    return is_about_this_text(answer, proposal) and not must_decide_again(answer, proposal)


def differs(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council said no to the text that is put, changed it, or approved another."""
    if is_about_older_text(answer, proposal):
        return False
    if answer.state == CouncilDecisionState.APPROVED:
        return not is_about_this_text(answer, proposal)
    return answer.state in _REFUSED


def day_decided(answer: Answer) -> date | None:
    """The exact day of the council's decision; None where it is not known to the day."""
    return answer.decided.last_on if answer.decided and answer.decided.is_exact else None


def can_be_called_in_again(answer: Answer, decided_on: date) -> bool:
    """Whether the council's rules on the day it decided again let scrutiny call it in again."""
    rules = answer.rules_on(decided_on)
    return rules is not None and rules.after_reconsideration


def call_in_window(answer: Answer, proposal: Proposal, day: Day) -> CallInPeriod | None:
    """When a published decision can be called in; None where it is not published or cannot be."""
    if answer.published_on is None:
        return None
    rules = answer.rules_on(answer.published_on)
    if rules is None or why_not_callable(answer, proposal, rules):
        return None
    return _period(answer, answer.published_on, rules, day)


def clock_of(answer: Answer, proposal: Proposal, day: Day, decided_on: date | None) -> Clock:
    """The council's own dates that follow from a decision on `decided_on`, made or expected."""
    published_on = answer.published_on
    is_published = published_on is not None
    called = last_call_in(answer, proposal)
    if decided_on is None:
        return Clock(published_on, is_published, None, None, _why_no_date(answer, day))
    if called is not None and called.is_open:
        waits = "has a call-in that scrutiny has still to answer"
        return Clock(published_on, is_published, None, None, waits, called)
    if called is not None and called.outcome == CallInOutcome.NO_ACTION:
        met_on = called.scrutiny_met_on or decided_on
        return Clock(published_on, is_published, None, max(met_on, decided_on), "", called)
    return _without_open_call_in(answer, proposal, day, decided_on, called)


def _without_open_call_in(
    answer: Answer, proposal: Proposal, day: Day, decided_on: date, called: CallInFact | None
) -> Clock:
    """The clock of a decision that was not called in, or that was taken again after scrutiny referred it."""
    is_published = answer.published_on is not None
    rules = answer.rules_on(answer.published_on or decided_on)
    is_done = called is not None and not can_be_called_in_again(answer, decided_on)
    if is_done or why_not_callable(answer, proposal, rules):
        return Clock(answer.published_on, is_published, None, decided_on, "", called)
    if rules is None:
        return Clock(answer.published_on, is_published, None, None, "has no call-in rules recorded")
    published_on = answer.published_on or _expected_publication(answer, decided_on, rules, day)
    period = _period(answer, published_on, rules, day)
    return Clock(published_on, is_published, period, period.effective_on, "", called)


def _is_fresh(answer: Answer, called: CallInFact) -> bool:
    decided_on, met_on = day_decided(answer), called.scrutiny_met_on
    return decided_on is not None and met_on is not None and decided_on >= met_on


def _why_no_date(answer: Answer, day: Day) -> str:
    if answer.state == CouncilDecisionState.APPROVED:
        return "has no date stated for its decision"
    meeting_on = answer.next_meeting_on
    if meeting_on is not None and meeting_on < day.as_of:
        return f"has not recorded what it decided on {day_month(meeting_on, None)}"
    return "has no meeting date"


def _expected_publication(answer: Answer, decided_on: date, rules: OwnRules, day: Day) -> date:
    expected = add_working_days(decided_on, rules.publication_days, day.holidays_of(answer))
    return max(expected, day.as_of)


def _period(answer: Answer, published_on: date, rules: OwnRules, day: Day) -> CallInPeriod:
    is_working = unit_is_working(rules.call_in_unit)
    holidays = day.holidays_of(answer)
    return call_in_period(published_on, rules.call_in_days, rules.cut_off, holidays, is_working=is_working)
