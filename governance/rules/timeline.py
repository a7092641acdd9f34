"""What has happened to a decision and what is to come, in order of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.clock import LONDON
from core.rules.calendar import format_time, is_working_day, next_working_day, working_days_between
from core.rules.words import count_of, listed, mid_sentence
from governance.enums import CallInOutcome, CouncilDecisionState
from governance.rules.facts import Answer, Day, Proposal
from governance.rules.position import Position, in_words
from governance.rules.start import Standing, Start
from governance.rules.steps import agenda_due_on, notice_due_on
from governance.rules.wording import (
    day_month,
    every_council,
    long_date,
    possessive,
    the_body,
    with_body,
)


class Place(StrEnum):
    """Where an event stands against the day that is asked about."""

    PAST = "past"
    TODAY = "today"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing that happened, or is to happen."""

    on: date
    text: str
    note: str = ""
    place: Place = Place.PAST


def timeline(proposal: Proposal, start: Start, day: Day) -> list[Event]:
    """Events in order of date, with today among them where something is still to come.

    Empty where no date is known, as in a report of outcomes only.
    """
    events = [*_by_body(proposal, start, day)]
    for answer, position in zip(proposal.answers, start.positions, strict=True):
        events += _by_council(answer.as_known(day.as_of), position, proposal, day)
    events += _in_effect(start, day)
    if not any(event.place == Place.NEXT for event in events) and not _meets_today(proposal, start, day):
        return sorted(events, key=lambda event: event.on)
    return sorted([*events, _today(proposal, start, day)], key=lambda event: (event.on, _ORDER[event.place]))


_ORDER = {Place.PAST: 0, Place.TODAY: 1, Place.NEXT: 2}
_DID = {
    CouncilDecisionState.APPROVED: "approved",
    CouncilDecisionState.APPROVED_AMENDED: "changed",
    CouncilDecisionState.REJECTED: "rejected",
    CouncilDecisionState.DEFERRED: "deferred",
    CouncilDecisionState.WITHDRAWN: "withdrew",
}


def _by_body(proposal: Proposal, start: Start, day: Day) -> list[Event]:
    body = proposal.body or "The body"
    events = []
    is_ahead = start.standing == Standing.ON_AGENDA
    if proposal.recommended_on is not None and proposal.recommended_on <= day.as_of:
        number = start.replaces or proposal.text_number
        mark = (
            ""
            if is_ahead or not proposal.text_hash
            else f"Text fingerprint {fingerprint(proposal.text_hash)}"
        )
        events.append(Event(proposal.recommended_on, f"{body} {proposal.body_verb} version {number}", mark))
    if is_ahead and proposal.meeting_on is not None and proposal.meeting_on > day.as_of:
        events.append(
            Event(proposal.meeting_on, f"{body} considers version {proposal.text_number}", place=Place.NEXT)
        )
    return events


def fingerprint(text_hash: str) -> str:
    """The first eight letters of a text's hash, in fours: 7c41 e09a; nothing for no hash."""
    return f"{text_hash[:4]} {text_hash[4:8]}".strip()


def _by_council(answer: Answer, position: Position, proposal: Proposal, day: Day) -> list[Event]:
    events = []
    decided = answer.decided
    if decided is not None and decided.is_exact and answer.state in _DID:
        who = with_body(answer.council, answer.approval_body)
        version = (
            "" if answer.text_number in {None, proposal.text_number} else f" version {answer.text_number}"
        )
        did = _DID[CouncilDecisionState(answer.state)]
        events.append(Event(decided.last_on, f"{who} {did}{version}", _after_decision(answer, position)))
    events += _of_call_ins(answer)
    if position.is_waiting and not position.agrees:
        events += _before_decision(answer, position, proposal, day)
    if position.is_waiting:
        events += _call_in_to_come(position)
    if position.scrutiny_meets_on and position.scrutiny_meets_on >= day.as_of:
        text = f"{possessive(answer.council)} scrutiny meets on the call-in"
        events.append(Event(position.scrutiny_meets_on, text, place=Place.NEXT))
    return events


def _of_call_ins(answer: Answer) -> list[Event]:
    """When the council's decision was called in, and what scrutiny said."""
    events = []
    for call_in in answer.call_ins:
        raised = call_in.raised_at.astimezone(LONDON)
        text = f"{possessive(answer.council)} decision on version {call_in.text_number} was called in"
        events.append(Event(raised.date(), text, f"Raised at {format_time(raised)}"))
        if call_in.outcome and call_in.scrutiny_met_on is not None:
            said = mid_sentence(str(CallInOutcome(call_in.outcome).label))
            events.append(Event(call_in.scrutiny_met_on, f"{possessive(answer.council)} scrutiny: {said}"))
    return events


