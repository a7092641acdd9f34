"""Three councils, their officers, a line of saving and a line of one-off cost, for pages and API alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from rest_framework.test import APIClient

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import Benefit, Line
from programme.models import Council, Programme
from services.enums import LineKind
from tests import factories
from tests.api.test_reads import client_of


@dataclass
class Scene:
    """The rows that tests name; the officers are Brockvale's."""

    programme: Programme
    councils: list[Council]
    benefit: Benefit
    saving: Line
    cost: Line
    manager: User
    finance: User
    s151: User
    reader: User

    @property
    def brockvale(self) -> Council:
        """The council whose officers act."""
        return self.councils[1]

    def claim(self, pence: int = 112_755, **fields: Any) -> Any:
        """What Brockvale's finance officer claims of the saving for October 2026."""
        fields.setdefault("entered_by", self.finance)
        return factories.actual(self.saving, self.brockvale, 2026, 7, pence, **fields)

    def spent(self, pence: int = 50_000_00, **fields: Any) -> Any:
        """What Brockvale spent once in September 2026."""
        return factories.actual(self.cost, self.brockvale, 2026, 6, pence, entered_by=self.finance, **fields)


def make_scene(**programme: Any) -> Scene:
    """A programme of Ashmere, Brockvale and Carrick."""
    councils = [
        factories.CouncilFactory(short_name=name, key=name.lower())
        for name in ("Ashmere", "Brockvale", "Carrick")
    ]
    partnership = factories.PartnershipFactory(councils=councils)
    made = factories.ProgrammeFactory(key="abc", name="ABC", partnership=partnership, **programme)
    benefit = factories.BenefitFactory(programme=made, ref="B-1", title="Lower cost of ICT")
    return Scene(
        programme=made,
        councils=councils,
        benefit=benefit,
        saving=factories.LineFactory(programme=made, ref="ICT", title="Lower cost of ICT", benefit=benefit),
        cost=factories.LineFactory(
            programme=made, ref="TEAM", title="Programme team", kind=LineKind.ONE_OFF_COST
        ),
        manager=_person("Priya", RoleName.PROGRAMME_MANAGER, partnership=partnership),
        finance=_person("B Doyle", RoleName.FINANCE_OFFICER, council=councils[1]),
        s151=_person("T Grant", RoleName.S151, council=councils[1]),
        reader=_person("R Osei", RoleName.SCRUTINY_MEMBER, council=councils[1]),
    )


def _person(name: str, role: RoleName, **scope: Any) -> User:
    user: User = factories.UserFactory(name=name)
    factories.role(user, role, **scope)
    return user


def page_of(user: User) -> Client:
    """A browser in which the person is signed in."""
    return factories.sign_in(Client(), user)


def api_of(user: User) -> APIClient:
    """A client of the API with the person's token."""
    client: APIClient = client_of(user)
    return client


def refusals(response: Any) -> list[str]:
    """What a form says that there is to put right, in its summary."""
    assert response.status_code == 422, response.status_code
    html = response.content.decode()
    summary = html.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    parts = summary.split("<li>")[1:]
    return [_words(part) for part in parts]


def _words(html: str) -> str:
    text, inside = "", False
    for letter in html.partition("</li>")[0]:
        inside = letter == "<" or (inside and letter != ">")
        text += "" if inside or letter == ">" else letter
    return text.strip().replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')


def problems(response: Any) -> list[dict[str, str]]:
    """What the API says that there is to put right."""
    assert response.status_code == 400, response.content
    errors: list[dict[str, str]] = response.json()["errors"]
    return errors
