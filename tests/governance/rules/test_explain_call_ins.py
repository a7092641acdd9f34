"""The answer and the timeline of what is called in, goes on without a council, or has conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.clock import LONDON
from governance.enums import CallInOutcome, DecisionState
from governance.rules.explain import Explanation, explain
from governance.rules.facts import Answer, CallInFact, Condition, Proposal
from governance.rules.start import can_start
from governance.rules.timeline import Event, Place, timeline
from tests.governance.rules import story
from tests.governance.rules.story import FULL_COUNCIL, REJECTED, answer, day

RAISED = CallInFact(datetime(2026, 11, 27, 16, 59, tzinfo=LONDON))
DECEMBER = date(2026, 12, 16)


def called_in(call_in: CallInFact = RAISED) -> Proposal:
    ashmere, brockvale, carrick = story.ict_contract().answers
    brockvale = replace(brockvale, call_ins=(call_in,))
    return replace(story.ict_contract(), answers=(ashmere, brockvale, carrick), state=DecisionState.CALLED_IN)


def explained(decision: Proposal, as_of: date = DECEMBER) -> Explanation:
    return explain(can_start(decision, day(as_of)), decision, day(as_of))


def of_brockvale(decision: Proposal, as_of: date = DECEMBER) -> list[Event]:
    events = timeline(decision, can_start(decision, day(as_of)), day(as_of))
    return [event for event in events if "Brockvale" in event.text and event.on >= date(2026, 11, 27)]


def test_called_in_says_whose_scrutiny_has_still_to_answer() -> None:
    assert explained(called_in()) == Explanation(
        "Not yet. No date can be worked out.",
        (
            "All three councils have approved the same text. It has been called in, and nothing takes effect "
            "for any council until scrutiny has answered."
        ),
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            "Brockvale’s scrutiny has called it in and has still to answer.",
        ),
    )


def test_called_in_says_when_scrutiny_meets() -> None:
    decision = called_in(replace(RAISED, scrutiny_meets_on=date(2026, 12, 17)))
    start = can_start(decision, day(DECEMBER))
    assert explained(decision).points[1:] == (
        "Brockvale’s scrutiny has called it in and meets on Thursday 17 December 2026.",
    )
    assert start.positions[1].next_step == ("Waits for scrutiny, which meets on the call-in on 17 December")
    assert timeline(decision, start, day(DECEMBER))[-2:] == [
        Event(DECEMBER, "Today", place=Place.TODAY),
        Event(date(2026, 12, 17), "Brockvale’s scrutiny meets on the call-in", place=Place.NEXT),
    ]


def test_timeline_holds_the_call_in_and_what_scrutiny_said() -> None:
    raised = Event(date(2026, 11, 27), "Brockvale’s decision on version 1 was called in", "Raised at 4:59pm")
    assert of_brockvale(called_in()) == [raised]
    met = replace(RAISED, outcome=CallInOutcome.NO_ACTION, scrutiny_met_on=DECEMBER, released_on=DECEMBER)
    assert of_brockvale(called_in(met)) == [
        raised,
        Event(DECEMBER, "Brockvale’s scrutiny: no further action"),
    ]


def without_carrick(state: str = DecisionState.PROCEEDING_WITHOUT) -> Proposal:
    objector: Answer = answer("Carrick", FULL_COUNCIL, REJECTED, decided=date(2026, 11, 5))
    answers = (*story.ict_contract().answers[:2], replace(objector, is_left_out=True))
    return replace(story.ict_contract(), answers=answers, state=state)


def test_going_ahead_without_a_council_waits_for_the_others() -> None:
    assert explained(without_carrick(), story.TODAY) == Explanation(
        "Not yet. The earliest date is Saturday 28 November 2026.",
        (
            "Both councils have approved the same text. Nothing takes effect for any council until "
            "Brockvale’s call-in closes at 5pm on Friday 27 November 2026."
        ),
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            ("If it is called in, the date moves to the day Brockvale’s scrutiny committee meets, or later."),
        ),
    )
    assert explained(without_carrick(DecisionState.EFFECTIVE)) == Explanation(
        "Yes, for Ashmere and Brockvale from 28 November 2026.", "They go ahead without Carrick."
    )


def test_blocked_decision_that_is_severable_has_four_ways_on() -> None:
    answers = tuple(replace(one, is_left_out=False) for one in without_carrick().answers)
    decision = replace(without_carrick(DecisionState.BLOCKED), answers=answers)
    assert len(explained(decision).points) == 3
    assert explained(replace(decision, is_severable=True)).points == (
        "The group may put a new version of the text; every council then decides again.",
        (
            "The councils that agree may go ahead without the others, once the business case has been run "
            "again without them."
        ),
        "The councils may use the steps that their agreement sets out for disputes.",
        "Without either, the recommendation lapses.",
    )


def test_condition_that_is_not_met_is_what_it_waits_for() -> None:
    decision = replace(story.current_plan(), conditions=(Condition("Sign the lease"),))
    assert explained(decision).why == (
        "All three councils have approved the same text. A condition is not met: Sign the lease."
    )


def test_council_with_two_parts_is_counted_once() -> None:
    ashmere, brockvale, carrick = story.current_plan().answers
    parts = (replace(carrick, element="the budget"), replace(carrick, element="the staff"))
    decision = replace(story.current_plan(), answers=(ashmere, brockvale, *parts))
    assert explained(decision).answer == "Yes. In effect for all three councils since 20 June 2026."
