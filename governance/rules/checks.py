"""What is refused in the life of a decision, in the words of domain.md section 8 (rows 54, 55 and 59 to 70).

The dates are prompts: a council's own constitution says how days are counted, and its monitoring officer
decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from core.clock import LONDON
from core.errors import Refusal, Refusals
from core.rules.calendar import format_date, format_time
from core.rules.words import listed, mid_sentence
from governance.enums import (
    ADVISORY,
    Authority,
    BodyType,
    CallInOutcome,
    CouncilDecisionState,
    DecisionState,
    Urgency,
)
from governance.rules.clocks import (
    Clock,
    call_in_window,
    can_be_called_in_again,
    clock_of,
    day_decided,
    is_called_in,
    last_call_in,
)
from governance.rules.facts import Answer, Day, Proposal
from governance.rules.machine import IS_TERMINAL
from governance.rules.routes import needs_notice, why_not_callable
from governance.rules.settle import effective_on
from governance.rules.start import unmet_conditions
from governance.rules.steps import (
    EXCEPTION_CLEAR_DAYS,
    NOTICE_CLEAR_DAYS,
    earliest_after_key_notice,
    earliest_after_short_notice,
    lawful_by_urgency,
)
from governance.rules.wording import sentence
from programme.enums import Matter

_NOT_BEFORE_THEN = "Nothing can be implemented before then"
# Where what a council approved can be called in: its own call-in runs from its publication in each of them.
CALLABLE = (
    DecisionState.RATIFYING,
    DecisionState.RESOLVED,
    DecisionState.CALLIN,
    DecisionState.CALLED_IN,
    DecisionState.BLOCKED,
    DecisionState.IN_DISPUTE,
    DecisionState.PROCEEDING_WITHOUT,
)
_IN_EFFECT = (DecisionState.EFFECTIVE, DecisionState.IMPLEMENTED)


def check_resolve(body_type: str, authority: str, is_reserved: bool, matter: str = Matter.OTHER) -> None:
    """Refuse a resolution by a body that recommends (54, INV-08), or on a reserved matter (55, INV-09)."""
    if body_type in ADVISORY or authority != Authority.DECIDES:
        body = "body" if body_type == BodyType.NOT_STATED else mid_sentence(str(BodyType(body_type).label))
        raise Refusal(f"The {body} can recommend but not decide. Send this to each council", code="54")
    if is_reserved:
        what = "This matter" if matter == Matter.OTHER else str(Matter(matter).label)
        raise Refusal(f"{what} is reserved to each council. Record a recommendation instead", code="55")


def check_key_decision_on(answer: Answer, proposal: Proposal, day: Day) -> None:
    """Refuse a key decision on the day unless notice has run or it is recorded as urgent (59-61, INV-11)."""
    if not needs_notice(answer, proposal):
        return
    notice_on = answer.notice_published_on
    if notice_on is not None and day.as_of >= earliest_after_key_notice(answer, notice_on, day):
        return
    if answer.urgency == Urgency.GENERAL_EXCEPTION:
        _check_general_exception(answer, day)
    elif answer.urgency == Urgency.SPECIAL:
        _check_special_urgency(answer, day)
    elif notice_on is None:
        raise Refusal("Publish the notice of this key decision first", "notice_published_on", "59")
    else:
        earliest = earliest_after_key_notice(answer, notice_on, day)
        raise _too_early(earliest, NOTICE_CLEAR_DAYS, "notice_published_on")


def check_private_notices(answer: Answer, day: Day) -> None:
    """Refuse a private meeting on the day without its two notices (SI 2012/2089 reg 5).

    28 clear days before it, then 5; neither where the scrutiny chair agreed that it is urgent.
    """
    if not answer.is_private or (answer.urgency == Urgency.SPECIAL and lawful_by_urgency(answer, day)):
        return
    first_on, second_on = answer.private_notice_on, answer.private_second_notice_on
    if first_on is None or second_on is None:
        which, field = (
            ("first", "private_notice_on") if first_on is None else ("second", "private_second_notice_on")
        )
        raise Refusal(f"Publish the {which} notice of the private meeting first", field, "reg 5")
    _check_private_day(earliest_after_key_notice(answer, first_on, day), "28", "private_notice_on", day)
    _check_private_day(
        earliest_after_short_notice(answer, second_on, day), "5", "private_second_notice_on", day
    )


def check_implement(proposal: Proposal, day: Day) -> None:
    """Refuse to implement a decision that is not in effect on the day (62, INV-13)."""
    on = effective_on(proposal, day)
    if proposal.state in _IN_EFFECT and (on is None or on <= day.as_of):
        return
    raise Refusal(why_not_in_effect(proposal, day), code="62")


def why_not_in_effect(proposal: Proposal, day: Day) -> str:
    """What keeps the decision from being implemented on the day, in words."""
    if proposal.state in _STOPPED:
        return _by_state(proposal)
    known = [answer.as_known(day.as_of) for answer in proposal.required]
    called = [answer.council for answer in known if is_called_in(answer, proposal)]
    if called or proposal.state == DecisionState.CALLED_IN:
        who = f" by {listed(called)}" if called else ""
        return (
            f"This decision has been called in{who}. Nothing can be implemented until scrutiny has answered"
        )
    undecided = [answer.name for answer in known if answer.state in _UNDECIDED]
    if undecided:
        has = "has" if len(undecided) == 1 else "have"
        return f"{listed(undecided)} {has} not decided yet. Nothing can be implemented before then"
    return _why_clocks_run(proposal, known, day)


def check_call_in(
    moment: datetime,
    answer: Answer,
    signatories: Sequence[str],
    proposal: Proposal,
    holidays: Collection[date],
) -> None:
    """Refuse a call-in that does not apply (65), is late (63) or has too few signatories (64).

    It applies while the decision is before the councils or their call-ins run; not to one that is in effect
    or has ended.
    In time means up to the cut-off by the clock in London: 5pm exactly is in time, a second later is not.
    """
    day = Day(moment.astimezone(LONDON).date(), holidays)
    reason = why_not_callable(answer, proposal, answer.rules_on(answer.published_on or day.as_of))
    if reason:
        raise Refusal(reason, code="65")
    _check_not_called_in(answer, proposal)
    window = call_in_window(answer, proposal, day)
    if answer.state != CouncilDecisionState.APPROVED or answer.published_on is None or window is None:
        raise Refusal(f"{answer.council} has not published its decision yet. Call-in starts then", code="63")
    if not window.accepts(moment):
        raise Refusal(f"Call-in closed at {window.closes_in_words()}", "raised_at", "63")
    if proposal.state not in CALLABLE:
        label = DecisionState(proposal.state).label
        message = f"This decision is at the stage “{label}”, so it cannot be called in"
        raise Refusal(message, code="65")
    _check_signatories(answer, signatories, answer.published_on)


def check_withdraw(in_force: Sequence[str]) -> None:
    """Refuse to withdraw a decision that has brought something into force, named in `in_force` (INV-14)."""
    if in_force:
        message = f"{listed(in_force)} took effect with this decision. Change it by a new decision"
        raise Refusal(message, code="INV-14")


def check_same_text(council: str, state: str, text_hash: str, put_hash: str) -> None:
    """Refuse an approval of other words than those that are put (66, INV-06)."""
    if state == CouncilDecisionState.APPROVED and text_hash != put_hash:
        message = f"{council} approved a different wording. Record it as approved with amendments"
        raise Refusal(message, "state", "66")


def check_proceed_without(proposal: Proposal, without: Sequence[str], has_rerun_case: bool) -> None:
    """Refuse to go ahead without councils unless severable (67) and the case is run without them (68)."""
    if not proposal.is_severable:
        raise Refusal("This decision needs all councils. Propose a new version", code="67")
    if not has_rerun_case:
        raise Refusal(f"Run the business case without {listed(without)} first", "rerun_case", "68")


def check_record(reasons: str, alternatives: str) -> None:
    """Refuse a decision record without reasons or without the options rejected (69, SI 2012/2089 reg 12)."""
    refusals = []
    if not reasons.strip():
        refusals.append(Refusal("Enter the reasons for the decision", "reasons", "69"))
    if not alternatives.strip():
        message = 'Enter the options rejected, or "none considered"'
        refusals.append(Refusal(message, "alternatives_rejected", "69"))
    _refuse(refusals)


_STOPPED = (DecisionState.BLOCKED, DecisionState.IN_DISPUTE, *IS_TERMINAL)
_UNDECIDED = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)


def _check_general_exception(answer: Answer, day: Day) -> None:
    told_on, notice_on = answer.scrutiny_chair_told_on, answer.urgency_notice_on
    if told_on is None or notice_on is None:
        message = "Record when the scrutiny chair was told and when the notice was published"
        raise Refusal(message, "urgency_notice_on" if told_on else "scrutiny_chair_told_on", "60")
    _check_urgency_reason(answer, "60")
    earliest = earliest_after_short_notice(answer, max(told_on, notice_on), day)
    if day.as_of < earliest:
        raise _too_early(earliest, EXCEPTION_CLEAR_DAYS, "urgency_notice_on")


def _check_special_urgency(answer: Answer, day: Day) -> None:
    agreed_on = answer.urgency_agreed_on
    if not answer.urgency_agreed_by or agreed_on is None or agreed_on > day.as_of:
        message = "Record who agreed that the decision is urgent and cannot reasonably be deferred"
        raise Refusal(message, "urgency_agreed_by", "61")
    _check_urgency_reason(answer, "61")


def _check_urgency_reason(answer: Answer, code: str) -> None:
    if not answer.urgency_reason.strip():
        raise Refusal("Explain why 28 days’ notice is impracticable", "urgency_reason", code)


def _too_early(earliest: date, clear_days: int, field: str) -> Refusal:
    when = f"{format_date(earliest)}, {clear_days} clear days after notice"
    return Refusal(f"Earliest date for this key decision is {when}", field, "59")


def _check_private_day(earliest: date, days: str, field: str, day: Day) -> None:
    if day.as_of < earliest:
        when = f"{format_date(earliest)}, {days} clear days after notice"
        raise Refusal(f"Earliest date for this private meeting is {when}", field, "reg 5")


def _why_clocks_run(proposal: Proposal, known: Sequence[Answer], day: Day) -> str:
    """Why a decision that every council has taken is not in effect: a call-in, a day, a condition."""
    clocks = [clock_of(answer, proposal, day, day_decided(answer)) for answer in known]
    open_now = [clock for clock in clocks if clock.is_open(day.as_of)]
    last = max(open_now, key=_closes_at, default=None)
    if last is not None and last.call_in is not None:
        return f"Call-in is open until {last.call_in.closes_in_words()}. {_NOT_BEFORE_THEN}"
    unmet = unmet_conditions(proposal, day.as_of)
    if unmet:
        return f"{sentence('; '.join(unmet))}. {_NOT_BEFORE_THEN}"
    on = effective_on(proposal, day)
    if on is not None and on > day.as_of:
        return f"This decision takes effect on {format_date(on)}. {_NOT_BEFORE_THEN}"
    return _by_state(proposal)


def _by_state(proposal: Proposal) -> str:
    label = mid_sentence(str(DecisionState(proposal.state).label))
    return f"This decision is not in effect: {label}. Nothing can be implemented"


def _closes_at(clock: Clock) -> tuple[date, str]:
    call_in = clock.call_in
    return (call_in.closes_on, call_in.cut_off.isoformat()) if call_in else (date.min, "")


def _check_not_called_in(answer: Answer, proposal: Proposal) -> None:
    called = last_call_in(answer, proposal)
    if called is None:
        return
    if called.is_open:
        at = called.raised_at.astimezone(LONDON)
        when = f"{format_time(at)} on {format_date(at.date())}"
        raise Refusal(f"{answer.council}’s decision was already called in at {when}", code="63")
    decided_on = day_decided(answer)
    if (
        called.outcome == CallInOutcome.NO_ACTION
        or not decided_on
        or not can_be_called_in_again(answer, decided_on)
    ):
        raise Refusal(f"{answer.council}’s decision has been called in once and cannot be again", code="65")


def _check_signatories(answer: Answer, signatories: Sequence[str], published_on: date) -> None:
    rules = answer.rules_on(published_on)
    needed = rules.min_members if rules else None
    if needed is None:
        message = f"Record how many councillors of {answer.council} must sign a call-in first"
        raise Refusal(message, "signatories", "64")
    signed = len({name.strip().casefold() for name in signatories if name.strip()})
    if signed < needed:
        are = "councillor is" if needed == 1 else "councillors are"
        has = "has" if signed == 1 else "have"
        raise Refusal(f"{needed} {are} needed. {signed} {has} signed", "signatories", "64")


def _refuse(refusals: Sequence[Refusal]) -> None:
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)
