"""The life of a decision: which step leads from which state to which (domain.md 2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.errors import Refusal
from core.rules.states import diagram_of, not_now, steps_of
from governance.enums import DecisionState as State
from governance.enums import Step

_FORWARD: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.PUBLISH_NOTICE): State.NOTICE_OPEN,
    (State.NOTICE_OPEN, Step.TABLE): State.TABLED,
    (State.TABLED, Step.RECOMMEND): State.RECOMMENDED,
    (State.TABLED, Step.RESOLVE): State.RESOLVED,
    (State.RECOMMENDED, Step.SEND): State.RATIFYING,
    (State.RESOLVED, Step.OPEN_CALL_IN): State.CALLIN,
    (State.RATIFYING, Step.OPEN_CALL_IN): State.CALLIN,
    (State.RATIFYING, Step.BLOCK): State.BLOCKED,
    (State.RATIFYING, Step.LAPSE): State.LAPSED,
    (State.CALLIN, Step.CALL_IN): State.CALLED_IN,
    (State.CALLIN, Step.TAKE_EFFECT): State.EFFECTIVE,
    (State.CALLED_IN, Step.RELEASE): State.CALLIN,
    (State.CALLED_IN, Step.BLOCK): State.BLOCKED,
    (State.CALLED_IN, Step.NEW_VERSION): State.SUPERSEDED,
    (State.EFFECTIVE, Step.IMPLEMENT): State.IMPLEMENTED,
    (State.BLOCKED, Step.NEW_VERSION): State.SUPERSEDED,
    (State.BLOCKED, Step.PROCEED_WITHOUT): State.PROCEEDING_WITHOUT,
    (State.BLOCKED, Step.DISPUTE): State.IN_DISPUTE,
    (State.BLOCKED, Step.LAPSE): State.LAPSED,
}
# What 2.8 says in words beside its table. "Referred back -> a fresh CouncilDecision": it stays called in
# until then. The dispute steps are one of four ways on, not an end: the others stay open while they run.
# "Consenting councils proceed": by their own call-ins, so that it takes effect as any other does, and one of
# them that decides otherwise after a call-in blocks it again.
_ONWARD: dict[tuple[State, Step], State] = {
    (State.CALLED_IN, Step.REFER_BACK): State.CALLED_IN,
    (State.IN_DISPUTE, Step.NEW_VERSION): State.SUPERSEDED,
    (State.IN_DISPUTE, Step.PROCEED_WITHOUT): State.PROCEEDING_WITHOUT,
    (State.PROCEEDING_WITHOUT, Step.TAKE_EFFECT): State.EFFECTIVE,
    (State.PROCEEDING_WITHOUT, Step.BLOCK): State.BLOCKED,
}

IS_TERMINAL = frozenset({State.IMPLEMENTED, State.SUPERSEDED, State.LAPSED, State.WITHDRAWN})

TRANSITIONS: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        **_FORWARD,
        **_ONWARD,
        **{(state, Step.WITHDRAW): State.WITHDRAWN for state in State if state not in IS_TERMINAL},
    }
)


def next_state(state: str, step: str) -> State:
    """The state that a step leads to; refuses a step that the state does not allow."""
    found = TRANSITIONS.get((State(state), Step(step)))
    if found is None:
        raise Refusal(_not_now(State(state)), code="2.8")
    return found


def steps_from(state: str) -> tuple[Step, ...]:
    """The steps that a state allows, in their order; none from a state that is the end."""
    return steps_of(TRANSITIONS, Step, State(state))


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    return diagram_of(TRANSITIONS, first=State.DRAFT, ends=IS_TERMINAL)


# What happens by itself when the facts call for it; nobody is told to do it.
BY_ITSELF = frozenset({Step.OPEN_CALL_IN, Step.BLOCK, Step.RELEASE, Step.TAKE_EFFECT, Step.LAPSE})


def _not_now(state: State) -> str:
    """This decision is a draft... : which state it is in, and what can be done now."""
    can = (str(one.label) for one in steps_from(state) if one not in BY_ITSELF)
    return not_now("This decision", str(state.label), can)


def document() -> str:
    """The page of the documentation about the states of a decision, with the diagram and the steps."""
    states = "\n".join(f"| `{state.value}` | {state.label} |" for state in State)
    steps = "\n".join(f"| `{step.value}` | {step.label} | {_who(step)} |" for step in Step)
    return f"""# The states of a decision

Written by `manage.py decision_states > docs/decision-states.md` from the table that the code obeys
(`governance/rules/machine.py`). A test compares the two.

```mermaid
{diagram()}
```

A new version of the text replaces the version before it and starts again as a draft. A decision that
scrutiny refers back stays called in until that council has decided afresh. Councils that go ahead without
another still wait for their own call-ins.

| State | As pages call it |
|---|---|
{states}

| Step | What it does | Who takes it |
|---|---|---|
{steps}
"""


def _who(step: Step) -> str:
    return "It happens by itself when it falls due" if step in BY_ITSELF else "A person"
