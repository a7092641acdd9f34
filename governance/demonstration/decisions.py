"""Decisions of the demonstration programme and what each council did with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from core.rules.calendar import add_working_days
from core.rules.notice import call_in_period, programme_effective_on
from governance.demonstration.money import COUNCILS
from governance.demonstration.timing import Timing
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionKind, DecisionState

CALL_IN_DAYS = 5
CALL_IN_CUT_OFF = time(17)
PUBLICATION_DAYS = (2, 2, 1)  # working days from decision to publication, by council
STEERING_GROUP = "JSG"

AWAITING, APPROVED = CouncilDecisionState.AWAITING, CouncilDecisionState.APPROVED
CABINET, FULL_COUNCIL = ApprovalBody.EXECUTIVE, ApprovalBody.FULL_COUNCIL


@dataclass(frozen=True)
class Answer:
    """What one council did, or when it will decide."""

    state: CouncilDecisionState = AWAITING
    body: ApprovalBody = CABINET
    decided: date | None = None
    next_meeting: date | None = None
    notice: date | None = None
    statement: str = ""


@dataclass(frozen=True)
class Proposal:
    """One decision and the three councils' answers, in their order."""

    ref: str
    title: str
    summary: str
    text: str
    reasons: str
    state: DecisionState
    answers: tuple[Answer, Answer, Answer]
    meeting: date
    recommended: date | None = None
    is_key: bool = False
    number: int = 1
    plan_version: int | None = None


def decisions_section(timing: Timing) -> list[dict[str, Any]]:
    """The decisions as a case file writes them, in the order of their number."""
    found = [*_in_effect(timing), _blocked(timing), *_waiting(timing), *_tonight(timing)]
    return [_decision(proposal, timing) for proposal in found]


def plan_in_effect(timing: Timing, number: int) -> date:
    """When plan version `number` came into effect, by the decision that approved it."""
    return _effective(_in_effect(timing)[number - 1], timing)


def plan_approved(timing: Timing, number: int) -> date:
    """When the last council approved plan version `number`."""
    return max(answer.decided for answer in _in_effect(timing)[number - 1].answers if answer.decided)


def joint_committee_in_force(timing: Timing) -> date:
    """The earliest day for the joint committee, D-10, if each council approves when it meets."""
    return _effective(_joint_committee(timing), timing)


def _in_effect(timing: Timing) -> list[Proposal]:
    early = timing.early
    return [
        Proposal(
            "D-05", "Business case and cost sharing", "Savings by population, one-off cost equally",
            "The councils share revenues and benefits, ICT and offices as business case BC-1, version 1, "
            "sets out. Savings and running costs are shared by population. One-off costs are shared equally. "
            "Each council pays its own contract exit.",
            "The case saves £480,000 a year from its fourth year, for £750,000 of joint one-off cost and "
            "£250,000 for Carrick’s contract exit.",
            DecisionState.EFFECTIVE,
            _approved_on(early(date(2026, 2, 18)), early(date(2026, 2, 25)), early(date(2026, 3, 5))),
            early(date(2026, 1, 27)), early(date(2026, 1, 27)), is_key=True, plan_version=1,
        ),
        Proposal(
            "D-06", "Current plan, version 2", "ICT saving earlier, office saving later",
            f"ICT saves from July {timing.base_fy}, fifteen months earlier than first planned. Offices save "
            f"from April {timing.base_fy + 3}, six months later. All else stays as in version 1.",
            "The licences could be bought together at once. The lease of Brockvale’s annexe ends later than "
            "first thought. The six years together save the same.",
            DecisionState.EFFECTIVE,
            _approved_on(early(date(2026, 6, 3)), early(date(2026, 6, 10)), early(date(2026, 6, 11))),
            early(date(2026, 5, 19)), early(date(2026, 5, 19)), is_key=True, plan_version=2,
        ),
    ]  # fmt: skip


def _blocked(timing: Timing) -> Proposal:
    past, day = timing.past, timing.day
    change = "Approved with one change: paragraph 4 protects pay for two years, not three."
    return Proposal(
        "D-07", "Shared pay and grading", "Recommend version 2",
        "The councils adopt one pay and grading structure for shared teams. Paragraph 4, in answer to "
        "Brockvale: pay is protected for two years, with a review after the first.",
        "One team cannot work on three pay structures. Version 1 is blocked because the councils differ.",
        DecisionState.BLOCKED,
        (
            Answer(APPROVED, decided=past(date(2026, 9, 16)), next_meeting=day(date(2027, 1, 20))),
            Answer(
                CouncilDecisionState.APPROVED_AMENDED, decided=past(date(2026, 10, 7)),
                next_meeting=day(date(2027, 2, 3)), statement=change,
            ),
            Answer(APPROVED, decided=past(date(2026, 10, 8)), next_meeting=day(date(2027, 2, 4))),
        ),
        timing.meeting_day, past(date(2026, 7, 14)), is_key=True, number=2,
    )  # fmt: skip


