"""Partnerships, programmes and risks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from accounts.enums import RoleName
from core.models import Source
from core.rules.dates import ImpreciseDate
from programme.enums import FactKind, MemberStatus
from programme.models import Fact, Membership, Risk, RiskImpact
from tests.factories import (
    CouncilFactory,
    LessonFactory,
    PartnershipFactory,
    PhaseFactory,
    ProgrammeFactory,
    RiskFactory,
    UserFactory,
    councils_of,
    plan_version,
    role,
    sign_in,
)
from tests.programme.views.conftest import Scene

PROGRAMME, RISKS, PARTNERSHIPS = "/programmes/shared/", "/programmes/shared/risks/", "/partnerships/"
LATE, DUE = date(2026, 11, 13), date(2026, 11, 25)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ")


def fill(scene: Scene, number: int) -> None:
    """Add `number` of everything a programme's pages list."""
    for index in range(number):
        phase = PhaseFactory(programme=scene.programme, ref=f"FILL-{index}")
        milestone = scene.milestone(f"Milestone {index}", LATE, phase=phase)
        milestone.councils.set(councils_of(scene.programme)[:1])
        source = Source.objects.create(document=f"guide {index}")
        Fact.objects.create(
            programme=scene.programme, kind=FactKind.CONTEXT, ref=str(index), text="Fact", source=source
        )
        RiskFactory(programme=scene.programme, owner=UserFactory(), source=source)
        LessonFactory(programme=scene.programme, source=source)
        plan_version(scene.programme, index + 1, dates=[(milestone, LATE)])


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_programme(
    scene: Scene, django_assert_num_queries: Any, number: int
) -> None:
    fill(scene, number)
    with django_assert_num_queries(31):
        assert scene.client.get(PROGRAMME).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_risks(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    fill(scene, number)
    RiskImpact.objects.create(risk=Risk.objects.first(), council=councils_of(scene.programme)[0], impact=5)
    with django_assert_num_queries(8):
        assert scene.client.get(RISKS).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_partnerships(
    scene: Scene, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        programme = ProgrammeFactory(partnership=PartnershipFactory(councils=number + 1))
        role(scene.manager, RoleName.MEMBER, partnership=programme.partnership)
    with django_assert_num_queries(7):
        assert scene.client.get(PARTNERSHIPS).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_a_partnership(
    scene: Scene, django_assert_num_queries: Any, number: int
) -> None:
    partnership = PartnershipFactory(councils=number + 1)
    role(scene.manager, RoleName.MEMBER, partnership=partnership)
    for _ in range(number):
        programme = ProgrammeFactory(partnership=partnership)
        scene.programme = programme
        scene.milestone("Late", LATE, phase=None)
    with django_assert_num_queries(10):
        assert scene.client.get(partnership.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("url", [PROGRAMME, RISKS])
def test_stranger_finds_nothing_and_visitor_is_sent_to_sign_in(scene: Scene, url: str) -> None:
    partnership_url = scene.programme.partnership.get_absolute_url()
    stranger = scene.as_stranger()
    assert [stranger.get(page).status_code for page in (url, partnership_url)] == [404, 404]
    assert "Shared services" not in text_of(stranger.get(PARTNERSHIPS))
    scene.client.logout()
    for page in (url, partnership_url, PARTNERSHIPS):
        assert scene.client.get(page).headers["Location"] == f"/sign-in/?next={page}"


def test_programme_answers_then_shows_phases_milestones_and_plan(scene: Scene) -> None:
    milestone = scene.milestone("Agreement signed", LATE, is_critical=True, ref="M-13")
    plan_version(scene.programme, 1, dates=[(milestone, LATE)], effective_on=date(2026, 3, 14))
    plan_version(scene.programme, 2, dates=[(milestone, LATE)], effective_on=date(2026, 6, 20))
    page = text_of(scene.client.get(PROGRAMME))
    for words in (
        "Agreement signed (M-13) is 11 days late.",
        "Version 1, in effect from 14 March 2026",
        "Version 2, in effect from 20 June 2026",
        "0 of 1",
        "Amber",
        "11 days overdue",
        "2026 to 2027",
    ):
        assert words in page
    for url in ("/programmes/shared/milestones/?phase=P-3", "/programmes/shared/milestones/?state=late"):
        assert f'href="{url}"' in page


def test_case_of_the_past_says_when_it_was_known_and_what_is_not_stated(scene: Scene) -> None:
    past = ProgrammeFactory(
        key="past",
        partnership=scene.programme.partnership,
        base_fy=None,
        facts=ImpreciseDate.month(2011, 3),
    )
    Fact.objects.create(programme=past, kind=FactKind.CRITERION, ref="c", text="Cost falls by 10 per cent")
    page = text_of(scene.client.get("/programmes/past/"))
    for words in (
        "As known on 31 March 2011",
        "Phases are not stated",
        "Milestones are not stated",
        "<dt>Base year</dt><dd>Not stated</dd>",
        "<dt>Original plan</dt><dd>Not stated</dd>",
        "Cost falls by 10 per cent",
    ):
        assert words in page
    assert page.count('<p class="govuk-body">Not stated</p>') == 3
    summary = text_of(scene.client.get(scene.programme.partnership.get_absolute_url()))
    assert "As known on 31 March 2011" in summary


def test_reader_sees_no_way_to_edit(scene: Scene) -> None:
    scene.milestone("Agreement signed", LATE)
    assert "/update/" in text_of(scene.client.get(PROGRAMME))
    assert "/update/" not in text_of(scene.as_reader().get(PROGRAMME))


def test_partnership_shows_shares_apart_and_what_is_not_stated(scene: Scene) -> None:
    first, second, third = councils_of(scene.programme)
    memberships = Membership.objects.filter(partnership=scene.programme.partnership)
    memberships.filter(council=first).update(financial_share_percent="34.5", voting_share_percent="33.334")
    memberships.filter(council=third).update(status=MemberStatus.DECLINED, role_text="stayed out")
    page = text_of(scene.client.get(scene.programme.partnership.get_absolute_url()))
    for words in ("34.5%", "33.3%", "Never joined", "Stayed out", "Still a partner"):
        assert words in page
    assert page.index(first.name) < page.index(second.name) < page.index(third.name)
    assert page.count(">Not stated</span>") == 2 * 2 + 3 + 1


def test_partnerships_list_their_councils_and_programmes(scene: Scene) -> None:
    page = text_of(scene.client.get(PARTNERSHIPS))
    assert ", ".join(str(council) for council in councils_of(scene.programme)) in page
    assert f'href="{PROGRAMME}"' in page


def test_person_without_partnerships_is_told_what_to_do(scene: Scene) -> None:
    page = text_of(sign_in(scene.client, UserFactory()).get(PARTNERSHIPS))
    assert "There is no partnership you can read" in page


def test_partnership_without_programmes_and_councils_says_so(scene: Scene) -> None:
    partnership = PartnershipFactory(councils=[])
    role(scene.manager, RoleName.MEMBER, partnership=partnership)
    page = text_of(scene.client.get(partnership.get_absolute_url()))
    assert ("No programme yet" in page, "No council is recorded" in page) == (True, True)


def test_risks_show_score_rating_and_response(scene: Scene) -> None:
    owner = UserFactory(name="D Lewis")
    RiskFactory(
        programme=scene.programme,
        title="Records cannot be moved",
        likelihood=4,
        impact=4,
        owner=owner,
        response="Clean first",
    )
    RiskFactory(
        programme=scene.programme, title="Talks fail", likelihood=None, impact=None, has_occurred=True
    )
    LessonFactory(programme=scene.programme, text="Ask for committee dates first")
    page = text_of(scene.client.get(RISKS))
    for words in (
        "4 × 4",
        "Red",
        "Clean first",
        "D Lewis",
        "[x]",
        "Has happened",
        "Ask for committee dates first",
    ):
        assert words in page
    assert page.index("Records cannot be moved") < page.index("Talks fail")


def test_programme_without_risks_and_lessons_says_so(scene: Scene) -> None:
    page = text_of(scene.client.get(RISKS))
    assert ("No risks are recorded" in page, "No lessons are recorded" in page) == (True, True)


def test_council_of_two_partnerships_opens_both(scene: Scene) -> None:
    council = CouncilFactory()
    officer = UserFactory()
    role(officer, RoleName.FINANCE_OFFICER, council=council)
    for name in ("One", "Two"):
        ProgrammeFactory(name=name, partnership=PartnershipFactory(name=name, councils=[council]))
    page = text_of(sign_in(scene.client, officer).get(PARTNERSHIPS))
    assert (">One</a>" in page, ">Two</a>" in page, "Shared services" in page) == (True, True, False)
