"""The forward plan, and the notice of a key decision as page and PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pypdf
import pytest
import time_machine
from django.test import Client

from core.enums import PublicationClass
from governance.models import CouncilDecision, Decision
from programme.models import Programme
from tests.factories import sign_in
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


def carrick_of(decision: Decision) -> CouncilDecision:
    return CouncilDecision.objects.get(decision=decision, council__key="carrick")


def test_plan_says_who_decides_when_and_by_when_notice_is_due(reader: Client, programme: Programme) -> None:
    decision = rows.data_sharing(programme, is_key=True)
    rows.ict_contract(programme)
    CouncilDecision.objects.filter(pk=carrick_of(decision).pk).update(next_meeting_on=date(2027, 1, 14))
    page = text_of(reader.get("/programmes/abc/forward-plan/"))
    assert (
        "Data-sharing agreement D-08 Carrick Cabinet 14 January 2027 "
        "Decides on 14 January 2027. Publish the notice by 16 December 2026 "
        "Publish by 16 December 2026 Notice of D-08 for Carrick Publish by 6 January 2027"
    ) in page
    assert "Shared ICT contract" not in page


def test_plan_is_narrowed_and_its_file_holds_the_same_rows(reader: Client, programme: Programme) -> None:
    rows.data_sharing(programme)
    assert "D-08" in text_of(reader.get("/programmes/abc/forward-plan/?council=carrick"))
    for query in ("council=ashmere", "key=yes"):
        assert "No council is to decide" in text_of(reader.get(f"/programmes/abc/forward-plan/?{query}"))
    answer = reader.get("/programmes/abc/forward-plan.csv?council=carrick")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content)))
    assert [(row["Decides on"], row["Council"], row["Reference"], row["Key decision"]) for row in found] == [
        ("2026-12-03", "Carrick", "D-08", "No")
    ]


def test_notice_is_a_page_and_a_tagged_pdf_without_what_is_exempt(
    reader: Client, programme: Programme
) -> None:
    decision = rows.data_sharing(programme, is_key=True, text="Marker of the text")
    address = f"/key-decision-notices/{carrick_of(decision).pk}"
    page = text_of(reader.get(f"{address}/"))
    assert (
        "What is to be decided Marker of the text Who decides Cabinet When On or after 3 December 2026"
        in page
    )
    Decision.objects.filter(pk=decision.pk).update(
        publication_class=PublicationClass.EXEMPT, exempt_paragraph=3, public_interest_reason="Bids are open"
    )
    pdf = pypdf.PdfReader(io.BytesIO(reader.get(f"{address}.pdf").content))
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "Notice of a key decision" in words
    assert "Withheld: exempt under paragraph 3" in words.replace("\n", " ")
    assert "Marker" not in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_notice_of_a_decision_that_is_not_key_is_not_there(reader: Client, programme: Programme) -> None:
    asked = carrick_of(rows.data_sharing(programme))
    assert reader.get(f"/key-decision-notices/{asked.pk}/").status_code == 404


def test_list_takes_one_number_of_queries(
    client: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    sign_in(client, rows.reader_of(programme))
    rows.data_sharing(programme, is_key=True)
    with django_assert_num_queries(10):
        client.get("/programmes/abc/forward-plan/")
    for index in range(3):
        rows.data_sharing(programme, ref=f"D-{index}", is_key=True)
    with django_assert_num_queries(10):
        client.get("/programmes/abc/forward-plan/")