def _waiting(timing: Timing) -> list[Proposal]:
    past, day = timing.past, timing.day
    recommended = past(date(2026, 9, 22))
    deferred = Answer(
        CouncilDecisionState.DEFERRED, decided=past(date(2026, 11, 5)),
        next_meeting=day(date(2026, 12, 3)),
        statement="Put off until the cabinet has seen the data protection assessment.",
    )  # fmt: skip
    ashmere, brockvale = past(date(2026, 10, 14)), past(date(2026, 10, 21))
    ict_ashmere, ict_brockvale, ict_carrick = _approved_on(
        past(date(2026, 10, 21)), past(date(2026, 11, 18)), past(date(2026, 11, 5))
    )
    return [
        Proposal(
            "D-08", "Data-sharing agreement", "",
            "The councils sign one data-sharing agreement for revenues and benefits records.",
            "Records cannot be moved, not even for a test, without it.",
            DecisionState.RATIFYING,
            (
                Answer(APPROVED, ApprovalBody.EXECUTIVE_MEMBER, ashmere),
                Answer(APPROVED, decided=brockvale),
                deferred,
            ),
            recommended, recommended,
        ),
        Proposal(
            "D-09", "Shared ICT contract", "",
            "The councils buy one service desk and one set of licences together.",
            "Three contracts end within the year. Bought together they cost £48,000 a year less.",
            DecisionState.CALLIN, (ict_ashmere, ict_brockvale, ict_carrick), recommended, recommended,
            is_key=True,
        ),
    ]  # fmt: skip


def _tonight(timing: Timing) -> list[Proposal]:
    day = timing.day
    return [
        _joint_committee(timing),
        Proposal(
            "D-11", "Compensation for Carrick", "Recommend £35,799.19",
            "Ashmere pays Carrick £16,711.32 and Brockvale pays Carrick £19,087.87, so that no council is "
            "worse off at present value.",
            "Carrick’s contract exit of £250,000 falls on Carrick alone. Without compensation Carrick would "
            "lose £35,799.19 at present value over the six years.",
            DecisionState.TABLED,
            (
                Answer(next_meeting=day(date(2027, 1, 20))),
                Answer(next_meeting=day(date(2027, 2, 3))),
                Answer(next_meeting=day(date(2027, 2, 4))),
            ),
            timing.meeting_day, is_key=True,
        ),
    ]  # fmt: skip


def _joint_committee(timing: Timing) -> Proposal:
    day = timing.day
    return Proposal(
        "D-10", "Joint committee for revenues and benefits",
        "Recommend delegation to one joint committee",
        "Each council delegates revenues and benefits to one joint committee of three members a council.",
        "One body must answer for the shared service before records are moved.",
        DecisionState.TABLED,
        (
            Answer(next_meeting=day(date(2026, 12, 16)), notice=timing.notice(date(2026, 11, 16))),
            Answer(next_meeting=day(date(2027, 1, 6))),
            Answer(body=FULL_COUNCIL, next_meeting=day(date(2027, 1, 14))),
        ),
        timing.meeting_day, is_key=True,
    )  # fmt: skip


def _approved_on(ashmere: date, brockvale: date, carrick: date) -> tuple[Answer, Answer, Answer]:
    return (
        Answer(APPROVED, decided=ashmere),
        Answer(APPROVED, decided=brockvale),
        Answer(APPROVED, decided=carrick),
    )


def _effective(proposal: Proposal, timing: Timing) -> date:
    """The latest of the three councils' own effective dates (F-31)."""
    days = [_effective_for(index, answer, timing) for index, answer in enumerate(proposal.answers)]
    effective_on = programme_effective_on(days)
    assert effective_on is not None  # noqa: S101 - every answer of these proposals has a day
    return effective_on


def _effective_for(index: int, answer: Answer, timing: Timing) -> date | None:
    decided = answer.decided or answer.next_meeting
    if decided is None or answer.body == FULL_COUNCIL:
        return decided
    published = _published(index, decided, timing)
    return call_in_period(published, CALL_IN_DAYS, CALL_IN_CUT_OFF, timing.holidays).effective_on


def _published(index: int, decided: date, timing: Timing) -> date:
    return add_working_days(decided, PUBLICATION_DAYS[index], timing.holidays)


def _decision(proposal: Proposal, timing: Timing) -> dict[str, Any]:
    approves = proposal.plan_version
    entry: dict[str, Any] = {
        "id": proposal.ref,
        "label": proposal.title,
        "summary": proposal.summary or None,
        "body_id": STEERING_GROUP,
        "kind": DecisionKind.RECOMMENDATION.value,
        "state": proposal.state.value,
        "text": proposal.text,
        "version": proposal.number,
        "reasons": proposal.reasons,
        "is_key": proposal.is_key,
        "meeting_on": proposal.meeting.isoformat(),
        "recommended_on": _iso(proposal.recommended),
        "plan_version": approves,
        "business_case": {"case": "BC-1", "version": 1} if approves == 1 else None,
    }
    entry["councils"] = [
        _council_decision(index, answer, timing) for index, answer in enumerate(proposal.answers)
    ]
    return entry


def _council_decision(index: int, answer: Answer, timing: Timing) -> dict[str, Any]:
    is_published = answer.decided is not None and answer.state != CouncilDecisionState.DEFERRED
    published = _published(index, answer.decided, timing) if answer.decided and is_published else None
    return {
        "council": COUNCILS[index],
        "approval_body": answer.body.value,
        "state": answer.state.value,
        "version": 1 if answer.decided else None,
        "decided": _iso(answer.decided),
        "published_on": _iso(published),
        "next_meeting_on": _iso(answer.next_meeting),
        "notice_published_on": _iso(answer.notice),
        "statement": answer.statement or None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
