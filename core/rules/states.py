"""What every table of states and steps can tell of itself: the way from one state to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import TypeVar

from core.rules.words import mid_sentence, one_of

State = TypeVar("State", bound=Enum)
Step = TypeVar("Step", bound=Enum)


def steps_of(
    transitions: Mapping[tuple[State, Step], State], steps: type[Step], state: State
) -> tuple[Step, ...]:
    """The steps that a state allows, in the order in which their type names them."""
    return tuple(step for step in steps if (state, step) in transitions)


def diagram_of(
    transitions: Mapping[tuple[State, Step], State], *, first: State, ends: Collection[State]
) -> str:
    """A table of states and steps as a Mermaid state diagram, from the first state to the ends."""
    lines = ["stateDiagram-v2", f"    [*] --> {first.value}"]
    for (state, step), target in transitions.items():
        lines.append(f"    {state.value} --> {target.value}: {step.value}")
    lines += [f"    {state.value} --> [*]" for state in type(first) if state in ends]
    return "\n".join(lines)


def not_now(what: str, stage: str, steps: Iterable[str]) -> str:
    """Why a step is refused: the stage at which `what` is, and the steps that it allows, by their labels."""
    can = [mid_sentence(step) for step in steps]
    now = f"{what} is at the stage “{stage}”"
    if not can:
        return f"{now}, which is its end. Nothing more can be done with it"
    return f"{now}. You can {one_of(can)}"
