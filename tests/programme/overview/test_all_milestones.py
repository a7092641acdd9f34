"""Milestones of all programmes that one may read: narrowed, in order, as files; nothing of strangers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import RoleName
from programme.models import Programme
from tests.factories import (
    MilestoneFactory,
    PartnershipFactory,
    PhaseFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
    sign_in,
)

pytestmark = pytest.mark.django_db
URL = "/milestones/"


@pytest.fixture
def reader(client: Client) -> Any:
    user, lewis = UserFactory(), UserFactory(name="D Lewis")
    for name, ref, day in (("Waste", "W", date(2026, 11, 1)), ("Revenues", "R", date(2026, 12, 20))):
        programme = ProgrammeFactory(name=name, key=name.lower(), partnership=PartnershipFactory(councils=2))
        role(user, RoleName.MEMBER, partnership=programme.partnership)
        phase = PhaseFactory(programme=programme, label="Design")
        common = {"programme": programme, "plan": date(2026, 11, 1)}
        one = MilestoneFactory(ref=f"{ref}-1", title=f"{ref} one", phase=phase, forecast=day, **common)
        one.councils.set(councils_of(programme)[:1])
        MilestoneFactory(
            ref=f"{ref}-2", title=f"{ref} two", kind="legal", owner=lewis, actual=date(2026, 10, 30), **common
        )
    MilestoneFactory(title="Strangers", plan=date(2026, 11, 1))
    with time_machine.travel("2026-11-24 09:00:00+00:00", tick=False):
        yield sign_in(client, user)


def shown(reader: Client, query: str = "") -> list[str]:
    lines = b"".join(reader.get(f"/milestones.csv{query}")).decode().splitlines()[1:]
    return [line.split(",")[2] for line in lines]


def test_list_and_files_have_the_same_choice_and_order(reader: Any) -> None:
    council = councils_of_waste()
    wanted = {
        "": ["R-2", "W-2", "W-1", "R-1"],
        "?state=late": ["W-1"],
        "?programme=waste": ["W-2", "W-1"],
        "?phase=Design": ["W-1", "R-1"],
        "?kind=legal&sort=programme": ["R-2", "W-2"],
        f"?council={council}": ["W-2", "W-1"],
        "?rating=red&sort=rating": ["R-1", "W-1"],
        "?from_on=1+11+2026&to_on=30+11+2026": ["W-1"],
        "?sort=days": ["R-1", "W-1", "R-2", "W-2"],
    }
    assert {query: shown(reader, query) for query in wanted} == wanted
    page = reader.get(f"{URL}?phase=Design").content.decode()
    assert [words in page for words in ("W one", "R one", "W two", "Strangers")] == [True, True, False, False]
    assert reader.get(f"{URL}?programme=strangers").content.decode().count("Select a programme from") == 2
    book = load_workbook(BytesIO(reader.get("/milestones.xlsx?state=late").content))["milestones"]
    assert [row[2].value for row in book.iter_rows(min_row=5)] == ["W-1"]


def councils_of_waste() -> str:
    return councils_of(Programme.objects.get(key="waste"))[0].key


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(reader: Any, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        MilestoneFactory(programme=Programme.objects.get(key="waste"), plan=date(2027, 1, index + 1))
    with django_assert_num_queries(12):
        assert reader.get(URL).status_code == 200
