"""No sequence of events brings a decision into effect before every council and every call-in is done.

Rules only (INV-06, INV-07, INV-13, INV-14): ten thousand random sequences, and Hypothesis in search of one.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from governance.enums import CallInOutcome, CouncilDecisionState, DecisionState, Step
from governance.rules.machine import IS_TERMINAL
from governance.rules.settle import due_step
from tests.governance.rules.life import (
    HOLIDAYS,
    Life,
    decision,
    do,
    random_event,
    text_hash,
    wrong_with_effect,
)
from tests.thoroughness import examples

IN_EFFECT = (DecisionState.EFFECTIVE, DecisionState.IMPLEMENTED)
SEQUENCES = 10_000
HAPPENS = {
    Step.RECOMMEND, Step.SEND, Step.RESOLVE, Step.OPEN_CALL_IN, Step.BLOCK, Step.CALL_IN, Step.RELEASE,
    Step.TAKE_EFFECT, Step.IMPLEMENT, Step.NEW_VERSION, Step.PROCEED_WITHOUT, Step.DISPUTE, Step.LAPSE,
}  # fmt: skip


def live(random: Random) -> Life:
    """One life of up to 11 events; each time it takes effect a second opinion must agree."""
    life = Life(decision(random))
    do(life.resolve if random.random() < 0.3 else life.recommend)
    for _ in range(random.randrange(5, 12)):
        do(random_event(life, random))
        if random.random() < 0.7:
            life.settle()
        check(life)
        if life.proposal.state in IS_TERMINAL:
            break
    return life


def check(life: Life) -> None:
    """In effect only when everything is done, and a plan current only by a decision that took effect."""
    has_taken_effect = Step.TAKE_EFFECT in life.steps
    if life.proposal.state in IN_EFFECT:
        assert wrong_with_effect(life) == ""
        assert has_taken_effect
    assert life.plan_is_current == (life.effective_on is not None) == has_taken_effect
    assert life.proposal.state in IN_EFFECT or not life.plan_is_current


def test_ten_thousand_lives_take_effect_only_when_everything_is_done() -> None:
    random = Random(2026)  # noqa: S311 - repeatable, not secret
    count = examples(SEQUENCES)
    taken: Counter[Step] = Counter()
    for _ in range(count):
        taken.update(set(live(random).steps))
    assert set(taken) >= HAPPENS
    assert taken[Step.TAKE_EFFECT] > count // 10


class Lives(RuleBasedStateMachine):
    """Hypothesis chooses who does what, and when."""

    @initialize(seed=st.integers(0, 10_000), is_joint=st.booleans())
    def begin(self, seed: int, is_joint: bool) -> None:
        self.life = Life(decision(Random(seed)))  # noqa: S311 - repeatable, not secret
        do(self.life.resolve if is_joint else self.life.recommend)

    @rule(hours=st.integers(1, 24 * 20))
    def wait(self, hours: int) -> None:
        self.life.wait(hours)

    @rule(who=st.integers(0, 2), state=st.sampled_from(CouncilDecisionState), is_other=st.booleans())
    def decide(self, who: int, state: CouncilDecisionState, is_other: bool) -> None:
        text = text_hash(99) if is_other else self.life.proposal.text_hash
        do(lambda: self.life.decide(self._index(who), state, text))

    @rule(who=st.integers(0, 2))
    def approve_and_publish(self, who: int) -> None:
        self.life.decide(self._index(who), CouncilDecisionState.APPROVED, self.life.proposal.text_hash)
        self.life.publish(self._index(who))

    @rule(who=st.integers(0, 2))
    def publish(self, who: int) -> None:
        self.life.publish(self._index(who))

    @rule(who=st.integers(0, 2))
    def call_in(self, who: int) -> None:
        do(lambda: self.life.call_in(self._index(who)))

    @rule(who=st.integers(0, 2), outcome=st.sampled_from(CallInOutcome))
    def answer_call_in(self, who: int, outcome: CallInOutcome) -> None:
        self.life.answer_call_in(self._index(who), outcome)

    @rule(who=st.integers(0, 2))
    def proceed_without(self, who: int) -> None:
        do(lambda: self.life.proceed_without(self._index(who)))

    @rule(step=st.sampled_from([Step.DISPUTE, Step.WITHDRAW]))
    def take(self, step: Step) -> None:
        do(self.life.withdraw if step == Step.WITHDRAW else lambda: self.life.take(step))

    @rule(is_new=st.booleans())
    def go_on(self, is_new: bool) -> None:
        do(self.life.put_new_version if is_new else self.life.implement)
        do(self.life.recommend)

    @rule()
    def meet_condition(self) -> None:
        self.life.meet_condition()

    @rule()
    def settle(self) -> None:
        self.life.settle()
        assert due_step(self.life.proposal, self.life.moment, HOLIDAYS) is None

    @invariant()
    def takes_effect_only_when_everything_is_done(self) -> None:
        if hasattr(self, "life"):
            check(self.life)

    def _index(self, who: int) -> int:
        return who % len(self.life.proposal.answers)


Lives.TestCase.settings = settings(max_examples=examples(40), stateful_step_count=30, deadline=None)
TestLives = Lives.TestCase
