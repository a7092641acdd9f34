"""The table of states and steps, and the picture of it in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Refusal
from governance.enums import DecisionState, Step
from governance.rules.machine import IS_TERMINAL, TRANSITIONS, diagram, document, next_state, steps_from

DOCUMENT = Path(__file__).parents[3] / "docs" / "decision-states.md"


def test_states_follow_each_other_as_designed() -> None:
    ways = {
        (state.value, target.value) for (state, step), target in TRANSITIONS.items() if step != Step.WITHDRAW
    }
    assert ways == {
        ("draft", "notice_open"),
        ("notice_open", "tabled"),
        ("tabled", "recommended"),
        ("tabled", "resolved"),
        ("recommended", "ratifying"),
        ("resolved", "callin"),
        ("ratifying", "callin"),
        ("ratifying", "blocked"),
        ("ratifying", "lapsed"),
        ("callin", "effective"),
        ("callin", "called_in"),
        ("called_in", "callin"),
        ("called_in", "blocked"),
        ("called_in", "superseded"),
        ("called_in", "called_in"),
        ("effective", "implemented"),
        ("blocked", "superseded"),
        ("blocked", "proceeding_without"),
        ("blocked", "in_dispute"),
        ("blocked", "lapsed"),
        ("in_dispute", "superseded"),
        ("in_dispute", "proceeding_without"),
        ("proceeding_without", "effective"),
        ("proceeding_without", "blocked"),
    }


def test_every_state_but_the_last_ones_can_be_withdrawn() -> None:
    withdrawn = {state for (state, step) in TRANSITIONS if step == Step.WITHDRAW}
    assert withdrawn == set(DecisionState) - IS_TERMINAL
    assert {
        DecisionState.IMPLEMENTED, DecisionState.SUPERSEDED, DecisionState.LAPSED, DecisionState.WITHDRAWN
    } == IS_TERMINAL  # fmt: skip


@pytest.mark.parametrize("state", list(DecisionState))
def test_steps_of_a_state_are_those_that_are_not_refused(state: DecisionState) -> None:
    allowed = []
    for step in Step:
        try:
            next_state(state, step)
        except Refusal:
            continue
        allowed.append(step)
    assert steps_from(state) == tuple(allowed)
    assert (not allowed) == (state in IS_TERMINAL)


def test_every_state_can_be_reached_and_left_for_an_end() -> None:
    reached = {DecisionState.DRAFT}
    while more := {target for (state, _), target in TRANSITIONS.items() if state in reached} - reached:
        reached |= more
    assert reached == set(DecisionState)


@pytest.mark.parametrize(
    ("state", "step", "message"),
    [
        (
            DecisionState.TABLED,
            Step.IMPLEMENT,
            (
                "This decision is at the stage “On the agenda”. You can recommend it to each council, "
                "resolve it or withdraw it"
            ),
        ),
        (
            DecisionState.LAPSED,
            Step.SEND,
            "This decision is at the stage “Lapsed”, which is its end. Nothing more can be done with it",
        ),
    ],
)
def test_step_that_the_state_does_not_allow_is_refused(state: str, step: str, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        next_state(state, step)
    assert (refused.value.message, refused.value.code) == (message, "2.8")


def test_picture_in_the_documentation_is_the_table_that_the_code_obeys() -> None:
    assert f"```mermaid\n{diagram()}\n```" in document()
    assert DOCUMENT.read_text(encoding="utf-8") == document()
