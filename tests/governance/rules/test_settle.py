"""What happens to a decision by itself, and on which day (F-31, INV-06, INV-07, INV-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import LONDON
from core.rules.calendar import bank_holidays
from governance.enums import ApprovalBody, BodyType, CallInOutcome, DecisionState, Step
from governance.rules.facts import Answer, CallInFact, Condition, Proposal
from governance.rules.machine import next_state
from governance.rules.settle import due_step, effective_on
from governance.rules.start import Standing, can_start
from tests.governance.rules.story import (
    APPROVED,
    AWAITING,
    CHANGED,
    FULL_COUNCIL,
    REJECTED,
    answer,
    day,
    own_rules,
    proposal,
)
from tests.thoroughness import examples

HOLIDAYS = bank_holidays()
TEXT = "7c41e09a" + 56 * "0"


def at(on: date, hour: int = 9) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=LONDON)


def due(decision: Proposal, on: date) -> list[str]:
    """Every step that falls due by then, one after the other."""
    steps: list[str] = []
    while step := due_step(decision, at(on), HOLIDAYS):
        assert step.value not in steps
        steps.append(step.value)
        decision = replace(decision, state=next_state(decision.state, step))
    return steps


def approved(council: str, decided: date, published: date | None = None, **facts: object) -> Answer:
    body = facts.pop("body", ApprovalBody.EXECUTIVE)
    return answer(council, str(body), APPROVED, decided=decided, published=published, text_hash=TEXT, **facts)


ASHMERE = approved("Ashmere", date(2026, 12, 16), date(2026, 12, 18))
BROCKVALE = approved("Brockvale", date(2027, 1, 6), date(2027, 1, 8))
CARRICK = approved("Carrick", date(2027, 1, 14), body=FULL_COUNCIL)
LAST = date(2027, 1, 14)


def three(*answers: Answer, **facts: object) -> Proposal:
    return proposal(
        *(answers or (ASHMERE, BROCKVALE, CARRICK)),
        **{"text_hash": TEXT, "recommended_on": date(2026, 11, 24), **facts},
    )


def test_nothing_falls_due_while_the_last_council_has_not_decided() -> None:
    assert due(three(), date(2027, 1, 13)) == []
    assert due(three(ASHMERE, BROCKVALE, answer("Carrick")), date(2027, 2, 1)) == []


def test_takes_effect_with_the_last_council() -> None:
    assert due(three(), LAST) == ["open_call_in"]
    assert due(three(state=DecisionState.CALLIN), date(2027, 1, 15)) == []
    assert due(three(state=DecisionState.CALLIN), date(2027, 1, 16)) == ["take_effect"]
    assert effective_on(three(), day(date(2027, 1, 16))) == date(2027, 1, 16)


def test_run_that_is_late_gives_the_same_day() -> None:
    assert due(three(), date(2027, 3, 1)) == ["open_call_in", "take_effect"]
    assert effective_on(three(), day(date(2027, 3, 1))) == date(2027, 1, 16)


def test_run_that_is_repeated_does_nothing_more() -> None:
    assert due(three(state=DecisionState.EFFECTIVE), date(2027, 3, 1)) == []


@pytest.mark.parametrize("hour", [0, 23])
def test_day_is_the_day_in_london(hour: int) -> None:
    decision = three(state=DecisionState.CALLIN)
    assert due_step(decision, at(date(2027, 1, 15), hour), HOLIDAYS) is None
    assert due_step(decision, at(date(2027, 1, 16), hour), HOLIDAYS) == Step.TAKE_EFFECT


@pytest.mark.parametrize("state", [REJECTED, CHANGED])
def test_one_council_that_says_no_blocks(state: str) -> None:
    no = answer("Carrick", FULL_COUNCIL, state, decided=LAST)
    assert due(three(ASHMERE, BROCKVALE, no), LAST) == ["block"]


def test_approval_of_another_text_blocks() -> None:
    assert due(three(ASHMERE, BROCKVALE, replace(CARRICK, text_hash="b" * 64)), LAST) == ["block"]


def test_lapses_after_its_last_day_and_not_where_all_had_approved_by_then() -> None:
    waiting = three(ASHMERE, BROCKVALE, answer("Carrick"))
    assert due(waiting, date(2027, 5, 23)) == []
    assert due(waiting, date(2027, 5, 24)) == ["lapse"]
    assert due(replace(waiting, state=DecisionState.BLOCKED), date(2027, 5, 24)) == ["lapse"]
    assert due(three(), date(2027, 8, 1)) == ["open_call_in", "take_effect"]
    too_late = replace(CARRICK, decided=approved("Carrick", date(2027, 5, 24)).decided)
    assert due(three(ASHMERE, BROCKVALE, too_late), date(2027, 8, 1)) == ["lapse"]


def test_waits_for_conditions_and_for_the_day_agreed() -> None:
    condition = Condition("Sign the lease")
    waiting = three(conditions=(condition,))
    assert due(waiting, date(2027, 3, 1)) == ["open_call_in"]
    met = three(conditions=(replace(condition, met_on=date(2027, 2, 3)),))
    assert effective_on(met, day(date(2027, 3, 1))) == date(2027, 2, 3)
    later = replace(met, not_before_on=date(2027, 4, 1))
    assert due(later, date(2027, 3, 31)) == ["open_call_in"]
    assert due(later, date(2027, 4, 1)) == ["open_call_in", "take_effect"]


def test_start_names_the_condition_that_it_waits_for() -> None:
    start = can_start(three(conditions=(Condition("Sign the lease"),)), day(date(2027, 3, 1)))
    assert (start.standing, start.on, start.missing) == (
        Standing.CALL_IN,
        None,
        "a condition is not met: Sign the lease",
    )


def test_resolution_of_a_joint_committee_waits_for_the_slowest_call_in() -> None:
    body, on = ApprovalBody.JOINT_COMMITTEE, date(2027, 1, 12)
    quick = approved("Ashmere", on, on, body=body, own_rules=(own_rules(call_in_days=3, cut_off=time(12)),))
    slow = approved("Brockvale", on, on, body=body)
    decision = three(quick, slow, state=DecisionState.RESOLVED, body_type=BodyType.JOINT_COMMITTEE)
    assert due(decision, date(2027, 1, 19)) == ["open_call_in"]
    assert due(decision, date(2027, 1, 20)) == ["open_call_in", "take_effect"]
    assert effective_on(decision, day(date(2027, 1, 20))) == date(2027, 1, 20)


RAISED = CallInFact(datetime(2027, 1, 15, 16, 59, tzinfo=LONDON))


def answered(outcome: str, on: date) -> CallInFact:
    return replace(RAISED, outcome=outcome, scrutiny_met_on=on, released_on=on)


def test_open_call_in_stops_everything_until_scrutiny_answers() -> None:
    decision = three(ASHMERE, replace(BROCKVALE, call_ins=(RAISED,)), CARRICK)
    assert due(decision, date(2027, 4, 1)) == ["open_call_in", "call_in"]
    start = can_start(decision, day(date(2027, 4, 1)))
    assert (start.standing, start.on, start.waiting_for) == (Standing.CALLED_IN, None, ("Brockvale",))


def test_no_action_makes_the_day_of_the_scrutiny_meeting_the_councils_day() -> None:
    called = replace(BROCKVALE, call_ins=(answered(CallInOutcome.NO_ACTION, date(2027, 2, 2)),))
    decision = three(ASHMERE, called, CARRICK, state=DecisionState.CALLED_IN)
    assert due(decision, date(2027, 2, 1)) == []
    assert due(decision, date(2027, 2, 2)) == ["release", "take_effect"]
    assert effective_on(decision, day(date(2027, 2, 20))) == date(2027, 2, 2)


def test_two_call_ins_of_one_decision_both_have_to_be_answered() -> None:
    called = replace(BROCKVALE, call_ins=(answered(CallInOutcome.NO_ACTION, date(2027, 2, 2)),))
    other = replace(ASHMERE, call_ins=(RAISED,))
    decision = three(other, called, CARRICK, state=DecisionState.CALLED_IN)
    assert due(decision, date(2027, 3, 1)) == []


@pytest.mark.parametrize(
    ("state", "decided", "steps"),
    [
        (AWAITING, None, []),
        (APPROVED, date(2027, 2, 10), ["release", "take_effect"]),
        (REJECTED, date(2027, 2, 10), ["block"]),
        (CHANGED, date(2027, 2, 10), ["block"]),
    ],
)
def test_referral_back_waits_for_the_council_to_decide_afresh(
    state: str, decided: date | None, steps: list[str]
) -> None:
    referred = answered(CallInOutcome.REFERRED_BACK, date(2027, 2, 2))
    fresh = answer(
        "Brockvale", state=state, decided=decided, call_ins=(referred,), text_hash=TEXT if decided else ""
    )
    decision = three(ASHMERE, fresh, CARRICK, state=DecisionState.CALLED_IN)
    assert due(decision, date(2027, 3, 1)) == steps
    if state == APPROVED:
        assert effective_on(decision, day(date(2027, 3, 1))) == date(2027, 2, 10)


def test_councils_that_go_ahead_wait_for_each_other_and_not_for_the_one_left_out() -> None:
    objector = replace(answer("Carrick", FULL_COUNCIL, REJECTED, decided=LAST), is_left_out=True)
    decision = three(ASHMERE, BROCKVALE, objector, state=DecisionState.PROCEEDING_WITHOUT)
    assert due(decision, date(2027, 1, 15)) == []
    assert due(decision, date(2027, 1, 16)) == ["take_effect"]
    before, after = (can_start(decision, day(on)) for on in (date(2027, 1, 15), date(2027, 1, 16)))
    assert (before.standing, before.word, before.on) == (Standing.CALL_IN, "Not yet", date(2027, 1, 16))
    assert (after.standing, after.word, after.left_out) == (Standing.GOING_AHEAD_WITHOUT, "Yes", ("Carrick",))
    effective = can_start(replace(decision, state=DecisionState.EFFECTIVE), day(date(2027, 2, 1)))
    assert (effective.standing, effective.on) == (Standing.GOING_AHEAD_WITHOUT, date(2027, 1, 16))


def test_every_part_of_a_decision_must_be_approved() -> None:
    budget = replace(CARRICK, element="the budget")
    staff = answer("Carrick", element="the staff", meets=date(2027, 2, 4))
    waiting = three(ASHMERE, budget, staff)
    assert due(waiting, date(2027, 2, 1)) == []
    assert can_start(waiting, day(date(2027, 2, 1))).not_ratified == ("Carrick",)
    decided = replace(approved("Carrick", date(2027, 2, 4), date(2027, 2, 5)), element="the staff")
    assert effective_on(three(ASHMERE, budget, decided), day(date(2027, 3, 1))) == date(2027, 2, 13)


def test_decision_of_nobody_never_takes_effect() -> None:
    left_out = replace(ASHMERE, is_left_out=True)
    assert due(three(left_out, state=DecisionState.CALLIN), date(2027, 3, 1)) == []
    assert effective_on(three(left_out), day(date(2027, 3, 1))) is None


def test_outcomes_of_a_report_are_never_settled() -> None:
    told = Answer("Dover", ApprovalBody.NOT_STATED, APPROVED)
    assert due(proposal(told), date(2027, 3, 1)) == []


DAYS = st.dates(date(2026, 12, 1), date(2027, 1, 31))


@st.composite
def decisions(draw: st.DrawFn) -> Proposal:
    """Recommended on 1 December 2026; three councils decide, publish, and may be called in and cleared."""
    answers = []
    for name in ("Ashmere", "Brockvale", "Carrick"):
        decided = draw(DAYS)
        published = decided + timedelta(days=draw(st.integers(0, 5)))
        body = draw(st.sampled_from([ApprovalBody.EXECUTIVE, FULL_COUNCIL]))
        one = approved(name, decided, published, body=body)
        if body == ApprovalBody.EXECUTIVE and draw(st.booleans()):
            met_on = published + timedelta(days=draw(st.integers(1, 40)))
            call_in = replace(answered(CallInOutcome.NO_ACTION, met_on), raised_at=at(published))
            one = replace(one, call_ins=(call_in,))
        answers.append(replace(one, state=draw(st.sampled_from([APPROVED, APPROVED, APPROVED, REJECTED]))))
    return three(*answers, recommended_on=date(2026, 12, 1), lapse_after_days=draw(st.integers(10, 90)))


def lived_through(decision: Proposal, runs: list[date]) -> tuple[str, date | None]:
    """The state it ends in and the day it took effect, with a run on each of the days."""
    took_effect_on = None
    for on in runs:
        while step := due_step(decision, at(on), HOLIDAYS):
            if step == Step.TAKE_EFFECT:
                took_effect_on = effective_on(decision, day(on))
            decision = replace(decision, state=next_state(decision.state, step))
    return decision.state, took_effect_on


@settings(max_examples=examples(60), deadline=None)
@given(decisions())
def test_one_late_run_ends_as_daily_runs_do(decision: Proposal) -> None:
    days = [date(2026, 12, 1) + timedelta(days=index) for index in range(130)]
    assert lived_through(decision, days[-1:]) == lived_through(decision, days)
