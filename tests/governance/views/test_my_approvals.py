"""What waits for each person, in every programme that they read, and who finds it in the menu."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import PlanOpinion, PlanProposal
from governance.models import CallIn, CouncilDecision
from programme.models import Council, Programme
from services.enums import CaseState, CaseStep, Position
from services.models import BusinessCase, CaseStatement
from tests import factories
from tests.factories import UserFactory, role, sign_in
from tests.governance import rows
from tests.pages import text_of
from tests.services.case_scene import case_scene

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def as_of_the_story(time_machine: Any) -> None:
    time_machine.move_to(rows.NOW, tick=False)


@pytest.fixture
def programme() -> Programme:
    return rows.programme_of()


def officer(name: RoleName, council: Council) -> User:
    user: User = UserFactory()
    role(user, name, council=council)
    return user


def case_in_review(programme: Programme, **fields: Any) -> BusinessCase:
    """A version that waits for the statements of all section 151 officers."""
    made: BusinessCase = factories.BusinessCaseFactory(
        programme=programme, ref="BC-1", title="Share ICT", state=CaseState.S151_REVIEW, **fields
    )
    return made


def plan_to_carrick(programme: Programme, pence: int = 75_000_000, **fields: Any) -> PlanProposal:
    """A submitted plan that changes what Carrick saves, or only dates where it saves as much as before."""
    line = factories.LineFactory(programme=programme)
    entry = (line, rows.members(programme)[2], 2026, None)
    first = factories.plan_version(programme, 1, amounts=[(*entry, 77_400_000)])
    manager = UserFactory()
    by = {"created_by": manager, "submitted_by": manager}
    return factories.plan_proposal(programme, based_on=first, amounts=[(*entry, pence)], **by | fields)


def waiting(client: Client, user: User) -> str:
    return text_of(sign_in(client, user).get("/my-approvals/"))


def test_what_waits_for_a_councils_democratic_services(client: Client, programme: Programme) -> None:
    rows.data_sharing(programme, is_key=True)
    clerk = officer(RoleName.DEMOCRATIC_SERVICES, rows.members(programme)[2])
    assert (
        "What About Council By "
        "Publish the notice of the key decision of Carrick: D-08 Data-sharing agreement D-08 "
        "Shared services Carrick 4 November 2026 This day has passed "
        "Record what the council decides of Carrick: D-08 Data-sharing agreement D-08 "
        "Shared services Carrick 3 December 2026"
    ) in waiting(client, clerk)


def test_what_waits_for_a_section_151_officer(client: Client, programme: Programme) -> None:
    case, plan = case_in_review(programme), plan_to_carrick(programme)
    brockvale, carrick = rows.members(programme)[1:]
    officers = [officer(RoleName.S151, council) for council in (brockvale, carrick)]
    statement = (
        "Make the statement of the section 151 officer of {0}: BC-1 Share ICT, version 1 BC-1 "
        "Shared services {0} No day is set"
    )
    opinion = (
        "Say whether the council supports the plan of Carrick: proposed plan version 2 "
        "Proposed plan version 2 Shared services Carrick No day is set"
    )
    page = waiting(client, officers[0])
    assert (statement.format("Brockvale") in page, opinion in page) == (True, False)
    assert f"{statement.format('Carrick')} {opinion}" in waiting(client, officers[1])
    for address in (f"/business-cases/{case.pk}/statement/?council=carrick", f"/plan-proposals/{plan.pk}/"):
        assert address in client.get("/my-approvals/").content.decode()


def test_case_waits_for_who_can_take_its_next_step(client: Client) -> None:
    scene = case_scene()
    author = User.objects.get(pk=scene.case.created_by_id)
    people = {"author": author, "reviewer": scene.reviewer, "owner": scene.owner}

    def asked() -> dict[str, str]:
        pages = {name: waiting(client, user) for name, user in people.items()}
        labels = ("Agree the draft", "Send to the section 151 officers", "Issue")
        return {
            name: next((label for label in labels if f"{label} of All councils: BC-1" in page), "")
            for name, page in pages.items()
        }

    assert asked() == {"author": "", "reviewer": "", "owner": ""}
    scene.to_review()
    assert asked() == {"author": "", "reviewer": "Agree the draft", "owner": "Agree the draft"}
    scene.step(CaseStep.AGREE, by=scene.reviewer)
    sent = "Send to the section 151 officers"
    assert asked() == {"author": sent, "reviewer": "", "owner": ""}
    scene.step(CaseStep.SEND_TO_S151, by=scene.manager)
    for index, _ in enumerate(scene.officers):
        assert asked()["owner"] == ""
        scene.state_position(index)
    assert asked() == {"author": "", "reviewer": "", "owner": "Issue"}
    assert (
        f"/business-cases/{scene.case.pk}/step/?step=issue" in client.get("/my-approvals/").content.decode()
    )


def test_what_is_answered_or_ones_own_waits_no_more(client: Client, programme: Programme) -> None:
    carrick = rows.members(programme)[2]
    signer = officer(RoleName.S151, carrick)
    case, plan = case_in_review(programme), plan_to_carrick(programme)
    said = {"position": Position.SUPPORT, "text": "It is sound.", "stated_by": signer}
    CaseStatement.objects.create(
        business_case=case, council=carrick, stated_at=datetime(2026, 11, 20, tzinfo=UTC), **said
    )
    PlanOpinion.objects.create(proposal=plan, council=carrick, is_in=True, entered_by=signer)
    assert "Nothing waits for you" in waiting(client, signer)
    CaseStatement.objects.all().delete()
    BusinessCase.objects.update(created_by=signer)
    assert "Nothing waits for you" in waiting(client, signer)


def test_plan_that_moves_only_dates_waits_for_every_council(client: Client, programme: Programme) -> None:
    plan_to_carrick(programme, 77_400_000)
    page = waiting(client, officer(RoleName.S151, rows.members(programme)[0]))
    assert "Say whether the council supports the plan of Ashmere" in page


def test_nothing_waits_for_a_reader(client: Client, programme: Programme) -> None:
    rows.data_sharing(programme, is_key=True)
    assert "Nothing waits for you" in waiting(client, rows.reader_of(programme))


@pytest.mark.parametrize("name", list(RoleName))
def test_menu_leads_there_for_people_whose_role_approves(name: RoleName, client: Client) -> None:
    user = UserFactory()
    is_of_system = name == RoleName.ADMINISTRATOR
    role(user, name, **{} if is_of_system else {"council": factories.CouncilFactory()})
    client.force_login(user, "accounts.backends.PersonBackend")
    page = text_of(client.get("/help/"))
    approving = {
        "democratic_services",
        "monitoring_officer",
        "s151",
        "sro",
        "council_lead",
        "finance_officer",
    }
    assert ("My approvals" in page) is (name in approving)


def test_list_takes_one_number_of_queries_however_many_programmes(
    client: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    carrick = rows.members(programme)[2]
    user = officer(RoleName.S151, carrick)
    role(user, RoleName.DEMOCRATIC_SERVICES, council=carrick)
    sign_in(client, user)
    add_all(programme)
    with django_assert_num_queries(30):
        assert client.get("/my-approvals/").content.decode().count("<tr") == 6
    for _ in range(2):
        other = factories.PartnershipFactory(councils=rows.members(programme))
        add_all(factories.ProgrammeFactory(partnership=other))
    with django_assert_num_queries(30):
        assert client.get("/my-approvals/").content.decode().count("<tr") == 16


def add_all(programme: Programme) -> None:
    """Something of every kind that waits for Carrick."""
    rows.data_sharing(programme, is_key=True)
    case_in_review(programme)
    plan_to_carrick(programme)
    signed = rows.ict_contract(programme)
    asked = CouncilDecision.objects.get(decision=signed, council__key="carrick")
    CallIn.objects.create(
        council_decision=asked,
        raised_at=datetime(2026, 11, 10, 12, tzinfo=UTC),
        grounds="Cost",
        scrutiny_meets_on=date(2026, 12, 1),
        created_by=programme.created_by,
        updated_by=programme.created_by,
    )
