"""Who opens, proposes, certifies and sees who opened (section 5, "E"): a truth table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.enums import RoleName
from accounts.models import User
from core.enums import PublicationClass
from governance.models import ReportAddition
from governance.publication_policies import (
    can_certify,
    can_open,
    can_propose,
    can_read_access,
    powers_of,
)
from governance.queries.exempt import place_of
from services.models import BusinessCaseAmount
from tests import factories
from tests.governance.exempt_scene import ExemptScene, exempt_scene, release_call_in, seat
from tests.services.factories import amounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ExemptScene:
    made = exempt_scene()
    made.withhold("decisions")
    return made


def asked(scene: ExemptScene, user: User, key: str = "decisions") -> tuple[bool, bool, bool, bool]:
    """Whether the person opens, proposes, certifies, and reads who opened."""
    powers, item = powers_of(user), scene.rows[key]
    place = place_of(item)
    return (
        can_open(powers, item, place),
        can_propose(powers, item, place),
        can_certify(powers, place),
        can_read_access(powers, scene.programme),
    )


NO, OPENS = (False, False, False, False), (True, False, False, False)
OF_PARTNERSHIP = {
    RoleName.PROGRAMME_MANAGER: (True, True, False, False),
    RoleName.SRO: OPENS,
    RoleName.AUDITOR: (True, False, False, True),
    RoleName.MONITORING_OFFICER: (True, True, True, True),
    RoleName.DEMOCRATIC_SERVICES: (True, True, False, False),
    RoleName.HR_LEAD: NO,
    RoleName.MEMBER: NO,
    RoleName.SCRUTINY_MEMBER: NO,
    RoleName.FINANCE_OFFICER: NO,
}
OF_COUNCIL = {
    RoleName.COUNCIL_LEAD: OPENS,
    RoleName.S151: OPENS,
    RoleName.MONITORING_OFFICER: (True, True, True, True),
    RoleName.DEMOCRATIC_SERVICES: (True, True, False, False),
    RoleName.AUDITOR: (True, False, False, True),
    RoleName.FINANCE_OFFICER: NO,
    RoleName.HR_LEAD: NO,
    RoleName.MEMBER: NO,
    RoleName.SCRUTINY_MEMBER: NO,
}


def test_what_each_role_may_do_in_the_programme_and_in_its_council(scene: ExemptScene) -> None:
    jointly = {role: asked(scene, scene.person(role)) for role in OF_PARTNERSHIP}
    assert jointly == OF_PARTNERSHIP
    own = {role: asked(scene, scene.person(role, scene.councils[1])) for role in OF_COUNCIL}
    assert own == OF_COUNCIL


def test_agenda_of_a_council_that_is_not_asked_opens_nothing(scene: ExemptScene) -> None:
    """Else who keeps the agenda of any body could open what they put on it."""
    elsewhere = factories.councils_of(factories.ProgrammeFactory())[0]
    member, own = factories.UserFactory(), factories.UserFactory()
    for council, user in ((elsewhere, member), (scene.councils[0], own)):
        body = factories.BodyFactory(council=council, partnership=None)
        seat(body, user)
        factories.AgendaItemFactory(meeting__body=body, decision=scene.decision)
    assert (asked(scene, member), asked(scene, own)) == (NO, OPENS)


def test_administrator_stranger_and_ended_role_open_nothing(scene: ExemptScene) -> None:
    administrator, ended = factories.UserFactory.create_batch(2)
    factories.RoleHeld.objects.create(
        user=administrator, role=RoleName.ADMINISTRATOR, from_on=factories.date(2020, 1, 1)
    )
    factories.role(
        ended,
        RoleName.SRO,
        partnership=scene.programme.partnership,
        to_on=factories.date(2021, 1, 1),
    )
    elsewhere = factories.councils_of(factories.ProgrammeFactory())[0]
    stranger = scene.person(RoleName.MONITORING_OFFICER, elsewhere)
    assert [asked(scene, one) for one in (administrator, ended, stranger)] == [NO, NO, NO]


def test_owner_named_by_the_programme_opens(scene: ExemptScene) -> None:
    scene.programme.sro = factories.UserFactory()
    scene.programme.save()
    scene.decision.programme = scene.programme
    assert asked(scene, scene.programme.sro) == OPENS


@pytest.mark.parametrize(("paragraph", "opens"), [(1, True), (2, True), (3, False), (4, True), (5, False)])
def test_hr_lead_opens_what_is_exempt_about_staff(scene: ExemptScene, paragraph: int, opens: bool) -> None:
    scene.withhold("decisions", exempt_paragraph=paragraph)
    assert asked(scene, scene.person(RoleName.HR_LEAD))[0] is opens


def test_author_proposes_until_it_is_certified(scene: ExemptScene) -> None:
    author = scene.person(RoleName.FINANCE_OFFICER, scene.councils[0])
    scene.withhold("decisions", created_by=author)
    assert asked(scene, author) == (False, True, False, False)
    officer = scene.person(RoleName.MONITORING_OFFICER)
    scene.withhold("decisions", certified_at=factories.timezone.now(), certified_by=officer)
    assert asked(scene, author) == NO
    assert asked(scene, officer)[1] is True


def member_of_body(scene: ExemptScene) -> User:
    user = scene.person(RoleName.MEMBER, scene.councils[0])
    seat(scene.body, user, council=scene.councils[0])
    return user


def member_of_executive(scene: ExemptScene) -> User:
    user = scene.person(RoleName.MEMBER, scene.councils[0])
    own = factories.BodyFactory(partnership=None, council=scene.councils[0])
    seat(own, user, council=scene.councils[0], is_executive_member=True)
    return user


def member_of_scrutiny(scene: ExemptScene) -> User:
    scene.call_in()
    return scene.person(RoleName.SCRUTINY_MEMBER, scene.councils[2])


def test_addition_to_a_report_opens_to_who_opens_its_exempt_version_or_certifies(scene: ExemptScene) -> None:
    key = "report-additions"
    addition = scene.withhold(key)
    assert isinstance(addition, ReportAddition)
    own = {role: scene.person(role, scene.councils[1]) for role in OF_COUNCIL}
    executive = member_of_executive(scene)
    jointly = {role for role in OF_PARTNERSHIP if asked(scene, scene.person(role), key)[0]}
    assert jointly == {role for role, answers in OF_PARTNERSHIP.items() if answers[0]}
    assert {role for role in OF_COUNCIL if asked(scene, own[role], key)[0]} == {RoleName.MONITORING_OFFICER}
    assert asked(scene, executive, key) == NO
    addition.report.council = scene.councils[1]
    opened = {role for role in OF_COUNCIL if asked(scene, own[role], key)[0]}
    assert opened == {role for role, answers in OF_COUNCIL.items() if answers[0]}
    assert asked(scene, executive, key) == NO


@pytest.mark.parametrize("made", [member_of_body, member_of_executive, member_of_scrutiny])
def test_members_open_what_is_exempt_and_before_them(
    scene: ExemptScene, made: Callable[[ExemptScene], User]
) -> None:
    user = made(scene)
    for key in ("decisions", "agenda-items", "papers", "notes"):
        scene.withhold(key)
        assert asked(scene, user, key) == OPENS
        confidential = {"publication_class": PublicationClass.CONFIDENTIAL, "exempt_paragraph": None}
        scene.withhold(key, **confidential)
        assert asked(scene, user, key) == NO


def test_scrutiny_opens_it_while_the_call_in_is_open_and_not_after(scene: ExemptScene) -> None:
    user, called = scene.person(RoleName.SCRUTINY_MEMBER, scene.councils[0]), scene.call_in()
    assert asked(scene, user) == OPENS
    release_call_in(called)
    assert asked(scene, user) == NO


def test_member_of_a_body_whose_seat_has_ended_opens_nothing(scene: ExemptScene) -> None:
    user = scene.person(RoleName.MEMBER, scene.councils[0])
    seat(scene.body, user, council=scene.councils[0], to_on=factories.date(2021, 1, 1))
    assert asked(scene, user) == NO


def test_line_of_one_council_opens_to_its_own_officers_alone(scene: ExemptScene) -> None:
    line = scene.withhold("lines")
    officers = [scene.person(RoleName.S151, council) for council in scene.councils]
    assert [asked(scene, one, "lines")[0] for one in officers] == [True, True, True]
    BusinessCaseAmount.objects.filter(line=line).delete()
    amounts(line, [1_00], council=scene.councils[2])
    assert [asked(scene, one, "lines")[0] for one in officers] == [False, False, True]
    assert asked(scene, scene.person(RoleName.SRO), "lines")[0] is True


def test_paper_of_a_council_s_own_meeting_opens_to_that_council(scene: ExemptScene) -> None:
    own = factories.BodyFactory(partnership=None, council=scene.councils[0])
    item = scene.rows["agenda-items"]
    type(item.meeting).objects.filter(pk=item.meeting_id).update(body=own)
    type(item).objects.filter(pk=item.pk).update(decision=None)
    scene.withhold("papers")
    officers = [scene.person(RoleName.MONITORING_OFFICER, council) for council in scene.councils]
    assert [asked(scene, one, "papers")[0] for one in officers] == [True, False, False]