def _after_decision(answer: Answer, position: Position) -> str:
    """Published 23 October. No call-in by 30 October. Final from 31 October."""
    if not position.agrees or position.decided_on is None:
        return ""
    beside = position.decided_on
    if position.call_in is None:
        if position.is_final and position.called_in is None:
            return "No call-in applies"
        return f"Published {day_month(position.published_on, beside)}" if position.published_on else ""
    if not position.is_published or position.published_on is None:
        return "Not published yet"
    published = f"Published {day_month(position.published_on, beside)}. "
    if position.is_call_in_open:
        rules = answer.rules_on(position.published_on)
        return f"{published}Call-in opened: {in_words(rules)}" if rules else published
    closed, final = position.call_in.closes_on, position.call_in.effective_on
    return f"{published}No call-in by {day_month(closed, beside)}. Final from {day_month(final, beside)}"


def _before_decision(answer: Answer, position: Position, proposal: Proposal, day: Day) -> list[Event]:
    """Notice, agenda and meeting of a council that has still to decide."""
    events = []
    notice_on = notice_due_on(answer, proposal, day)
    if notice_on is not None and answer.notice_published_on is None and notice_on >= day.as_of:
        text = f"Last day for {possessive(answer.council)} notice of a key decision"
        events.append(Event(notice_on, text, "28 clear days before it decides", Place.NEXT))
    agenda_on = agenda_due_on(answer, day)
    if agenda_on is not None and agenda_on >= day.as_of:
        text = f"Last day for {possessive(answer.council)} agenda"
        events.append(Event(agenda_on, text, "5 clear working days before it meets", Place.NEXT))
    if position.decided_on is not None:
        who = with_body(answer.council, answer.approval_body)
        events.append(Event(position.decided_on, f"{who} decides", place=Place.NEXT))
    return events


def _call_in_to_come(position: Position) -> list[Event]:
    if position.call_in is None:
        return []
    hour = format_time(position.call_in.cut_off)
    if position.is_call_in_open:
        text = f"{possessive(position.council)} call-in closes at {hour}"
        return [Event(position.call_in.closes_on, text, place=Place.NEXT)]
    text = f"{possessive(position.council)} call-in would close at {hour}"
    published = f"If published on {day_month(position.published_on, None)}" if position.published_on else ""
    return [Event(position.call_in.closes_on, text, published, Place.NEXT)]


def _in_effect(start: Start, day: Day) -> list[Event]:
    if start.on is None:
        return []
    who = every_council(start.council_count)
    if start.standing == Standing.GOING_AHEAD_WITHOUT:
        return [Event(start.on, "In effect for the councils that agreed")]
    if start.standing == Standing.EFFECTIVE:
        return [Event(start.on, f"In effect for {who}")]
    condition = "if not called in" if start.standing == Standing.CALL_IN else "if all goes as planned"
    note = ""
    if not is_working_day(start.on, day.holidays):
        note = f"The first working day is {_without_year(next_working_day(start.on, day.holidays))}"
    return [Event(start.on, f"In effect for {who}, {condition}", note, Place.NEXT)]


def _without_year(day: date) -> str:
    return long_date(day).removesuffix(f" {day.year}")


def _meets_today(proposal: Proposal, start: Start, day: Day) -> bool:
    return start.standing == Standing.ON_AGENDA and proposal.meeting_on == day.as_of


def _today(proposal: Proposal, start: Start, day: Day) -> Event:
    if _meets_today(proposal, start, day):
        text = f"Today: {the_body(proposal.body or 'body')} considers version {proposal.text_number}"
        return Event(day.as_of, text, place=Place.TODAY)
    open_now = [position for position in start.required if position.is_call_in_open]
    left = [
        _days_left(position.council, position.call_in.closes_on, day)
        for position in open_now
        if position.call_in
    ]
    undecided = start.undecided
    if left:
        return Event(day.as_of, f"Today: {'; '.join(left)}", place=Place.TODAY)
    if undecided and any(position.agrees for position in start.required):
        return Event(day.as_of, f"Today: waiting for {listed(undecided)}", place=Place.TODAY)
    return Event(day.as_of, "Today", place=Place.TODAY)


def _days_left(council: str, closes_on: date, day: Day) -> str:
    left = working_days_between(day.as_of, closes_on, day.holidays)
    if left == 0:
        return f"the last day of {possessive(council)} call-in"
    return f"{count_of(left, 'working day')} of {possessive(council)} call-in left after today"
