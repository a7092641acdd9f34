"""A programme of three councils with decisions at several stages, on 24 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState
from governance.models import Body, Decision
from programme.models import Council, CouncilSetting, Programme
from tests.factories import (
    BodyFactory,
    CouncilDecisionFactory,
    CouncilFactory,
    DecisionFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    role,
)

NOW = "2026-11-24 09:00:00+00:00"
TODAY = date(2026, 11, 24)
RECOMMENDED_ON = date(2026, 9, 22)
NAMES = ("Ashmere", "Brockvale", "Carrick", "Dunmoor", "Elverton")


def programme_of(count: int = 3) -> Programme:
    """A programme of Ashmere, Brockvale and so on, each with its own rules for decisions."""
    councils = [CouncilFactory(key=name.lower(), short_name=name) for name in NAMES[:count]]
    for council in councils:
        CouncilSetting.objects.create(
            council=council, from_on=date(2020, 4, 1), publication_days=1 if council.key == "carrick" else 2
        )
    partnership = PartnershipFactory(key="abc", name="Joint councils", councils=councils)
    return ProgrammeFactory(key="abc", name="Shared services", partnership=partnership)


def steering_group(programme: Programme) -> Body:
    """A body that recommends."""
    return BodyFactory(partnership=programme.partnership)


def reader_of(programme: Programme) -> User:
    """An auditor of the programme's partnership."""
    user = UserFactory()
    role(user, RoleName.AUDITOR, partnership=programme.partnership)
    return user


def approved(decided: date, published: date, **fields: Any) -> dict[str, Any]:
    """A cabinet's approval of version 1."""
    return {
        "approval_body": ApprovalBody.EXECUTIVE,
        "state": CouncilDecisionState.APPROVED,
        "text_number": 1,
        "decided": decided,
        "published_on": published,
        **fields,
    }


def decision_with(programme: Programme, answers: list[dict[str, Any]], **fields: Any) -> Decision:
    """A decision with one answer for each of the first councils of the programme."""
    decision = DecisionFactory(programme=programme, **fields)
    for index, (council, answer) in enumerate(zip(members(programme), answers, strict=False)):
        CouncilDecisionFactory(decision=decision, council=council, order_index=index, **answer)
    return decision


def members(programme: Programme) -> list[Council]:
    """The partner councils, in their order."""
    return list(programme.partnership.councils.order_by("memberships__order_index"))


def data_sharing(programme: Programme, **fields: Any) -> Decision:
    """Ashmere and Brockvale approved; Carrick put it off to 3 December."""
    deferred = {
        "approval_body": ApprovalBody.EXECUTIVE,
        "state": CouncilDecisionState.DEFERRED,
        "decided": date(2026, 11, 5),
        "next_meeting_on": date(2026, 12, 3),
        "statement": "Put off until the assessment is there.",
    }
    answers = [
        approved(date(2026, 10, 14), date(2026, 10, 16), approval_body=ApprovalBody.EXECUTIVE_MEMBER),
        approved(date(2026, 10, 21), date(2026, 10, 23)),
        deferred,
    ]
    named = {"ref": "D-08", "title": "Data-sharing agreement", "recommended_on": RECOMMENDED_ON}
    return decision_with(programme, answers, **(named | fields))


def ict_contract(programme: Programme, **fields: Any) -> Decision:
    """All approved; Brockvale's call-in closes on 27 November."""
    answers = [
        approved(date(2026, 10, 21), date(2026, 10, 23)),
        approved(date(2026, 11, 18), date(2026, 11, 20)),
        approved(date(2026, 11, 5), date(2026, 11, 6)),
    ]
    named = {
        "ref": "D-09",
        "title": "Shared ICT contract",
        "recommended_on": RECOMMENDED_ON,
        "state": DecisionState.CALLIN,
        "text": "The councils buy together.",
        "text_hash": "7c41e09a" + 56 * "0",
        "reasons": "Three contracts end.",
    }
    return decision_with(programme, answers, **(named | fields))


def current_plan(programme: Programme, **fields: Any) -> Decision:
    """In effect from 20 June 2026."""
    answers = [
        approved(date(2026, 6, 3), date(2026, 6, 5)),
        approved(date(2026, 6, 10), date(2026, 6, 12)),
        approved(date(2026, 6, 11), date(2026, 6, 12)),
    ]
    named = {"ref": "D-06", "title": "Current plan, version 2", "summary": "ICT saving earlier"}
    return decision_with(programme, answers, **(named | {"state": DecisionState.EFFECTIVE} | fields))


def reported(programme: Programme, states: list[CouncilDecisionState], **fields: Any) -> Decision:
    """A decision of which only the outcomes are known."""
    named = {"state": DecisionState.PROCEEDING_WITHOUT, "body_text": "four councils"}
    return decision_with(programme, [{"state": state} for state in states], **(named | fields))
