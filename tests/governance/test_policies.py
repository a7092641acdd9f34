"""Who may do what about decisions: a row a person, a column a power (domain.md section 5)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal
from governance import policies
from governance.models import CouncilDecision, Decision
from programme.enums import MemberStatus
from programme.models import Council, Programme
from tests.factories import (
    CouncilDecisionFactory,
    CouncilFactory,
    DecisionFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
)

pytestmark = pytest.mark.django_db

POWERS = (
    "draft",
    "lead",
    "clerk",
    "resolve",
    "basis",
    "record",
    "route",
    "schedule",
    "call_in",
    "condition",
    "own_condition",
)
# In the order of POWERS; the person holds the role for the council that is asked, or the partnership.
TABLE = {
    RoleName.PROGRAMME_MANAGER: "yyy....y.y.",
    RoleName.SRO: ".yy......y.",
    RoleName.COUNCIL_LEAD: "...........",
    RoleName.FINANCE_OFFICER: "...........",
    RoleName.S151: "...........",
    RoleName.MEMBER: "...........",
    RoleName.SCRUTINY_MEMBER: "........y..",
    RoleName.MONITORING_OFFICER: "....y.yy..y",
    RoleName.DEMOCRATIC_SERVICES: "..yy.y.yy.y",
    RoleName.HR_LEAD: "...........",
    RoleName.AUDITOR: "...........",
}
JOINT = {RoleName.PROGRAMME_MANAGER, RoleName.SRO, RoleName.AUDITOR}


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


def asked_of(programme: Programme, council: Council) -> CouncilDecision:
    return CouncilDecisionFactory(decision=DecisionFactory(programme=programme), council=council)


def powers_in_words(user: User, asked: CouncilDecision) -> str:
    powers = policies.powers_of(user, asked.decision.programme)
    found = (
        policies.can_draft(powers),
        policies.can_lead(powers),
        policies.can_clerk(powers),
        policies.can_record_resolution(powers),
        policies.can_confirm_basis(powers),
        policies.can_record_for(powers, asked),
        policies.can_set_route(powers, asked),
        policies.can_schedule(powers, asked),
        policies.can_raise_call_in(powers, asked),
        policies.can_meet_condition(powers, None),
        policies.can_meet_condition(powers, asked.council),
    )
    return "".join("y" if one else "." for one in found)


@pytest.mark.parametrize("name", TABLE)
def test_powers_of_each_role(programme: Programme, name: RoleName) -> None:
    council, user = councils_of(programme)[0], UserFactory()
    scope = {"partnership": programme.partnership} if name in JOINT else {"council": council}
    role(user, name, **scope)
    assert powers_in_words(user, asked_of(programme, council)) == TABLE[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (RoleName.DEMOCRATIC_SERVICES, "..yy......."),
        (RoleName.MONITORING_OFFICER, "....y......"),
        (RoleName.SCRUTINY_MEMBER, "..........."),
    ],
)
def test_officers_of_another_council_act_only_for_the_joint_body(
    programme: Programme, name: RoleName, expected: str
) -> None:
    own, other = councils_of(programme)[:2]
    user = UserFactory()
    role(user, name, council=other)
    assert powers_in_words(user, asked_of(programme, own)) == expected


def test_manager_records_for_a_council_that_is_no_partner(programme: Programme) -> None:
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    assert powers_in_words(user, asked_of(programme, CouncilFactory())) == "yyy..yyy.y."


def test_officers_of_a_council_that_left_have_no_power(programme: Programme) -> None:
    council, user = councils_of(programme)[0], UserFactory()
    role(user, RoleName.DEMOCRATIC_SERVICES, council=council)
    programme.partnership.memberships.filter(council=council).update(status=MemberStatus.LEFT)
    assert powers_in_words(user, asked_of(programme, council)) == "..........."


def test_every_refusal_says_whose_it_is(programme: Programme) -> None:
    council = councils_of(programme)[0]
    asked, powers = asked_of(programme, council), policies.powers_of(UserFactory(), programme)
    checks = (
        lambda: policies.check_record_for(powers, asked),
        lambda: policies.check_set_route(powers, asked),
        lambda: policies.check_schedule(powers, asked),
        lambda: policies.check_raise_call_in(powers, asked),
        lambda: policies.check_state_receipt(powers, asked),
        lambda: policies.check_meet_condition(powers, council),
    )
    said = []
    for check in checks:
        with pytest.raises(PermissionDenied) as refused:
            check()
        said.append(str(refused.value))
    assert all(f"Only {council}’s" in one for one in said)


def test_author_of_the_text_cannot_approve_it(programme: Programme) -> None:
    author, other = UserFactory(), UserFactory()
    decision: Decision = DecisionFactory(programme=programme, created_by=author)
    with pytest.raises(Refusal, match="The person who proposed the change cannot approve it"):
        policies.check_not_author(policies.powers_of(author, programme), decision)
    policies.check_not_author(policies.powers_of(other, programme), decision)
