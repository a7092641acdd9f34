"""The register of partnerships: who shares what since when and what it saves, and nothing of strangers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import RoleName
from accounts.models import User
from benefits.actions.roll_ups import store_roll_up
from benefits.enums import Outcome
from benefits.models import Verification
from benefits.queries.partnership_register import register_rows
from core.rules.assessment import NotAssessable
from core.rules.dates import ImpreciseDate
from programme.enums import PartnershipModel, ProgrammeState
from programme.models import Partnership, Programme
from services.enums import LineKind, ServiceStatus
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00:00+00:00", tick=False):
        yield


def shares(programme: Programme, *names: str, status: str = ServiceStatus.SHARED) -> None:
    for name in names:
        factories.ServiceFactory(programme=programme, name=name, status=status)


def saves(programme: Programme) -> None:
    """£100.00 planned for the year, of which £40.00 is verified and £5.00 claimed."""
    council = factories.councils_of(programme)[0]
    line = factories.LineFactory(programme=programme, kind=LineKind.CASHABLE_SAVING)
    factories.plan_version(programme, 1, amounts=[(line, council, 2026, None, 100_00)])
    claimed = factories.actual(line, council, 2026, 1, 40_00)
    factories.actual(line, council, 2026, 2, 5_00)
    Verification.objects.create(actual=claimed, outcome=Outcome.VERIFIED, verified_by=programme.created_by)
    store_roll_up(programme)


def partnership(name: str, since: ImpreciseDate | None, model: str) -> Partnership:
    made: Partnership = factories.PartnershipFactory(name=name, model=model)
    made.set_date("formed", since)
    made.save()
    return made


@pytest.fixture
def reader() -> User:
    ash = partnership("Ash and Brook", ImpreciseDate.year(2019), PartnershipModel.SHARED_MANAGEMENT)
    elm = partnership("Elm and Fern", None, PartnershipModel.JOINT_COMMITTEE)
    programme = factories.ProgrammeFactory(partnership=ash, name="Back office")
    shares(programme, "Payroll", "Audit")
    shares(programme, "Planning", status=ServiceStatus.PLANNED)
    saves(programme)
    factories.ProgrammeFactory(partnership=ash, name="Later", state=ProgrammeState.DRAFT)
    shares(factories.ProgrammeFactory(partnership=elm, state=ProgrammeState.CLOSED), "Waste")
    strange = factories.ProgrammeFactory(name="Strangers")
    shares(strange, "Secret")
    user = factories.UserFactory()
    for one in (ash, elm):
        factories.role(user, RoleName.MEMBER, partnership=one)
    return user


def told(rows: Any) -> list[tuple[Any, ...]]:
    return [
        (
            row.partnership.name,
            str(row.since) if row.since else None,
            row.services,
            row.states,
            row.is_running,
            row.figures.current,
            row.figures.verified,
            row.without,
        )
        for row in rows
    ]


def test_rows_hold_what_each_partnership_shares_and_saves(reader: User) -> None:
    none = NotAssessable("No programme has a plan or a saving")
    assert told(register_rows(reader, as_of=TODAY)) == [
        ("Ash and Brook", "2019", ("Payroll", "Audit"), "Active, Draft", True, 100_00, 40_00, 1),
        ("Elm and Fern", None, ("Waste",), "Closed", False, none, none, 1),
    ]


def test_page_files_and_api_hold_the_same_choice(client: Client, reader: User) -> None:
    browser = factories.sign_in(client, reader)
    page = browser.get("/register/").content.decode()
    shown = [one in page for one in ("Ash and Brook", "Payroll, Audit", "100.00", "Strangers", "Secret")]
    assert shown == [True, True, True, False, False]
    lines = b"".join(browser.get("/register.csv?service=PAYROLL")).decode().splitlines()
    assert len(lines) == 2
    assert ",Shared management,2019,2,Payroll; Audit,Back office; Later," in lines[1]
    assert lines[1].endswith(",100.00,16.68,40.00,1")
    sheet = load_workbook(BytesIO(browser.get("/register.xlsx?sort=since").content))["partnerships"]
    assert [row[0].value for row in sheet.iter_rows(min_row=5)] == ["Ash and Brook", "Elm and Fern"]
    chosen = {
        query: [one["name"] for one in browser.get(f"/api/v1/register/?{query}").json()]
        for query in ("state=past", "state=running", "model=joint_committee", "sort=verified", "service=x y")
    }
    assert chosen == {
        "state=past": ["Elm and Fern"],
        "state=running": ["Ash and Brook"],
        "model=joint_committee": ["Elm and Fern"],
        "sort=verified": ["Ash and Brook", "Elm and Fern"],
        "service=x y": [],
    }
    found = browser.get("/api/v1/register/?service=audit").json()[0]
    assert (found["savings"]["verified"], found["since"], found["is_formed"]) == (
        "40.00",
        {"first_on": "2019-01-01", "last_on": "2019-12-31"},
        True,
    )
    refused = browser.get("/api/v1/register/?state=lost")
    assert refused.status_code == 400
    assert "Select a state from the list" in browser.get("/register/?state=lost").content.decode()


def test_page_takes_the_same_queries_for_one_and_three(
    client: Client, reader: User, django_assert_num_queries: Any
) -> None:
    browser = factories.sign_in(client, reader)
    with django_assert_num_queries(9):
        browser.get("/register/")
    for name in ("One", "Two", "Three"):
        extra = factories.ProgrammeFactory(partnership=partnership(name, None, PartnershipModel.CONTRACT))
        shares(extra, name)
        factories.role(reader, RoleName.MEMBER, partnership=extra.partnership)
    with django_assert_num_queries(9):
        assert "Three" in browser.get("/register/").content.decode()
