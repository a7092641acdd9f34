"""Seven decisions of three councils as they stood on 24 November 2026."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from core.rules.calendar import bank_holidays
from core.rules.dates import ImpreciseDate
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState
from governance.rules.facts import Answer, Day, OwnRules, Proposal
from programme.enums import DayUnit

CABINET = ApprovalBody.EXECUTIVE
MEMBER = ApprovalBody.EXECUTIVE_MEMBER
FULL_COUNCIL = ApprovalBody.FULL_COUNCIL
APPROVED = CouncilDecisionState.APPROVED
AWAITING = CouncilDecisionState.AWAITING
CHANGED = CouncilDecisionState.APPROVED_AMENDED
DEFERRED = CouncilDecisionState.DEFERRED
REJECTED = CouncilDecisionState.REJECTED

TODAY = date(2026, 11, 24)
PUBLICATION_DAYS = {"Ashmere": 2, "Brockvale": 2, "Carrick": 1}


def day(as_of: date = TODAY) -> Day:
    """The day that is asked about, with England's bank holidays."""
    return Day(as_of, bank_holidays())


def own_rules(
    publication_days: int = 2, call_in_days: int = 5, unit: str = DayUnit.WORKING, cut_off: time = time(17)
) -> OwnRules:
    """A council's own rules from 1 April 2020 on."""
    return OwnRules(date(2020, 4, 1), call_in_days, unit, cut_off, publication_days)


def answer(
    council: str,
    body: str = CABINET,
    state: str = AWAITING,
    *,
    decided: date | None = None,
    published: date | None = None,
    meets: date | None = None,
    notice: date | None = None,
    **others: Any,
) -> Answer:
    """One council's answer, with the rules of the three councils of the story."""
    facts: dict[str, Any] = {
        "text_number": 1 if decided and state != DEFERRED else None,
        "own_rules": (own_rules(PUBLICATION_DAYS.get(council, 2)),),
        **others,
    }
    return Answer(
        council,
        body,
        state,
        decided=ImpreciseDate.day(decided) if decided else None,
        published_on=published,
        next_meeting_on=meets,
        notice_published_on=notice,
        **facts,
    )


def proposal(*answers: Answer, state: str = DecisionState.RATIFYING, **others: Any) -> Proposal:
    """A recommendation of the joint steering group to these councils."""
    facts: dict[str, Any] = {
        "text_number": 1,
        "body": "Joint steering group",
        "body_verb": "recommended",
        **others,
    }
    return Proposal(state=state, answers=answers, **facts)


def joint_committee() -> Proposal:
    """D-10: on tonight's agenda; a key decision that Carrick takes in full council."""
    return proposal(
        answer("Ashmere", meets=date(2026, 12, 16), notice=date(2026, 11, 16)),
        answer("Brockvale", meets=date(2027, 1, 6)),
        answer("Carrick", FULL_COUNCIL, meets=date(2027, 1, 14)),
        state=DecisionState.TABLED,
        is_key=True,
        summary="recommend delegation to one joint committee",
        meeting_on=TODAY,
    )


def compensation() -> Proposal:
    """D-11: on tonight's agenda; a key decision of three cabinets."""
    return proposal(
        answer("Ashmere", meets=date(2027, 1, 20)),
        answer("Brockvale", meets=date(2027, 2, 3)),
        answer("Carrick", meets=date(2027, 2, 4)),
        state=DecisionState.TABLED,
        is_key=True,
        summary="recommend £35,799.19",
        meeting_on=TODAY,
    )


def pay_and_grading() -> Proposal:
    """D-07: Brockvale changed version 1; version 2 is on tonight's agenda."""
    return proposal(
        answer(
            "Ashmere",
            state=APPROVED,
            decided=date(2026, 9, 16),
            published=date(2026, 9, 18),
            meets=date(2027, 1, 20),
        ),
        answer(
            "Brockvale",
            state=CHANGED,
            decided=date(2026, 10, 7),
            published=date(2026, 10, 9),
            meets=date(2027, 2, 3),
        ),
        answer(
            "Carrick",
            state=APPROVED,
            decided=date(2026, 10, 8),
            published=date(2026, 10, 9),
            meets=date(2027, 2, 4),
        ),
        state=DecisionState.BLOCKED,
        text_number=2,
        is_key=True,
        meeting_on=TODAY,
        recommended_on=date(2026, 7, 14),
    )


def _answered_before(council: str, state: str, decided: date, published: date, meets: date) -> Answer:
    return answer(council, state=state, decided=decided, published=published, meets=meets)


def data_sharing() -> Proposal:
    """D-08: two councils approved; Carrick put it off."""
    return proposal(
        answer("Ashmere", MEMBER, APPROVED, decided=date(2026, 10, 14), published=date(2026, 10, 16)),
        answer("Brockvale", state=APPROVED, decided=date(2026, 10, 21), published=date(2026, 10, 23)),
        answer("Carrick", state=DEFERRED, decided=date(2026, 11, 5), meets=date(2026, 12, 3)),
        recommended_on=date(2026, 9, 22),
    )


def ict_contract() -> Proposal:
    """D-09: every council approved; Brockvale's call-in is open."""
    return proposal(
        answer("Ashmere", state=APPROVED, decided=date(2026, 10, 21), published=date(2026, 10, 23)),
        answer("Brockvale", state=APPROVED, decided=date(2026, 11, 18), published=date(2026, 11, 20)),
        answer("Carrick", state=APPROVED, decided=date(2026, 11, 5), published=date(2026, 11, 6)),
        state=DecisionState.CALLIN,
        is_key=True,
        text_hash="7c41e09a" + 56 * "0",
        recommended_on=date(2026, 9, 22),
    )


def current_plan() -> Proposal:
    """D-06: in effect."""
    return proposal(
        answer("Ashmere", state=APPROVED, decided=date(2026, 6, 3), published=date(2026, 6, 5)),
        answer("Brockvale", state=APPROVED, decided=date(2026, 6, 10), published=date(2026, 6, 12)),
        answer("Carrick", state=APPROVED, decided=date(2026, 6, 11), published=date(2026, 6, 12)),
        state=DecisionState.EFFECTIVE,
        is_key=True,
        summary="ICT saving earlier, office saving later",
        recommended_on=date(2026, 5, 12),
    )
