"""A case for other councils: what an open edition says, without people, for who may make it public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import RoleName
from core.exports.tables import Format
from core.publishing.content import Content, Figures, Head, Section
from governance.casefiles.published import LEFT_OUT, published_fields
from governance.queries.open_publication.editions import previewed_edition
from programme.models import Membership, Programme
from tests import factories
from tests.governance.open_publication.opened import open_edition

pytestmark = pytest.mark.django_db


def content(programme: Programme) -> Content:
    """A lesson that names a person, one that counts three, one that says neither, and a small number."""
    lessons = Figures(
        "lessons",
        "What was learnt",
        "",
        (Head("Reference"), Head("Lesson"), Head("What to do differently"), Head("About")),
        (
            ("L-1", "Ask Pat Lane before you plan", "[z]", "Every review"),
            ("L-2", "It took 3 staff", "[z]", "Every review"),
            ("L-3", "Test early", "Test a sample", "Gate 4: readiness for service"),
        ),
    )
    first, second = (str(one) for one in factories.councils_of(programme)[:2])
    heads = (Head("What is counted"), Head(first, Format.NUMBER), Head(second, Format.NUMBER))
    posts = Figures("posts", "Posts removed", "", heads, (("Posts removed", "[c]", 7),))
    sections = (Section("13", "People", (posts,)), Section("16", "Lessons and next steps", (lessons,)))
    return Content("Benefits report", "Open version", (("Councils", f"{first}, {second}"),), sections)


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeFactory()
    factories.role(factories.UserFactory(name="Pat Lane"), RoleName.MEMBER, partnership=made.partnership)
    return made


def test_people_and_small_numbers_are_left_out_and_it_says_so(programme: Programme) -> None:
    open_edition(programme, content(programme))
    found = previewed_edition(programme)
    assert found is not None
    fields: dict[str, Any] = published_fields(found.edition, found.content)
    assert [(one["id"], one["change"], one["gate"]) for one in fields["lessons"]] == [
        ("L-3", "Test a sample", 4)
    ]
    second = factories.councils_of(programme)[1].key
    assert [one["value"] for one in fields["context"]] == [{second: 7}]
    assert [one["text"] for one in fields["ambiguities"]] == [LEFT_OUT.format("2 rows", "are")]


def test_case_of_an_early_edition_says_whose_names_it_uses(client: Client, programme: Programme) -> None:
    open_edition(programme, content(programme))
    url = reverse("governance:open_case", args=[programme.key, 7])
    before = client.get(url).content
    assert (before.count(b"status: active"), b"id: as-now" in before) == (2, True)
    councils = factories.councils_of(programme)
    service = factories.ServiceFactory(programme=programme, name="Children in care", status="shared")
    factories.ServiceCouncilFactory(service=service, council=councils[0])
    Membership.objects.filter(council=councils[1]).update(status="left")
    assert client.get(url).content == before


def test_who_may_make_it_public_downloads_it(client: Client, programme: Programme) -> None:
    address = reverse("governance:published_case", args=[programme.key])
    route = reverse("api:programme-published-case", args=[programme.key])
    got = {}
    for name in (RoleName.PROGRAMME_MANAGER, RoleName.DEMOCRATIC_SERVICES):
        user = factories.UserFactory()
        factories.role(user, name, partnership=programme.partnership)
        client.force_login(user)
        got[name] = [client.get(one).status_code for one in (address, route)]
    assert got == {RoleName.PROGRAMME_MANAGER: [403, 403], RoleName.DEMOCRATIC_SERVICES: [404, 404]}
    open_edition(programme, content(programme), is_on=False)
    public = reverse("governance:open_case", args=[programme.key, 7])
    files = [client.get(one) for one in (address, route)]
    assert [one.content for one in files] == [files[0].content] * 2
    assert b"Test a sample" in files[0].content
    assert client.get(public).status_code == 404
