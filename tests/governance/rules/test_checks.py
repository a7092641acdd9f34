"""What is refused in the life of a decision, word for word (rows 54, 55 and 59 to 70)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.clock import LONDON
from core.errors import Refusal, Refusals
from core.rules.calendar import bank_holidays
from governance.enums import ApprovalBody, Authority, BodyType, CallInOutcome, DecisionState, Urgency
from governance.rules import checks
from governance.rules.facts import Answer, CallInFact, Condition, Proposal
from programme.enums import CallInScope, Matter
from tests.governance.rules.story import (
    APPROVED,
    AWAITING,
    CHANGED,
    FULL_COUNCIL,
    answer,
    day,
    own_rules,
    proposal,
)

HOLIDAYS = bank_holidays()


def refusals(check: Callable[[], None]) -> list[tuple[str, str]]:
    """The codes and words of what is refused; empty where nothing is."""
    try:
        check()
    except Refusal as refused:
        return [(refused.code, refused.message)]
    except Refusals as several:
        return [(one.code, one.message) for one in several.refusals]
    return []


@pytest.mark.parametrize(
    ("body_type", "authority", "is_reserved", "expected"),
    [
        (
            BodyType.STEERING_GROUP,
            Authority.RECOMMENDS,
            False,
            [("54", "The steering group can recommend but not decide. Send this to each council")],
        ),
        (
            BodyType.BOARD,
            Authority.DECIDES,
            True,
            [("54", "The partnership board can recommend but not decide. Send this to each council")],
        ),
        (
            BodyType.JOINT_COMMITTEE,
            Authority.RECOMMENDS,
            False,
            [("54", "The joint committee can recommend but not decide. Send this to each council")],
        ),
        (
            BodyType.JOINT_COMMITTEE,
            Authority.DECIDES,
            True,
            [
                (
                    "55",
                    (
                        "Approving the business case is reserved to each council. "
                        "Record a recommendation instead"
                    ),
                )
            ],
        ),
        (BodyType.JOINT_COMMITTEE, Authority.DECIDES, False, []),
    ],
)
def test_resolution_by_a_body(
    body_type: str, authority: str, is_reserved: bool, expected: list[tuple[str, str]]
) -> None:
    check = lambda: checks.check_resolve(body_type, authority, is_reserved, Matter.BUSINESS_CASE)  # noqa: E731
    assert refusals(check) == expected


def key_decision(on: date, **facts: object) -> list[tuple[str, str]]:
    one = answer("Ashmere", **facts)
    return refusals(lambda: checks.check_key_decision_on(one, proposal(one, is_key=True), day(on)))


def too_early(when: str) -> list[tuple[str, str]]:
    return [("59", f"Earliest date for this key decision is {when} clear days after notice")]


URGENT = {"urgency": Urgency.GENERAL_EXCEPTION, "urgency_reason": "The lease ends"}
SPECIAL = {"urgency": Urgency.SPECIAL, "urgency_reason": "The roof fell in"}
STEPS = [("60", "Record when the scrutiny chair was told and when the notice was published")]
AGREED = [("61", "Record who agreed that the decision is urgent and cannot reasonably be deferred")]


@pytest.mark.parametrize(
    ("on", "facts", "expected"),
    [
        (date(2026, 9, 29), {"notice": date(2026, 9, 1)}, too_early("30 September 2026, 28")),
        (date(2026, 9, 30), {"notice": date(2026, 9, 1)}, []),
        (date(2027, 1, 20), {"notice": date(2026, 12, 22)}, []),
        (date(2027, 1, 20), {"notice": date(2026, 12, 23)}, too_early("21 January 2027, 28")),
        (date(2027, 1, 20), {}, [("59", "Publish the notice of this key decision first")]),
        (date(2027, 1, 20), {"body": FULL_COUNCIL}, []),
        (date(2027, 1, 20), {"is_key": False}, []),
        (date(2027, 1, 20), {"notice": date(2026, 12, 23), **URGENT}, STEPS),
        (date(2027, 1, 20), {**URGENT, "scrutiny_chair_told_on": date(2027, 1, 11)}, STEPS),
        (
            date(2027, 1, 18),
            {**URGENT, "scrutiny_chair_told_on": date(2027, 1, 8), "urgency_notice_on": date(2027, 1, 11)},
            too_early("19 January 2027, 5"),
        ),
        (
            date(2027, 1, 19),
            {**URGENT, "scrutiny_chair_told_on": date(2027, 1, 8), "urgency_notice_on": date(2027, 1, 11)},
            [],
        ),
        (
            date(2027, 1, 19),
            {
                "urgency": Urgency.GENERAL_EXCEPTION,
                "scrutiny_chair_told_on": date(2027, 1, 8),
                "urgency_notice_on": date(2027, 1, 11),
            },
            [("60", "Explain why 28 days’ notice is impracticable")],
        ),
        (date(2027, 1, 20), SPECIAL, AGREED),
        (date(2027, 1, 20), {**SPECIAL, "urgency_agreed_by": "Cllr Moss, scrutiny chair"}, AGREED),
        (
            date(2027, 1, 20),
            {**SPECIAL, "urgency_agreed_by": "Cllr Moss", "urgency_agreed_on": date(2027, 1, 21)},
            AGREED,
        ),
        (
            date(2027, 1, 20),
            {**SPECIAL, "urgency_agreed_by": "Cllr Moss", "urgency_agreed_on": date(2027, 1, 20)},
            [],
        ),
    ],
)
def test_day_of_a_key_decision(on: date, facts: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert key_decision(on, **facts) == expected


def test_days_of_notice_count_as_the_council_counts() -> None:
    working = replace(own_rules(), notice_unit="working")
    one = {"notice": date(2026, 12, 1), "own_rules": (working,)}
    assert key_decision(date(2027, 1, 13), **one) == too_early("14 January 2027, 28")
    closed = {**one, "closures": (date(2026, 12, 29),)}
    assert key_decision(date(2027, 1, 14), **closed) == too_early("15 January 2027, 28")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, [("reg 5", "Publish the first notice of the private meeting first")]),
        (
            {"private_notice_on": date(2026, 12, 22)},
            [("reg 5", "Publish the second notice of the private meeting first")],
        ),
        (
            {"private_notice_on": date(2026, 12, 23), "private_second_notice_on": date(2027, 1, 12)},
            [
                (
                    "reg 5",
                    "Earliest date for this private meeting is 21 January 2027, 28 clear days after notice",
                )
            ],
        ),
        (
            {"private_notice_on": date(2026, 12, 22), "private_second_notice_on": date(2027, 1, 13)},
            [
                (
                    "reg 5",
                    "Earliest date for this private meeting is 21 January 2027, 5 clear days after notice",
                )
            ],
        ),
        ({"private_notice_on": date(2026, 12, 22), "private_second_notice_on": date(2027, 1, 12)}, []),
        ({**SPECIAL, "urgency_agreed_by": "Cllr Moss", "urgency_agreed_on": date(2027, 1, 19)}, []),
    ],
)
def test_notices_of_a_private_meeting(facts: dict[str, object], expected: list[tuple[str, str]]) -> None:
    one = answer("Ashmere", is_private=True, **facts)
    assert refusals(lambda: checks.check_private_notices(one, day(date(2027, 1, 20)))) == expected


def in_call_in(*others: Answer, **facts: object) -> Proposal:
    one = answer("Ashmere", state=APPROVED, decided=date(2026, 12, 16), published=date(2026, 12, 18))
    return proposal(one, *others, **{"state": DecisionState.CALLIN, **facts})


RUNNING = "Call-in is open until 5pm on 29 December 2026. Nothing can be implemented before then"


@pytest.mark.parametrize(
    ("decision", "on", "message"),
    [
        (in_call_in(), date(2026, 12, 21), RUNNING),
        (in_call_in(), date(2026, 12, 29), RUNNING),
        (
            in_call_in(not_before_on=date(2027, 4, 1)),
            date(2026, 12, 30),
            "This decision takes effect on 1 April 2027. Nothing can be implemented before then",
        ),
        (
            in_call_in(conditions=(Condition("Sign the lease"),)),
            date(2026, 12, 30),
            "A condition is not met: Sign the lease. Nothing can be implemented before then",
        ),
        (
            in_call_in(answer("Carrick"), state=DecisionState.RATIFYING),
            date(2026, 12, 30),
            "Carrick has not decided yet. Nothing can be implemented before then",
        ),
        (
            in_call_in(state=DecisionState.WITHDRAWN),
            date(2026, 12, 30),
            "This decision is not in effect: withdrawn. Nothing can be implemented",
        ),
    ],
)
def test_implementing_before_it_is_in_effect(decision: Proposal, on: date, message: str) -> None:
    assert refusals(lambda: checks.check_implement(decision, day(on))) == [("62", message)]


def test_implementing_while_called_in_and_after() -> None:
    raised = CallInFact(datetime(2026, 12, 21, 9, tzinfo=UTC))
    one = replace(in_call_in().answers[0], call_ins=(raised,))
    called = proposal(one, state=DecisionState.CALLED_IN)
    message = (
        "This decision has been called in by Ashmere. Nothing can be implemented until scrutiny has answered"
    )
    assert refusals(lambda: checks.check_implement(called, day(date(2027, 1, 5)))) == [("62", message)]
    done = in_call_in(state=DecisionState.EFFECTIVE)
    assert refusals(lambda: checks.check_implement(done, day(date(2026, 12, 30)))) == []


SIGNED = ("Cllr Khan", "Cllr Lee", "Cllr Moss")
BROCKVALE = answer(
    "Brockvale",
    state=APPROVED,
    decided=date(2026, 12, 16),
    published=date(2026, 12, 18),
    own_rules=(replace(own_rules(), min_members=3),),
)


def call_in(
    moment: datetime, one: Answer = BROCKVALE, signed: tuple[str, ...] = SIGNED, **facts: object
) -> list[tuple[str, str]]:
    decision = proposal(one, **{"state": DecisionState.CALLIN, **facts})
    return refusals(lambda: checks.check_call_in(moment, one, signed, decision, HOLIDAYS))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


CAN_BE_CALLED_IN = {
    DecisionState.RATIFYING,
    DecisionState.RESOLVED,
    DecisionState.CALLIN,
    DecisionState.CALLED_IN,
    DecisionState.BLOCKED,
    DecisionState.IN_DISPUTE,
    DecisionState.PROCEEDING_WITHOUT,
}
LATE = [("63", "Call-in closed at 5pm on 29 December 2026")]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (london("2026-12-18T09:00"), []),
        (london("2026-12-29T16:59"), []),
        (london("2026-12-29T17:00"), []),
        (london("2026-12-29T17:00:01"), LATE),
        (london("2026-12-29T17:01"), LATE),
    ],
)
def test_call_in_to_the_minute(moment: datetime, expected: list[tuple[str, str]]) -> None:
    assert call_in(moment) == expected


def test_call_in_of_what_is_in_effect_or_has_ended() -> None:
    moment, no = london("2026-12-18T09:00"), "so it cannot be called in"
    said = {state: call_in(moment, state=state) for state in DecisionState}
    assert {state: found[0] for state, found in said.items() if found} == {
        state: ("65", f"This decision is at the stage “{state.label}”, {no}")
        for state in DecisionState
        if state not in CAN_BE_CALLED_IN
    }


@pytest.mark.parametrize(
    ("published", "in_time", "late", "message"),
    [
        (
            date(2026, 3, 23),
            datetime(2026, 3, 30, 15, 59, tzinfo=UTC),
            datetime(2026, 3, 30, 16, 1, tzinfo=UTC),
            "Call-in closed at 5pm on 30 March 2026",
        ),
        (
            date(2026, 10, 19),
            datetime(2026, 10, 26, 16, 59, tzinfo=UTC),
            datetime(2026, 10, 26, 17, 1, tzinfo=UTC),
            "Call-in closed at 5pm on 26 October 2026",
        ),
    ],
)
def test_call_in_across_a_change_of_the_clocks(
    published: date, in_time: datetime, late: datetime, message: str
) -> None:
    one = replace(BROCKVALE, published_on=published)
    assert (call_in(in_time, one), call_in(late, one)) == ([], [("63", message)])


MONDAY = london("2026-12-21T09:00")
KEY_ONLY = replace(own_rules(), call_in_scope=CallInScope.KEY_ONLY, min_members=3)


@pytest.mark.parametrize(
    ("one", "signed", "expected"),
    [
        (BROCKVALE, SIGNED[:2], [("64", "3 councillors are needed. 2 have signed")]),
        (BROCKVALE, ("Cllr Khan", "cllr khan ", " "), [("64", "3 councillors are needed. 1 has signed")]),
        (
            replace(BROCKVALE, own_rules=(own_rules(),)),
            SIGNED,
            [("64", "Record how many councillors of Brockvale must sign a call-in first")],
        ),
        (
            replace(BROCKVALE, approval_body=FULL_COUNCIL),
            SIGNED,
            [("65", "Full council decisions cannot be called in")],
        ),
        (
            replace(BROCKVALE, has_executive=False),
            SIGNED,
            [("65", "Committee decisions cannot be called in")],
        ),
        (
            replace(BROCKVALE, approval_body=ApprovalBody.OFFICER),
            SIGNED,
            [("65", "Officer decisions that are not key cannot be called in")],
        ),
        (
            replace(BROCKVALE, own_rules=(KEY_ONLY,)),
            SIGNED,
            [("65", "Only key decisions of Brockvale can be called in")],
        ),
        (
            replace(BROCKVALE, is_exempt_from_callin=True, callin_exempt_reason="Delay would cost £40,000"),
            SIGNED,
            [("65", "This decision is exempt from call-in. Delay would cost £40,000")],
        ),
        (
            replace(BROCKVALE, published_on=None),
            SIGNED,
            [("63", "Brockvale has not published its decision yet. Call-in starts then")],
        ),
        (
            replace(BROCKVALE, call_ins=(CallInFact(MONDAY),)),
            SIGNED,
            [("63", "Brockvale’s decision was already called in at 9am on 21 December 2026")],
        ),
        (
            replace(
                BROCKVALE,
                call_ins=(
                    CallInFact(MONDAY, CallInOutcome.NO_ACTION, date(2026, 12, 21), date(2026, 12, 21)),
                ),
            ),
            SIGNED,
            [("65", "Brockvale’s decision has been called in once and cannot be again")],
        ),
    ],
)
def test_call_in_that_does_not_apply(
    one: Answer, signed: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert call_in(MONDAY, one, signed) == expected


def test_withdrawing_what_has_brought_a_plan_into_force() -> None:
    message = "Plan version 2 took effect with this decision. Change it by a new decision"
    assert refusals(lambda: checks.check_withdraw(["Plan version 2"])) == [("INV-14", message)]
    assert refusals(lambda: checks.check_withdraw([])) == []


def test_approval_of_other_words() -> None:
    message = "Carrick approved a different wording. Record it as approved with amendments"
    assert refusals(lambda: checks.check_same_text("Carrick", APPROVED, "a", "b")) == [("66", message)]
    assert refusals(lambda: checks.check_same_text("Carrick", CHANGED, "a", "b")) == []
    assert refusals(lambda: checks.check_same_text("Carrick", APPROVED, "a", "a")) == []


@pytest.mark.parametrize(
    ("is_severable", "has_case", "expected"),
    [
        (False, True, [("67", "This decision needs all councils. Propose a new version")]),
        (True, False, [("68", "Run the business case without Carrick first")]),
        (True, True, []),
    ],
)
def test_going_ahead_without_a_council(
    is_severable: bool, has_case: bool, expected: list[tuple[str, str]]
) -> None:
    decision = proposal(answer("Carrick"), is_severable=is_severable)
    assert refusals(lambda: checks.check_proceed_without(decision, ["Carrick"], has_case)) == expected


REASONS = ("69", "Enter the reasons for the decision")
OPTIONS = ("69", 'Enter the options rejected, or "none considered"')


@pytest.mark.parametrize(
    ("reasons", "options", "expected"),
    [
        (" ", "", [REASONS, OPTIONS]),
        ("", "none considered", [REASONS]),
        ("It saves money", "\n", [OPTIONS]),
        ("It saves money", "none considered", []),
    ],
)
def test_record_of_a_decision(reasons: str, options: str, expected: list[tuple[str, str]]) -> None:
    assert refusals(lambda: checks.check_record(reasons, options)) == expected


def test_council_that_has_still_to_decide_cannot_be_called_in() -> None:
    one = replace(BROCKVALE, state=AWAITING, published_on=None, decided=None)
    assert call_in(MONDAY, one) == [
        ("63", "Brockvale has not published its decision yet. Call-in starts then")
    ]
