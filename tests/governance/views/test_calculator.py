"""The calculator of last lawful days: each council by its own rules and closures."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from governance.enums import BodyType
from governance.models import CouncilDecision
from programme.enums import DayUnit, GovernanceModel
from programme.models import Council, CouncilClosure, CouncilSetting, Programme
from tests.factories import AgendaItemFactory, BodyFactory, sign_in
from tests.governance import rows
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of_the_story")]
AssertQueries = Callable[[int], AbstractContextManager[Any]]
ADDRESS = "/programmes/abc/last-lawful-days/"


@pytest.fixture
def as_of_the_story() -> Any:
    with time_machine.travel(rows.NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return rows.programme_of()


@pytest.fixture
def reader(client: Client, programme: Programme) -> Client:
    return sign_in(client, rows.reader_of(programme))


def test_calculator_asks_before_it_answers(reader: Client) -> None:
    page = text_of(reader.get(ADDRESS))
    assert "These dates are prompts: each council’s monitoring officer decides." in page
    assert "Side by side" not in page


def test_key_decision_of_three_cabinets_side_by_side(reader: Client) -> None:
    page = text_of(reader.get(ADDRESS, {"on": "20 1 2027", "route": "executive", "key": "on"}))
    assert (
        "Side by side, for 20 January 2027 Last lawful day for each council What Ashmere Brockvale Carrick "
        "Notice of the key decision 22 December 2026 22 December 2026 22 December 2026 "
        "General exception 12 January 2027 12 January 2027 12 January 2027 "
        "Agenda and papers 12 January 2027 12 January 2027 12 January 2027 "
        "Record of the decision 22 January 2027 22 January 2027 21 January 2027 "
        "Call-in closes 29 January 2027 29 January 2027 28 January 2027 "
        "Takes effect 30 January 2027 30 January 2027 29 January 2027"
    ) in page
    assert (
        "Publish the notice of the key decision The Local Authorities (Executive Arrangements) (Meetings and "
        "Access to Information) (England) Regulations 2012, regulation 9(1) 22 December 2026 "
        "28 clear days lie between 22 December 2026 and 20 January 2027; neither of the two counts."
    ) in page


def test_each_council_counts_by_its_own_rules_and_closures(reader: Client, programme: Programme) -> None:
    ashmere = Council.objects.get(key="ashmere")
    CouncilClosure.objects.create(council=ashmere, day_on=date(2027, 1, 15))
    CouncilSetting.objects.create(
        council=Council.objects.get(key="brockvale"),
        from_on=date(2027, 1, 1),
        callin_days=3,
        callin_cutoff="12:00",
        agenda_day_unit=DayUnit.CALENDAR,
    )
    Council.objects.filter(key="carrick").update(governance_model=GovernanceModel.COMMITTEE)
    page = text_of(reader.get(ADDRESS, {"on": "20 1 2027", "route": "executive", "key": "on"}))
    assert "Notice of the key decision 22 December 2026 22 December 2026 Not needed" in page
    assert "Agenda and papers 11 January 2027 14 January 2027 12 January 2027" in page
    assert "Call-in closes 29 January 2027 27 January 2027 Not needed" in page
    assert "27 January 2027 at midday" in page


def test_other_date_and_notice_stand_beside_it(reader: Client) -> None:
    page = text_of(
        reader.get(
            ADDRESS,
            {
                "on": "20 1 2027",
                "route": "executive",
                "key": "on",
                "other": "3 2 2027",
                "notice": "23 12 2026",
                "council": "carrick",
            },
        )
    )
    assert "Side by side" not in page
    assert "Ashmere: why each day" not in page
    assert "22 December 2026 5 January 2027 +14 days 28 clear days lie between" in page
    assert "regulation 9(1) 21 January 2027 28 clear days after the notice;" in page


def test_day_that_has_passed_is_said_so(reader: Client) -> None:
    page = text_of(reader.get(ADDRESS, {"on": "16 12 2026", "route": "executive", "key": "on"}))
    assert "17 November 2026 This day has passed" in page


def test_council_without_own_rules_is_said_so(reader: Client) -> None:
    CouncilSetting.objects.filter(council__key="carrick").delete()
    page = text_of(reader.get(ADDRESS, {"on": "20 1 2027", "route": "executive"}))
    assert (
        "Carrick’s own rules are not recorded for that day. The law’s ordinary days are used, and call-in "
        "cannot be worked out."
    ) in page


def test_wrong_date_is_refused_in_words(reader: Client) -> None:
    response = reader.get(ADDRESS, {"on": "31 2 2027", "route": "executive"})
    assert response.status_code == 422
    assert "Enter a real date, for example 30 4 2027" in response.content.decode()


@pytest.mark.parametrize("count", [2, 5])
def test_calculator_takes_one_number_of_queries(
    count: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    programme = rows.programme_of(count)
    reader = sign_in(client, rows.reader_of(programme))
    with django_assert_num_queries(6):
        reader.get(ADDRESS, {"on": "20 1 2027", "route": "executive"})


def link_of(client: Client, address: str, words: str) -> str:
    """Where the one link with these words leads."""
    (found,) = re.findall(rf'href="([^"]*)">{words}<', client.get(address).content.decode())
    return unescape(found)


def filled_in(client: Client, address: str) -> tuple[str, dict[str, Any]]:
    """The calculator at an address: its answer for all councils, and what stands in its boxes."""
    response = client.get(address)
    assert response.status_code == 200
    form = response.context["form"]
    boxes = {name: form[name].value() for name in ("on", "council", "route", "key", "private")}
    return text_of(response), boxes


def test_decision_leads_to_the_days_of_a_council_that_has_still_to_decide(
    reader: Client, programme: Programme
) -> None:
    decision = rows.data_sharing(programme, is_key=True)
    address = link_of(reader, decision.get_absolute_url(), "Last lawful days")
    assert address == f"{ADDRESS}?on=3+December+2026&council=carrick&route=executive&key=on"
    page, boxes = filled_in(reader, address)
    assert "Carrick: why each day" in page
    assert boxes == {
        "on": "3 December 2026", "council": "carrick", "route": "executive", "key": True, "private": False
    }  # fmt: skip


def test_link_without_a_day_asks_for_it_with_the_rest_filled_in(reader: Client, programme: Programme) -> None:
    decision = rows.data_sharing(programme)
    answers = CouncilDecision.objects.filter(decision=decision, council__key="carrick")
    answers.update(next_meeting_on=None, is_private=True)
    address = link_of(reader, decision.get_absolute_url(), "Last lawful days")
    page, boxes = filled_in(reader, address)
    assert "why each day" not in page
    assert (boxes["on"], boxes["council"], boxes["route"], boxes["private"]) == (
        None, "carrick", "executive", "on"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "is_own", "asked"),
    [
        (BodyType.JOINT_COMMITTEE, False, "on=20+January+2027&route=executive&key=on"),
        (BodyType.COUNCIL, True, "on=20+January+2027&council=carrick&route=full_council&key=on"),
        (BodyType.STEERING_GROUP, False, None),
    ],
)
def test_meeting_that_decides_leads_to_its_last_lawful_days(
    reader: Client, programme: Programme, kind: BodyType, is_own: bool, asked: str | None
) -> None:
    owner = {"council": rows.members(programme)[2]} if is_own else {"partnership": programme.partnership}
    body = BodyFactory(type=kind, **{"partnership": None, **owner})
    item = AgendaItemFactory(meeting__body=body, decision=rows.data_sharing(programme, is_key=True))
    address, words = item.meeting.get_absolute_url(), "Every last lawful day before this meeting"
    if asked is None:
        assert words not in text_of(reader.get(address))
        return
    days = link_of(reader, address, words)
    assert days == f"{ADDRESS}?{asked}"
    assert "why each day" in filled_in(reader, days)[0]
