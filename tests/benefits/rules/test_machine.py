"""The table of a benefit's states and steps, and the picture of it in the documentation."""

from pathlib import Path

import pytest

from benefits.enums import BenefitState, BenefitStep
from benefits.rules.machine import AGREED, IS_TERMINAL, TRANSITIONS, document, next_state, steps_from
from core.errors import Refusal

DOCUMENT = Path(__file__).parents[3] / "docs" / "benefit-states.md"


def test_states_follow_each_other_as_designed() -> None:
    ways = {
        (state.value, target.value)
        for (state, step), target in TRANSITIONS.items()
        if step not in {BenefitStep.WITHDRAW, BenefitStep.REOPEN, BenefitStep.FAIL}
    }
    assert ways == {
        ("identified", "profiled"),
        ("profiled", "approved"),
        ("approved", "enabling"),
        ("approved", "realising"),
        ("enabling", "realising"),
        ("realising", "realised"),
        ("realised", "closed"),
    }
    aside = {
        step: {state.value for state, one in TRANSITIONS if one == step}
        for step in (BenefitStep.WITHDRAW, BenefitStep.REOPEN, BenefitStep.FAIL)
    }
    running = {"approved", "enabling", "realising"}
    assert aside == {
        BenefitStep.WITHDRAW: {"identified", "profiled", "realised", *running},
        BenefitStep.REOPEN: running,
        BenefitStep.FAIL: {"realised", *running},
    }
    assert {"closed", "not_realised", "withdrawn"} == IS_TERMINAL
    assert {"realised", "closed", *running} == AGREED


def test_steps_of_a_state_are_those_that_are_not_refused() -> None:
    for state in BenefitState:
        allowed = []
        for step in BenefitStep:
            try:
                next_state(state, step)
            except Refusal:
                continue
            allowed.append(step)
        assert tuple(allowed) == steps_from(state)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("profiled", "This benefit is at the stage “Profiled”. You can approve it or withdraw it"),
        (
            "closed",
            "This benefit is at the stage “Closed”, which is its end. Nothing more can be done with it",
        ),
    ],
)
def test_refused_step_says_what_can_be_done(state: str, message: str) -> None:
    with pytest.raises(Refusal) as said:
        next_state(state, BenefitStep.START)
    assert said.value.message == message


def test_page_of_the_documentation_is_the_table() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()
