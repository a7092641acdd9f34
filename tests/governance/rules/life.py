"""The life of one decision as people and the clock drive it, and a second opinion on when it may take effect.

Only rules and plain values: what is refused leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from core.clock import LONDON
from core.errors import Refusal
from core.rules.calendar import bank_holidays
from core.rules.dates import ImpreciseDate
from governance.enums import ApprovalBody, Authority, BodyType, CallInOutcome, Step
from governance.enums import CouncilDecisionState as Answered
from governance.enums import DecisionState as State
from governance.rules.checks import (
    check_call_in,
    check_implement,
    check_proceed_without,
    check_resolve,
    check_withdraw,
)
from governance.rules.clocks import differs, is_called_in
from governance.rules.facts import Answer, CallInFact, Condition, Day, OwnRules, Proposal
from governance.rules.machine import next_state
from governance.rules.settle import due_step, effective_on
from programme.enums import CallInScope, DayUnit

START = datetime(2026, 12, 14, 9, 0, tzinfo=LONDON)
HOLIDAYS = frozenset(day for day in bank_holidays() if day.year in {2026, 2027})
COUNCILS = ("Ashmere", "Brockvale", "Carrick")
CLOSED = {"Ashmere": (date(2026, 12, 17), date(2026, 12, 18)), "Brockvale": (), "Carrick": ()}
_OWN = OwnRules(date(2020, 4, 1), 5, DayUnit.WORKING, time(17), 2, min_members=3)
RULES = {
    "Ashmere": (_OWN,),
    "Brockvale": (
        replace(_OWN, call_in_days=3, cut_off=time(12), after_reconsideration=True),
        replace(_OWN, from_on=date(2027, 1, 1), call_in_days=7, call_in_unit=DayUnit.CALENDAR),
    ),
    "Carrick": (replace(_OWN, call_in_scope=CallInScope.KEY_ONLY),),
}
_DECIDES = (ApprovalBody.EXECUTIVE, ApprovalBody.FULL_COUNCIL, ApprovalBody.EXECUTIVE_MEMBER)


def decision(random: Random) -> Proposal:
    """A decision about to be tabled: one to three councils, routes of every kind, perhaps a condition."""
    names = COUNCILS[: random.choice((1, 2, 3))]
    is_joint = random.random() < 0.25
    answers = tuple(
        Answer(
            name,
            ApprovalBody.JOINT_COMMITTEE if is_joint else random.choice(_DECIDES),
            Answered.AWAITING,
            own_rules=RULES[name],
            closures=CLOSED[name],
            has_executive=random.random() < 0.9,
            is_exempt_from_callin=random.random() < 0.1,
        )
        for name in names
    )
    return Proposal(
        state=State.TABLED,
        text_number=1,
        text_hash=text_hash(1),
        answers=answers,
        is_key=random.random() < 0.5,
        body_type=BodyType.JOINT_COMMITTEE if is_joint else BodyType.STEERING_GROUP,
        is_severable=random.random() < 0.5,
        lapse_after_days=25,
        not_before_on=date(2027, 1, 11) if random.random() < 0.2 else None,
        conditions=(Condition("Sign the lease"),) if random.random() < 0.2 else (),
    )


@cache
def _exactly(day: date) -> ImpreciseDate:
    return ImpreciseDate.day(day)


def text_hash(number: int) -> str:
    """The hash of a version of the text."""
    return f"{number:064d}"


@dataclass
class Life:
    """One decision, the moment, and the day on which it took effect."""

    proposal: Proposal
    moment: datetime = START
    effective_on: date | None = None
    plan_is_current: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.moment.astimezone(LONDON).date()

    @property
    def day(self) -> Day:
        return Day(self.today, HOLIDAYS)

    def take(self, step: Step) -> None:
        """One step of the machine; refused where the state does not allow it."""
        self.proposal = replace(self.proposal, state=next_state(self.proposal.state, step))
        self.steps.append(step)

    def settle(self) -> None:
        """What happens by itself at this moment."""
        while step := due_step(self.proposal, self.moment, HOLIDAYS):
            if step == Step.TAKE_EFFECT:
                self.effective_on = effective_on(self.proposal, self.day)
                self.plan_is_current = True
            self.take(step)

    def wait(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)

    def recommend(self) -> None:
        self.take(Step.RECOMMEND)
        self.take(Step.SEND)
        self.proposal = replace(self.proposal, recommended_on=self.today)

    def resolve(self) -> None:
        check_resolve(self.proposal.body_type, Authority.DECIDES, self.proposal.is_reserved)
        self.take(Step.RESOLVE)
        for index in range(len(self.proposal.answers)):
            self._answer(index, Answered.APPROVED, self.proposal.text_hash)

    def decide(self, index: int, state: Answered, text: str) -> None:
        """A council decides, where it is asked or asked again."""
        answer = self.proposal.answers[index]
        is_asked = answer.state in {Answered.AWAITING, Answered.DEFERRED}
        is_time = self.proposal.state in {State.RATIFYING, State.CALLED_IN, State.PROCEEDING_WITHOUT}
        if is_asked and is_time:
            self._answer(index, state, text)

    def publish(self, index: int) -> None:
        answer = self.proposal.answers[index]
        if answer.decided is not None and answer.published_on is None:
            self._put(index, replace(answer, published_on=self.today))

    def call_in(self, index: int) -> None:
        answer = self.proposal.answers[index]
        check_call_in(self.moment, answer, ("Khan", "Lee", "Moss"), self.proposal, HOLIDAYS)
        raised = CallInFact(self.moment, text_number=self.proposal.text_number)
        self._put(index, replace(answer, call_ins=(*answer.call_ins, raised)))

    def answer_call_in(self, index: int, outcome: CallInOutcome) -> None:
        """Scrutiny meets; a referral asks the council, or its full council, again."""
        answer = self.proposal.answers[index]
        if not answer.call_ins or not answer.call_ins[-1].is_open:
            return
        met = replace(
            answer.call_ins[-1], outcome=outcome, scrutiny_met_on=self.today, released_on=self.today
        )
        answer = replace(answer, call_ins=(*answer.call_ins[:-1], met))
        if outcome == CallInOutcome.REFERRED_TO_COUNCIL:
            answer = replace(answer, approval_body=ApprovalBody.FULL_COUNCIL)
        if outcome != CallInOutcome.NO_ACTION:
            answer = _unanswered(answer)
        self._put(index, answer)

    def meet_condition(self) -> None:
        met = tuple(replace(one, met_on=one.met_on or self.today) for one in self.proposal.conditions)
        self.proposal = replace(self.proposal, conditions=met)

    def proceed_without(self, index: int) -> None:
        answer = self.proposal.answers[index]
        check_proceed_without(self.proposal, [answer.council], has_rerun_case=True)
        self.take(Step.PROCEED_WITHOUT)
        self._put(index, replace(answer, is_left_out=True))

    def put_new_version(self) -> None:
        self.take(Step.NEW_VERSION)
        number = self.proposal.text_number + 1
        answers = tuple(_unanswered(replace(one, is_left_out=False)) for one in self.proposal.answers)
        self.proposal = replace(
            self.proposal, state=State.TABLED, text_number=number, text_hash=text_hash(number),
            answers=answers, recommended_on=None,
        )  # fmt: skip

    def withdraw(self) -> None:
        check_withdraw(["The plan"] if self.plan_is_current else [])
        self.take(Step.WITHDRAW)

    def implement(self) -> None:
        check_implement(self.proposal, self.day)
        self.take(Step.IMPLEMENT)

    def _answer(self, index: int, state: Answered, text: str) -> None:
        facts = replace(
            self.proposal.answers[index],
            state=state,
            text_number=self.proposal.text_number,
            text_hash=text,
            decided=None if state == Answered.DEFERRED else _exactly(self.today),
            published_on=None,
        )
        self._put(index, facts)

    def _put(self, index: int, answer: Answer) -> None:
        answers = self.proposal.answers
        self.proposal = replace(self.proposal, answers=(*answers[:index], answer, *answers[index + 1 :]))


def _unanswered(answer: Answer) -> Answer:
    return replace(
        answer, state=Answered.AWAITING, text_number=None, text_hash="", decided=None, published_on=None
    )


def random_event(life: Life, random: Random) -> Callable[[], None]:
    """What people or the clock do next; mostly something that the state calls for, sometimes anything."""
    named = _CALLED_FOR.get(life.proposal.state, _ANYTHING) if random.random() < 0.9 else _ANYTHING
    return _EVENTS[random.choice(named)](life, random)


def _who(life: Life, random: Random) -> int:
    return random.randrange(len(life.proposal.answers))


def _wait(life: Life, random: Random) -> Callable[[], None]:
    hours = random.choice(_HOURS)
    return lambda: life.wait(hours)


def _decide(life: Life, random: Random) -> Callable[[], None]:
    """Each council in turn, where one has still to answer; nearly always for the text."""
    waiting = [index for index, one in enumerate(life.proposal.answers) if one.state == Answered.AWAITING]
    index = random.choice(waiting) if waiting else _who(life, random)
    said = random.choice(_SAID)
    text = life.proposal.text_hash if random.random() < 0.98 else text_hash(99)
    return lambda: life.decide(index, said, text)


def _publish(life: Life, random: Random) -> Callable[[], None]:
    """Every council that has something to publish does, or one of them."""
    ready = [i for i, one in enumerate(life.proposal.answers) if one.decided and not one.published_on]
    chosen = ready if random.random() < 0.7 else ready[:1]

    def publish() -> None:
        for index in chosen:
            life.publish(index)

    return publish


def _call_in(life: Life, random: Random) -> Callable[[], None]:
    index = _who(life, random)
    return lambda: life.call_in(index)


def _answer_call_in(life: Life, random: Random) -> Callable[[], None]:
    """Scrutiny answers a call-in that is open, where there is one."""
    is_open = [index for index, one in enumerate(life.proposal.answers) if is_called_in(one, life.proposal)]
    index = random.choice(is_open) if is_open else _who(life, random)
    outcome = random.choice(_OUTCOMES)
    return lambda: life.answer_call_in(index, outcome)


def _proceed_without(life: Life, random: Random) -> Callable[[], None]:
    unwilling = [index for index, one in enumerate(life.proposal.answers) if differs(one, life.proposal)]
    index = random.choice(unwilling) if unwilling else _who(life, random)
    return lambda: life.proceed_without(index)


def _any_step(life: Life, random: Random) -> Callable[[], None]:
    step = random.choice(_BY_PEOPLE)
    return life.withdraw if step == Step.WITHDRAW else lambda: life.take(step)


_HOURS = (7, 24 * 2, 24 * 9, 24 * 16)
_OUTCOMES = tuple(CallInOutcome)
_SAID = (*(Answered.APPROVED,) * 22, Answered.APPROVED_AMENDED, Answered.REJECTED, Answered.DEFERRED)
_BY_PEOPLE = (Step.DISPUTE, Step.WITHDRAW, Step.PUBLISH_NOTICE, Step.SEND)
_EVENTS: dict[str, Callable[[Life, Random], Callable[[], None]]] = {
    "wait": _wait,
    "decide": _decide,
    "publish": _publish,
    "call in": _call_in,
    "answer": _answer_call_in,
    "without": _proceed_without,
    "step": _any_step,
    "condition": lambda life, random: life.meet_condition,
    "version": lambda life, random: life.put_new_version,
    "recommend": lambda life, random: life.recommend,
    "resolve": lambda life, random: life.resolve,
    "implement": lambda life, random: life.implement,
}
_ANYTHING = tuple(_EVENTS)
_CALLED_FOR: dict[str, tuple[str, ...]] = {
    State.TABLED: ("recommend", "recommend", "resolve"),
    State.RATIFYING: (*("decide",) * 6, "publish", "call in", "answer", "wait"),
    State.CALLIN: ("publish", "publish", "wait", "wait", "wait", "call in", "condition"),
    State.CALLED_IN: ("answer", "answer", "decide", "publish", "wait", "call in"),
    State.BLOCKED: ("without", "without", "version", "step", "wait"),
    State.PROCEEDING_WITHOUT: ("publish", "wait", "wait", "condition", "call in", "answer"),
    State.EFFECTIVE: ("implement",),
}


def do(event: Callable[[], None]) -> bool:
    """Whether the event was accepted; what is refused changes nothing."""
    try:
        event()
    except Refusal:
        return False
    return True


def wrong_with_effect(life: Life) -> str:
    """A second opinion, counted by hand, on a decision in effect: what is wrong, or nothing."""
    proposal = life.proposal
    required = [answer for answer in proposal.answers if not answer.is_left_out]
    if not required:
        return "nobody decided"
    if any(condition.met_on is None for condition in proposal.conditions):
        return "a condition is not met"
    if proposal.not_before_on and life.today < proposal.not_before_on:
        return "too early"
    if life.effective_on is None or life.effective_on > life.today:
        return "no day"
    return next(filter(None, (_wrong_with(answer, life) for answer in required)), "")


def _wrong_with(answer: Answer, life: Life) -> str:
    if answer.state != Answered.APPROVED or answer.text_hash != life.proposal.text_hash:
        return f"{answer.council} has not approved the text"
    called = [one for one in answer.call_ins if one.text_number == life.proposal.text_number]
    if any(not one.outcome for one in called):
        return f"{answer.council} is called in"
    if called and called[-1].outcome == CallInOutcome.NO_ACTION:
        return ""
    decided_on = answer.decided.first_on if answer.decided else date.min
    if called and decided_on < (called[-1].scrutiny_met_on or date.max):
        return f"{answer.council} has not decided again"
    is_done = bool(called) and not (answer.council == "Brockvale" and decided_on < date(2027, 1, 1))
    return "" if is_done or not _callable(answer, life.proposal) else _window_gap(answer, life)


def _callable(answer: Answer, proposal: Proposal) -> bool:
    if not answer.has_executive or answer.is_exempt_from_callin:
        return False
    if answer.approval_body == ApprovalBody.FULL_COUNCIL:
        return False
    return proposal.is_key or answer.council != "Carrick"


def _window_gap(answer: Answer, life: Life) -> str:
    """Whether the council's call-in is still open, or has not begun, counted day by day."""
    published_on = answer.published_on
    if published_on is None:
        return f"{answer.council} has not published"
    is_late_rule = answer.council == "Brockvale" and published_on >= date(2027, 1, 1)
    if is_late_rule:
        last = published_on + timedelta(days=7)
    else:
        last, left = published_on, 3 if answer.council == "Brockvale" else 5
        while left:
            last += timedelta(days=1)
            left -= last.weekday() < 5 and last not in HOLIDAYS and last not in CLOSED[answer.council]
    return f"{answer.council} can still be called in" if life.today <= last else ""
