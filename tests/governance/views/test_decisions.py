"""The decision board, its file, and a decision's own page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from governance.enums import CouncilDecisionState as Answer
from governance.models import Decision
from programme.models import Programme
from services.enums import LineKind
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CouncilFactory,
    LineFactory,
    UserFactory,
    plan_version,
    sign_in,
)
from tests.governance import rows
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of_the_story")]
AssertQueries = Callable[[int], AbstractContextManager[Any]]


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


def test_board_says_where_each_council_stands(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    page = text_of(reader.get("/programmes/abc/decisions/"))
    assert (
        "Shared ICT contract D-09 Recommended 22 September 2026, 63 days ago "
        "Approved Cabinet, 21 October 2026 Call-in closed 30 October "
        "Call-in open Cabinet approved, 18 November 2026 Call-in closes at 5pm on 27 November "
        "Approved Cabinet, 5 November 2026 Call-in closed 13 November "
        "Not yet 28 November 2026 at the earliest"
    ) in page
    assert "All 1 Waiting for Brockvale 1 What each council has answered" in page


def test_board_is_narrowed_by_its_address(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    rows.data_sharing(programme)
    page = text_of(reader.get("/programmes/abc/decisions/?waiting=carrick"))
    assert "Data-sharing agreement" in page
    assert "Shared ICT contract" not in page
    assert "2 decisions are waiting for a council" in page


def test_board_counts_what_each_council_has_answered(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    rows.data_sharing(programme, title="=1+1")
    page = text_of(reader.get("/programmes/abc/decisions/"))
    assert "Only Carrick has still to decide: 1 decision" in page
    assert (
        "Council Approved In call-in Still to decide Total Ashmere 2 0 0 2 Brockvale 1 1 0 2 Carrick 1 0 1 2"
    ) in page
    narrowed = text_of(reader.get("/programmes/abc/decisions/?waiting=carrick"))
    assert "Decisions that wait for Carrick by each council’s answer" in narrowed
    response = reader.get("/programmes/abc/decisions.csv?table=answers&waiting=carrick")
    assert response.headers["Content-Disposition"] == 'attachment; filename="abc-answers.csv"'
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert lines == [
        ["Council", "Approved", "In call-in", "Still to decide", "Did not agree", "Total"],
        ["Ashmere", "1", "0", "0", "0", "1"],
        ["Brockvale", "1", "0", "0", "0", "1"],
        ["Carrick", "0", "0", "1", "0", "1"],
    ]


def test_board_without_a_match_says_what_to_do(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    page = text_of(reader.get("/programmes/abc/decisions/?waiting=carrick"))
    assert "No decision waits for this council Choose “All” to see every decision." in page


def test_board_without_decisions_says_where_they_come_from(reader: Client) -> None:
    page = text_of(reader.get("/programmes/abc/decisions/"))
    assert "No decisions are recorded for this programme The programme manager drafts the text" in page


@pytest.mark.parametrize("count", [2, 3, 5])
def test_board_takes_one_number_of_queries(
    count: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    programme = rows.programme_of(count)
    reader = sign_in(client, rows.reader_of(programme))
    rows.ict_contract(programme)
    with django_assert_num_queries(14):
        reader.get("/programmes/abc/decisions/")
    for index in range(4):
        rows.data_sharing(programme, ref=f"D-{index}")
    with django_assert_num_queries(14):
        reader.get("/programmes/abc/decisions/")


def test_row_opens_in_place_with_the_answer_and_closes(reader: Client, programme: Programme) -> None:
    decision = rows.ict_contract(programme)
    opened = reader.get(f"/decisions/{decision.pk}/?part=open")
    words = text_of(opened)
    assert words.startswith("Shared ICT contract D-09 Recommended 22 September 2026, 63 days ago Approved")
    assert "Can we start? Not yet. The earliest date is Saturday 28 November 2026." in words
    assert "24 November 2026 Today: 3 working days of Brockvale’s call-in left after today" in words
    assert b'aria-expanded="true"' in opened.content
    assert b"<html" not in opened.content
    closed = reader.get(f"/decisions/{decision.pk}/?part=row")
    assert "The earliest date is" not in text_of(closed)
    assert f'hx-get="/decisions/{decision.pk}/?part=open"'.encode() in closed.content


def test_open_row_takes_one_number_of_queries(
    reader: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    decision = rows.ict_contract(programme)
    with django_assert_num_queries(14):
        reader.get(f"/decisions/{decision.pk}/?part=open")
    for index in range(3):
        rows.data_sharing(programme, ref=f"D-{index}")
    with django_assert_num_queries(14):
        reader.get(f"/decisions/{decision.pk}/?part=open")


def test_decision_page_without_javascript_holds_the_whole_record(
    reader: Client, programme: Programme
) -> None:
    body = rows.steering_group(programme)
    decision = rows.ict_contract(programme, body=body)
    page = text_of(reader.get(f"/decisions/{decision.pk}/"))
    assert "Not yet. The earliest date is Saturday 28 November 2026." in page
    assert "22 September 2026 Joint steering group recommended version 1 Text fingerprint 7c41 e09a" in page
    assert (
        "Brockvale Call-in open Cabinet approved, 18 November 2026 Call-in closes at 5pm on 27 November "
        "Decided on version 1 20 November 2026 5pm on 27 November 2026 Expected 28 November 2026 Not stated"
    ) in page
    assert "Text, version 1 The councils buy together. Text fingerprint 7c41 e09a" in page
    assert "Reasons Three contracts end." in page
    assert "Put by Joint steering group Recommends; each council decides for itself" in page
    assert "Each council’s monitoring officer decides." in page


def test_decision_page_shows_each_councils_statement(reader: Client, programme: Programme) -> None:
    decision = rows.data_sharing(programme)
    page = text_of(reader.get(f"/decisions/{decision.pk}/"))
    assert "Put off until the assessment is there." in page


def test_decision_page_of_a_report_states_only_the_outcomes(reader: Client, programme: Programme) -> None:
    states = [Answer.APPROVED, Answer.APPROVED, Answer.REJECTED]
    decision = rows.reported(programme, states, title="go ahead with the joint service")
    page = text_of(reader.get(f"/decisions/{decision.pk}/"))
    assert "Go ahead with the joint service" in page
    assert "Agreed by all? Not agreed by every council. Declined by Carrick. The others went ahead." in page
    assert "Council Its answer Ashmere Agreed Brockvale Agreed Carrick Declined" in page
    assert "monitoring officer" not in page
    assert "fingerprint" not in page


def test_decision_page_leads_up_and_down_the_golden_thread(reader: Client, programme: Programme) -> None:
    case = BusinessCaseFactory(programme=programme, title="Joint case")
    case_line = BusinessCaseLineFactory(business_case=case, title="Fewer teams")
    line = LineFactory(programme=programme, title="Lower cost", business_case_line=case_line)
    cost = LineFactory(programme=programme, title="Moving", kind=LineKind.ONE_OFF_COST)
    ashmere, brockvale, _ = rows.members(programme)
    version = plan_version(
        programme,
        1,
        amounts=[
            (line, ashmere, 2026, None, 100_000_00),
            (line, brockvale, 2027, None, 50_000_50),
            (cost, ashmere, 2026, None, 20_000_00),
        ],
        effective_on=date(2026, 6, 20),
    )
    decision = rows.current_plan(programme, plan_version=version, business_case=case)
    response = reader.get(f"/decisions/{decision.pk}/")
    page = text_of(response)
    assert "Business case: Joint case, version 1, Full business case, draft" in page
    assert "plan version 1, approved 19 June 2026, in effect from 20 June 2026" in page
    assert "Cashable saving" in page
    assert "150,000.50" in page
    assert "One-off cost Not stated 20,000.00" in page
    for address in (
        f"/lines/{line.pk}/",
        f"/business-cases/{case.pk}/#line-{case_line.pk}",
        "/programmes/abc/savings/",
        "/councils/ashmere/",
    ):
        assert f'href="{address}"'.encode() in response.content


def test_decision_page_takes_one_number_of_queries(
    client: Client, django_assert_num_queries: AssertQueries
) -> None:
    small, large = rows.programme_of(1), None
    reader = sign_in(client, rows.reader_of(small))
    version = plan_version(small, 1)
    decision = rows.current_plan(small, plan_version=version)
    with django_assert_num_queries(19):
        reader.get(f"/decisions/{decision.pk}/")
    large = rows.data_sharing(small)
    with django_assert_num_queries(18):
        reader.get(f"/decisions/{large.pk}/")


def test_csv_has_the_rows_and_words_of_the_board(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    rows.data_sharing(programme, title="=1+1")
    response = reader.get("/programmes/abc/decisions.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="abc-decisions.csv"'
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert lines[0] == {
        "Reference": "D-09",
        "Decision": "Shared ICT contract",
        "Where it stands": "Recommended 22 September 2026, 63 days ago",
        "Ashmere: state": "Approved",
        "Ashmere: decision": "Cabinet, 21 October 2026",
        "Ashmere: next step": "Call-in closed 30 October",
        "Ashmere: own effective date": "2026-10-31",
        "Brockvale: state": "Call-in open",
        "Brockvale: decision": "Cabinet approved, 18 November 2026",
        "Brockvale: next step": "Call-in closes at 5pm on 27 November",
        "Brockvale: own effective date": "2026-11-28",
        "Carrick: state": "Approved",
        "Carrick: decision": "Cabinet, 5 November 2026",
        "Carrick: next step": "Call-in closed 13 November",
        "Carrick: own effective date": "2026-11-14",
        "Can we start?": "Not yet",
        "In effect from, or the earliest date": "2026-11-28",
        "Why": "28 November 2026 at the earliest",
        "Waiting for": "Brockvale",
        "Not approved by": "",
        "Lapses on": "[x]",
        "Withheld": "",
    }
    assert (lines[1]["Decision"], lines[1]["Not approved by"], lines[1]["Lapses on"]) == (
        "'=1+1",
        "Carrick",
        "2027-03-21",
    )


def test_csv_holds_only_what_the_page_holds(reader: Client, programme: Programme) -> None:
    rows.ict_contract(programme)
    rows.data_sharing(programme)
    response = reader.get("/programmes/abc/decisions.csv?waiting=carrick")
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [line["Reference"] for line in lines] == ["D-08"]


def addresses(decision: Decision) -> list[str]:
    own = f"/decisions/{decision.pk}/"
    return ["/programmes/abc/decisions/", "/programmes/abc/decisions.csv", own, f"{own}?part=open"]


def test_stranger_finds_nothing(client: Client, programme: Programme) -> None:
    decision = rows.ict_contract(programme)
    stranger = UserFactory()
    rows.role(stranger, rows.RoleName.COUNCIL_LEAD, council=CouncilFactory())
    sign_in(client, stranger)
    assert [client.get(address).status_code for address in addresses(decision)] == [404, 404, 404, 404]


def test_visitor_is_led_to_sign_in(client: Client, programme: Programme) -> None:
    decision = rows.ict_contract(programme)
    assert [client.get(address).headers["Location"] for address in addresses(decision)[:3]] == [
        "/sign-in/?next=/programmes/abc/decisions/",
        "/sign-in/?next=/programmes/abc/decisions.csv",
        f"/sign-in/?next=/decisions/{decision.pk}/",
    ]


def test_pages_only_read(reader: Client, programme: Programme) -> None:
    decision = rows.ict_contract(programme)
    assert [reader.post(address).status_code for address in addresses(decision)] == [405, 405, 405, 405]
