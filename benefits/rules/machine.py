"""The life of a benefit: which step leads from which state to which (domain.md 2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from benefits.enums import ENDED
from benefits.enums import BenefitState as State
from benefits.enums import BenefitStep as Step
from core.errors import Refusal
from core.rules.states import diagram_of, not_now, steps_of

_FORWARD: dict[tuple[State, Step], State] = {
    (State.IDENTIFIED, Step.PROFILE): State.PROFILED,
    (State.PROFILED, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.ENABLE): State.ENABLING,
    (State.ENABLING, Step.START): State.REALISING,
    (State.REALISING, Step.REALISE): State.REALISED,
    (State.REALISED, Step.CLOSE): State.CLOSED,
}
# Where nothing has to be enabled, a benefit starts when it is approved. A profile that is reopened is
# approved anew; what was approved before stays in the transitions.
_ASIDE: dict[tuple[State, Step], State] = {
    (State.APPROVED, Step.START): State.REALISING,
    **{(state, Step.REOPEN): State.PROFILED for state in (State.APPROVED, State.ENABLING, State.REALISING)},
    **{
        (state, Step.FAIL): State.NOT_REALISED
        for state in (State.APPROVED, State.ENABLING, State.REALISING, State.REALISED)
    },
}

# States from which the target stands, until the profile is reopened.
AGREED = frozenset({State.APPROVED, State.ENABLING, State.REALISING, State.REALISED, State.CLOSED})
IS_TERMINAL = frozenset(ENDED)

TRANSITIONS: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        **_FORWARD,
        **_ASIDE,
        **{(state, Step.WITHDRAW): State.WITHDRAWN for state in State if state not in IS_TERMINAL},
    }
)


def next_state(state: str, step: str) -> State:
    """The state that a step leads to; refuses a step that the state does not allow."""
    found = TRANSITIONS.get((State(state), Step(step)))
    if found is None:
        raise Refusal(_not_now(State(state)), "step", "2.9")
    return found


def steps_from(state: str) -> tuple[Step, ...]:
    """The steps that a state allows, in their order; none from a state that is the end."""
    return steps_of(TRANSITIONS, Step, State(state))


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    return diagram_of(TRANSITIONS, first=State.IDENTIFIED, ends=IS_TERMINAL)


def document() -> str:
    """The page of the documentation about the states of a benefit, with the diagram and the steps."""
    states = "\n".join(f"| `{state.value}` | {state.label} |" for state in State)
    steps = "\n".join(f"| `{step.value}` | {step.label} |" for step in Step)
    return f"""# The states of a benefit

Written by `manage.py benefit_states > docs/benefit-states.md` from the table that the code obeys
(`benefits/rules/machine.py`). A test compares the two. What each step asks for: `benefits/rules/gates.py`.

```mermaid
{diagram()}
```

Whether a benefit is at risk is not a state: it follows from its forecast, its enablers and its measure.

| State | As pages call it |
|---|---|
{states}

| Step | What it does |
|---|---|
{steps}
"""


def _not_now(state: State) -> str:
    """Which state the benefit is in, and what can be done now."""
    can = (str(one.label) for one in steps_from(state))
    return not_now("This benefit", str(state.label), can)
