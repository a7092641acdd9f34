"""The states of a review, what stops its next step, and who must act (domain.md 2.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.errors import Refusal, Refusals
from services.enums import ReviewState
from services.rules.review import (
    OPTIONS_MESSAGE,
    STEPS,
    CaseFacts,
    Outlook,
    ReviewFacts,
    Stop,
    check_step,
    outlook,
)

TODAY = date(2026, 11, 24)
LEAD = "Sam Park"
COUNCILS = ("Ashmere", "Brockvale", "Carrick")
READY = ReviewFacts(
    state=ReviewState.PROPOSED,
    service="revenues",
    lead=LEAD,
    councils=COUNCILS,
    chosen_because="Large",
    scope="All of it",
    recommendation="Share it",
    reason="The councils said so",
    decision_ref="D-014",
    go_live_on=date(2026, 11, 1),
    case=CaseFacts(2, has_business_as_usual=True),
    is_equality_impact_done=True,
    staff_consulted_on=date(2026, 10, 1),
)


def facts(state: ReviewState, **changes: Any) -> ReviewFacts:
    return replace(READY, state=state, **changes)


def refused(given: ReviewFacts, to: ReviewState) -> list[tuple[str | None, str, str]]:
    with pytest.raises((Refusal, Refusals)) as said:
        check_step(given, to, TODAY)
    every = said.value.refusals if isinstance(said.value, Refusals) else [said.value]
    return [(one.field, one.message, one.code) for one in every]


def test_every_state_has_its_steps() -> None:
    assert set(STEPS) == set(ReviewState)


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("to", list(ReviewState))
def test_step_is_taken_exactly_where_the_table_has_it(state: ReviewState, to: ReviewState) -> None:
    if to in STEPS[state]:
        check_step(facts(state), to, TODAY)
    else:
        assert [field for field, _, _ in refused(facts(state), to)] == ["to"]


def test_every_state_is_reached_from_the_first() -> None:
    reached, waiting = {ReviewState.PROPOSED}, [ReviewState.PROPOSED]
    while waiting:
        for state in STEPS[waiting.pop()]:
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    assert reached == set(ReviewState)


def test_step_that_does_not_follow_says_which_do() -> None:
    words = (
        "A review that is recommended cannot become live. "
        "Choose decided to share, decided not to share or deferred"
    )
    assert refused(facts(ReviewState.RECOMMENDED), ReviewState.LIVE) == [("to", words, "2.5")]


def test_review_that_has_ended_takes_no_step() -> None:
    assert refused(facts(ReviewState.CLOSED), ReviewState.LIVE) == [
        ("to", "This review has ended: it is closed. Start a new review", "2.5")
    ]


def test_scope_needs_the_reason_and_the_scope() -> None:
    given = facts(ReviewState.PROPOSED, scope="", chosen_because="")
    assert refused(given, ReviewState.SCOPED) == [
        ("chosen_because", "Say why this service was chosen", "2.5"),
        ("scope", "Describe the scope of the review", "2.5"),
    ]


@pytest.mark.parametrize(
    "case",
    [None, CaseFacts(0, False), CaseFacts(1, True), CaseFacts(2, False)],
)
def test_recommendation_needs_business_as_usual_and_an_alternative(case: CaseFacts | None) -> None:
    assert refused(facts(ReviewState.OPTIONS, case=case), ReviewState.RECOMMENDED) == [
        ("options", OPTIONS_MESSAGE, "26")
    ]


def test_recommendation_needs_every_starting_cost_and_a_text() -> None:
    given = facts(ReviewState.OPTIONS, missing_costs=("Ashmere", "Carrick"), recommendation="")
    words = "’s starting cost of revenues, and how far it can be relied on"
    assert refused(given, ReviewState.RECOMMENDED) == [
        ("starting_costs", f"Enter Ashmere{words}", "2.5"),
        ("starting_costs", f"Enter Carrick{words}", "2.5"),
        ("recommendation", "Write the recommendation", "2.5"),
    ]


@pytest.mark.parametrize(
    ("to", "changes", "expected"),
    [
        (ReviewState.DECIDED_SHARE, {"decision_ref": ""}, ["decision_ref"]),
        (ReviewState.DECIDED_NOT_SHARE, {"decision_ref": "", "reason": ""}, ["decision_ref", "reason"]),
        (ReviewState.DEFERRED, {"reason": ""}, ["reason"]),
        (ReviewState.DEFERRED, {"deferred_until_on": TODAY}, ["deferred_until_on"]),
    ],
)
def test_outcome_needs_its_decision_and_its_reason(
    to: ReviewState, changes: dict[str, Any], expected: list[str]
) -> None:
    assert [field for field, _, _ in refused(facts(ReviewState.RECOMMENDED, **changes), to)] == expected


def test_deferred_review_is_taken_up_again_with_a_reason() -> None:
    check_step(facts(ReviewState.DEFERRED), ReviewState.OPTIONS, TODAY)
    assert refused(facts(ReviewState.DEFERRED, reason=""), ReviewState.OPTIONS) == [
        ("reason", "Say why the review is taken up again", "2.5")
    ]
    check_step(facts(ReviewState.BASELINING, reason=""), ReviewState.OPTIONS, TODAY)


@pytest.mark.parametrize(
    ("day", "message", "code"),
    [
        (None, "Enter the day on which the shared service went live", "2.5"),
        (date(2026, 11, 25), "Actual date must be today or in the past", "11"),
    ],
)
def test_live_needs_a_day_that_has_come(day: date | None, message: str, code: str) -> None:
    given = facts(ReviewState.IMPLEMENTING, go_live_on=day)
    assert refused(given, ReviewState.LIVE) == [("go_live_on", message, code)]


def test_outlook_says_to_wait_for_a_go_live_day_that_is_to_come() -> None:
    given = facts(ReviewState.IMPLEMENTING, go_live_on=date(2026, 11, 25))
    assert [(stop.text, stop.field, stop.code) for stop in outlook(given, TODAY).stops] == [
        ("Wait until 25 November 2026, the day it is to go live, or change that day", "go_live_on", "11")
    ]


def test_outlook_says_what_stops_it_what_remains_and_who_must_act() -> None:
    given = facts(
        ReviewState.OPTIONS,
        missing_costs=("Carrick",),
        case=None,
        open_tasks=2,
        is_equality_impact_done=False,
        staff_consulted_on=None,
        without_assessment=("Brockvale",),
        with_open_red_lines=("Carrick",),
    )
    cost = "Enter Carrick’s starting cost of revenues, and how far it can be relied on"
    assert outlook(given, TODAY) == Outlook(
        next_states=(ReviewState.RECOMMENDED,),
        stops=(
            Stop(cost, "An officer of Carrick", "starting_costs"),
            Stop(OPTIONS_MESSAGE, "The programme manager", "options", "26"),
        ),
        remains=(
            Stop("Answer the self-assessment", "An officer of Brockvale", "answers"),
            Stop("Assess the equality impact", LEAD, "equality_impact_done"),
            Stop("Record when staff were consulted", LEAD, "staff_consulted_on"),
            Stop("Say whether the red lines are respected", "An officer of Carrick", "red_lines"),
            Stop("Finish 2 tasks", LEAD, "tasks"),
        ),
        lead=LEAD,
    )


@pytest.mark.parametrize(
    ("given", "sentence", "next_words", "who"),
    [
        (facts(ReviewState.SCOPED), "Nothing stops the next step", "Finding starting costs", (LEAD,)),
        (facts(ReviewState.CLOSED), "The review has ended", "", ()),
        (
            facts(ReviewState.RECOMMENDED, decision_ref=""),
            "1 thing stops the next step",
            "Decided to share, decided not to share or deferred",
            ("Ashmere, Brockvale and Carrick",),
        ),
        (
            facts(ReviewState.PROPOSED, scope="", chosen_because=""),
            "2 things stop the next step",
            "Scoped",
            (LEAD,),
        ),
    ],
)
def test_outlook_in_words(given: ReviewFacts, sentence: str, next_words: str, who: tuple[str, ...]) -> None:
    ahead = outlook(given, TODAY)
    assert (ahead.sentence, ahead.next_words, ahead.who) == (sentence, next_words, who)


def test_nothing_remains_of_a_review_that_has_ended() -> None:
    assert outlook(facts(ReviewState.CLOSED, open_tasks=3), TODAY).remains == ()
