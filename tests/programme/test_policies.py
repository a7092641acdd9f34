"""Who may update a milestone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import User
from programme.enums import MemberStatus, MilestoneState
from programme.models import Membership, Milestone, Programme
from programme.policies import (
    CANCELLED,
    NOT_YOURS,
    check_update_milestone,
    powers_of,
)
from tests.factories import (
    MilestoneFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
)

pytestmark = pytest.mark.django_db

R = RoleName
ALL = {"joint", "ashmere", "two", "mine"}
# Which of four milestones a person with this one role may update: of all partners, of the first council, of
# the first two, and their own.
BY_PARTNERSHIP_ROLE = {
    R.PROGRAMME_MANAGER: ALL,
    R.COUNCIL_LEAD: {"mine"},
    R.FINANCE_OFFICER: {"mine"},
    R.S151: {"mine"},
    R.MEMBER: {"mine"},
    R.SCRUTINY_MEMBER: {"mine"},
    R.DEMOCRATIC_SERVICES: {"mine"},
    R.AUDITOR: set(),
}
BY_COUNCIL_ROLE = BY_PARTNERSHIP_ROLE | {
    R.PROGRAMME_MANAGER: {"mine"},
    R.COUNCIL_LEAD: {"ashmere", "mine"},
}


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


def milestones(programme: Programme, owner: User) -> dict[str, Milestone]:
    first, second, _ = councils_of(programme)
    made = {name: MilestoneFactory(programme=programme) for name in ("joint", "ashmere", "two")}
    made["ashmere"].councils.set([first])
    made["two"].councils.set([first, second])
    return made | {"mine": MilestoneFactory(programme=programme, owner=owner)}


def allowed(programme: Programme, user: User) -> set[str]:
    powers = powers_of(user)
    return {name for name, milestone in milestones(programme, user).items() if powers.may_update(milestone)}


@pytest.mark.parametrize(("name", "expected"), BY_PARTNERSHIP_ROLE.items())
def test_role_for_the_partnership(programme: Programme, name: RoleName, expected: set[str]) -> None:
    user = UserFactory()
    role(user, name, partnership=programme.partnership)
    assert allowed(programme, user) == expected


@pytest.mark.parametrize(("name", "expected"), BY_COUNCIL_ROLE.items())
def test_role_for_the_first_council(programme: Programme, name: RoleName, expected: set[str]) -> None:
    user = UserFactory()
    role(user, name, council=councils_of(programme)[0])
    assert allowed(programme, user) == expected


def test_lead_of_both_councils_may_update_what_both_own(programme: Programme) -> None:
    user = UserFactory()
    for council in councils_of(programme)[:2]:
        role(user, R.COUNCIL_LEAD, council=council)
    assert allowed(programme, user) == {"ashmere", "two", "mine"}


def test_administrator_and_stranger_may_update_nothing(programme: Programme) -> None:
    administrator, stranger = UserFactory(), UserFactory()
    role(administrator, R.ADMINISTRATOR)
    role(stranger, R.PROGRAMME_MANAGER, partnership=PartnershipFactory())
    assert allowed(programme, administrator) == set()
    assert allowed(programme, stranger) == set()
    assert allowed(programme, UserFactory()) == set()


def test_role_that_has_ended_or_not_begun_gives_nothing(programme: Programme) -> None:
    user = UserFactory()
    role(user, R.PROGRAMME_MANAGER, partnership=programme.partnership, to_on=date(2020, 12, 31))
    role(user, R.PROGRAMME_MANAGER, partnership=programme.partnership, from_on=date(2199, 1, 1))
    assert allowed(programme, user) == set()


def test_lead_of_a_council_that_left_may_update_nothing(programme: Programme) -> None:
    user = UserFactory()
    council = councils_of(programme)[0]
    role(user, R.COUNCIL_LEAD, council=council)
    Membership.objects.filter(council=council).update(status=MemberStatus.LEFT)
    assert allowed(programme, user) == set()


def test_check_gives_the_reason(programme: Programme) -> None:
    user = UserFactory()
    role(user, R.MEMBER, partnership=programme.partnership)
    with pytest.raises(PermissionDenied, match=NOT_YOURS):
        check_update_milestone(user, MilestoneFactory(programme=programme))


def test_cancelled_milestone_changes_for_nobody(programme: Programme) -> None:
    user = UserFactory()
    role(user, R.PROGRAMME_MANAGER, partnership=programme.partnership)
    milestone = MilestoneFactory(programme=programme, stated_state=MilestoneState.CANCELLED)
    assert not powers_of(user).may_update(milestone)
    with pytest.raises(PermissionDenied, match=CANCELLED):
        check_update_milestone(user, milestone)
