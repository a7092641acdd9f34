"""Each council's own clock: dated settings, closures, scope, call-in and its outcome (F-30, INV-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from core.clock import LONDON
from core.rules.notice import CallInPeriod
from governance.enums import ApprovalBody, CallInOutcome
from governance.rules.clocks import Clock, agrees, call_in_window, clock_of, day_decided
from governance.rules.facts import Answer, CallInFact
from governance.rules.position import council_position
from programme.enums import CallInScope, DayUnit
from tests.governance.rules.story import APPROVED, CABINET, FULL_COUNCIL, answer, day, own_rules, proposal

NOON = time(12)
LATE = date(2027, 3, 1)


def approved(decided: date, published: date | None = None, body: str = CABINET, **facts: object) -> Answer:
    return answer("Brockvale", body, APPROVED, decided=decided, published=published, **facts)


def clock(one: Answer, as_of: date = LATE, **facts: object) -> Clock:
    return clock_of(one, proposal(one, **facts), day(as_of), day_decided(one))


@pytest.mark.parametrize(
    ("published", "rules", "closes", "effective"),
    [
        (date(2026, 12, 18), own_rules(), date(2026, 12, 29), date(2026, 12, 30)),
        (date(2027, 3, 22), own_rules(), date(2027, 3, 31), date(2027, 4, 1)),
        (date(2027, 1, 12), own_rules(call_in_days=3, cut_off=NOON), date(2027, 1, 15), date(2027, 1, 16)),
        (date(2027, 1, 8), own_rules(), date(2027, 1, 15), date(2027, 1, 16)),
        (date(2026, 12, 18), own_rules(unit=DayUnit.CALENDAR), date(2026, 12, 23), date(2026, 12, 24)),
    ],
)
def test_call_in_runs_by_the_councils_own_rules(
    published: date, rules: object, closes: date, effective: date
) -> None:
    one = approved(published, published, own_rules=(rules,))
    cut_off = one.own_rules[0].cut_off
    expected = Clock(published, True, CallInPeriod(closes, cut_off, effective), effective)
    assert clock(one) == expected


def test_rules_are_those_of_the_day_of_publication() -> None:
    later = replace(own_rules(call_in_days=3), from_on=date(2027, 1, 1))
    before, after = (
        approved(on, on, own_rules=(own_rules(), later)) for on in (date(2026, 12, 31), date(2027, 1, 4))
    )
    assert [clock(one).effective_on for one in (before, after)] == [date(2027, 1, 9), date(2027, 1, 8)]


def test_local_closures_are_no_working_days() -> None:
    one = approved(date(2026, 12, 18), date(2026, 12, 18))
    closed = replace(one, closures=(date(2026, 12, 24), date(2026, 12, 29)))
    assert [clock(each).effective_on for each in (one, closed)] == [date(2026, 12, 30), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("one", "is_key", "is_callable"),
    [
        (approved(date(2027, 1, 4), date(2027, 1, 5)), False, True),
        (approved(date(2027, 1, 4), date(2027, 1, 5), FULL_COUNCIL), True, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), has_executive=False), True, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.COMMITTEE), True, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.COMMITTEE, is_executive=True), True, True),
        (approved(date(2027, 1, 4), date(2027, 1, 5), is_executive=False), True, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.JOINT_COMMITTEE), False, True),
        (
            approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.JOINT_COMMITTEE, has_executive=False),
            True,
            False,
        ),
        (approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.OFFICER), False, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), ApprovalBody.OFFICER), True, True),
        (approved(date(2027, 1, 4), date(2027, 1, 5), is_exempt_from_callin=True), True, False),
        (approved(date(2027, 1, 4), date(2027, 1, 5), is_key=True), False, True),
    ],
)
def test_which_decisions_can_be_called_in(one: Answer, is_key: bool, is_callable: bool) -> None:
    found = clock(one, is_key=is_key)
    assert (found.call_in is not None) == is_callable
    assert found.effective_on == (date(2027, 1, 13) if is_callable else date(2027, 1, 4))


@pytest.mark.parametrize(("is_key", "on"), [(True, date(2027, 1, 13)), (False, date(2027, 1, 4))])
def test_council_where_only_key_decisions_can_be_called_in(is_key: bool, on: date) -> None:
    rules = replace(own_rules(), call_in_scope=CallInScope.KEY_ONLY)
    one = approved(date(2027, 1, 4), date(2027, 1, 5), own_rules=(rules,))
    assert clock(one, is_key=is_key).effective_on == on


def test_decision_that_is_not_published_is_not_final() -> None:
    one = approved(date(2027, 1, 4))
    found = clock(one, date(2027, 2, 1))
    assert (found.is_published, found.is_settled(LATE), found.effective_on) == (
        False,
        False,
        date(2027, 2, 9),
    )


RAISED = datetime(2027, 1, 11, 10, 30, tzinfo=LONDON)
MET = date(2027, 1, 20)


def called(outcome: str = "", decided: date = date(2027, 1, 4), **facts: object) -> Answer:
    call_in = CallInFact(RAISED, outcome, MET if outcome else None, MET if outcome else None)
    return approved(decided, decided, call_ins=(call_in,), **facts)


def test_open_call_in_stops_the_clock_until_it_is_answered() -> None:
    one = called()
    found = clock(one)
    assert (found.effective_on, found.missing) == (None, "has a call-in that scrutiny has still to answer")
    position = council_position(one, proposal(one), day(LATE))
    assert (position.word, position.next_step, position.is_waiting, position.is_final) == (
        "Called in",
        "Waits for scrutiny to answer the call-in",
        True,
        False,
    )


def test_no_action_makes_it_effective_on_the_day_scrutiny_met() -> None:
    one = called(CallInOutcome.NO_ACTION)
    position = council_position(one, proposal(one), day(LATE))
    assert (position.effective_on, position.is_final, position.next_step) == (
        MET,
        True,
        "Called in, no further action. Final from 20 January",
    )
    before = council_position(one, proposal(one), day(date(2027, 1, 19)))
    assert (before.word, before.effective_on) == ("Called in", None)


@pytest.mark.parametrize("outcome", [CallInOutcome.REFERRED_BACK, CallInOutcome.REFERRED_TO_COUNCIL])
def test_approval_before_a_referral_no_longer_counts(outcome: str) -> None:
    old, fresh = called(outcome), called(outcome, decided=date(2027, 1, 27))
    assert [agrees(one, proposal(one)) for one in (old, fresh)] == [False, True]
    assert council_position(old, proposal(old), day(LATE)).word == "Awaiting"
    assert (clock(fresh).call_in, clock(fresh).effective_on) == (None, date(2027, 1, 27))


def test_decision_taken_again_is_open_to_call_in_where_the_council_says_so() -> None:
    rules = replace(own_rules(), after_reconsideration=True)
    fresh = called(CallInOutcome.REFERRED_BACK, decided=date(2027, 1, 27), own_rules=(rules,))
    assert clock(fresh).effective_on == date(2027, 2, 4)


def test_call_in_of_an_earlier_version_is_history() -> None:
    one = replace(called(), text_number=2)
    assert clock(one, text_number=2).effective_on == date(2027, 1, 12)


@pytest.mark.parametrize(
    ("published", "closes_at"),
    [
        (date(2026, 3, 23), "2026-03-30T17:00:00+01:00"),
        (date(2026, 3, 20), "2026-03-27T17:00:00+00:00"),
        (date(2026, 10, 19), "2026-10-26T17:00:00+00:00"),
        (date(2026, 10, 16), "2026-10-23T17:00:00+01:00"),
    ],
)
def test_cut_off_stays_at_five_by_the_clock_on_the_wall(published: date, closes_at: str) -> None:
    one = approved(published, published)
    window = call_in_window(one, proposal(one), day(published))
    assert window is not None
    assert window.closes_at == datetime.fromisoformat(closes_at)
