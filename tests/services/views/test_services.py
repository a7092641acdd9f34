"""The services of a programme as page and file, and business cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from programme.models import Programme
from services.enums import CostType, LineKind
from services.models import BusinessCaseAmount
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CaseOptionFactory,
    UserFactory,
    sign_in,
)
from tests.pages import text_of
from tests.services import rows

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
PAGE = "/programmes/abc/services/"


@pytest.fixture
def programme() -> Programme:
    return rows.programme_of_three()


@pytest.fixture
def reader(client: Client, programme: Programme) -> Client:
    return sign_in(client, rows.reader_of(programme))


def test_page_says_where_each_service_stands(reader: Client, programme: Programme) -> None:
    rows.revenues(programme)
    rows.payroll(programme)
    page = text_of(reader.get(PAGE))
    assert (
        "Revenues and benefits S-1 Planned to be shared Planned for 1 October 2027 "
        "Ashmere: in house, 31 full-time equivalents Brockvale: in house, 31 full-time equivalents "
        "Carrick: outsourced, 22.5 full-time equivalents, contract ends 30 September 2029 "
        "Lead council: Ashmere Recommended Started 6 October 2025, politically sensitive The largest."
    ) in page
    assert "Payroll S-2 Shared Since October 2009 Ashmere and Brockvale No review" in page


def test_page_shows_costs_and_says_what_is_missing(reader: Client, programme: Programme) -> None:
    rows.revenues(programme)
    rows.payroll(programme)
    page = text_of(reader.get(PAGE))
    assert (
        "Revenues and benefits 2025 to 2026 100,000.50 High confidence 200,001.00 High confidence "
        "300,001.50 High confidence 600,003.00 "
        "2026 to 2027 100,000.00 About, medium confidence 100,000.00 About, medium confidence [x] "
        "[x] Carrick not stated"
    ) in page
    assert "For services not listed here no cost is stated." in page


def test_page_without_costs_says_so(reader: Client, programme: Programme) -> None:
    rows.payroll(programme)
    page = text_of(reader.get(PAGE))
    assert "1 service: 1 shared. No costs are stated." in page
    assert "No costs are stated for these services" in page


def test_page_is_narrowed_by_its_address(reader: Client, programme: Programme) -> None:
    rows.revenues(programme)
    rows.payroll(programme)
    page = text_of(reader.get(f"{PAGE}?status=shared"))
    assert "Payroll S-2" in page
    assert "Revenues and benefits" not in page
    assert "No service has this status" in text_of(reader.get(f"{PAGE}?status=transferred_out"))


def test_page_without_services_says_where_they_come_from(reader: Client) -> None:
    assert "No services are recorded for this programme" in text_of(reader.get(PAGE))


def test_page_takes_one_number_of_queries(
    reader: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    rows.revenues(programme)
    with django_assert_num_queries(11):
        reader.get(PAGE)
    for index in range(3):
        service = rows.payroll(programme)
        service.ref = f"S-{index + 3}"
        service.save()
    with django_assert_num_queries(11):
        reader.get(PAGE)


def test_csv_has_a_row_for_each_service_council_and_year(reader: Client, programme: Programme) -> None:
    rows.revenues(programme)
    rows.payroll(programme)
    response = reader.get("/programmes/abc/services.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="abc-services.csv"'
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [
        (line["Reference"], line["Council"], line["Financial year"], line["Cost (£)"]) for line in lines
    ] == [
        ("S-1", "Ashmere", "2025-26", "100000.50"),
        ("S-1", "Ashmere", "2026-27", "100000.00"),
        ("S-1", "Brockvale", "2025-26", "200001.00"),
        ("S-1", "Brockvale", "2026-27", "100000.00"),
        ("S-1", "Carrick", "2025-26", "300001.50"),
        ("S-2", "Ashmere", "[x]", "[x]"),
        ("S-2", "Brockvale", "[x]", "[x]"),
    ]
    assert lines[4] == {
        "Reference": "S-1",
        "Service": "revenues and benefits",
        "Kind": "Other",
        "Status": "Planned to be shared",
        "Shared since": "[x]",
        "Planned for": "2027-10-01",
        "Lead council": "Ashmere",
        "Note": "[x]",
        "Review": "Recommended",
        "Council": "Carrick",
        "Status of the council": "[x]",
        "Provider": "Outsourced",
        "Provider name": "[x]",
        "Full-time equivalents": "22.50",
        "Contract can end from": "[x]",
        "Contract ends on": "2029-09-30",
        "Already shared (%)": "[x]",
        "Note of the council": "[x]",
        "Financial year": "2025-26",
        "Cost (£)": "300001.50",
        "Confidence": "High",
        "Exactness": "exact",
        "Source": "[x]",
        "Measure": "[x]",
        "Measure kind": "[x]",
        "Unit": "[x]",
        "Value": "[x]",
        "Higher is better": "[x]",
    }


def business_case(programme: Programme, lines: int = 1) -> str:
    """The address of a business case with lines for Ashmere and Carrick."""
    ashmere, _, carrick = rows.members(programme)
    case = BusinessCaseFactory(programme=programme, ref="BC-1", title="Joint case")
    option = CaseOptionFactory(business_case=case, name="Share")
    for number in range(lines):
        line = BusinessCaseLineFactory(
            business_case=case,
            option=option,
            ref=f"L-{number}",
            title="Contract exit",
            kind=LineKind.ONE_OFF_COST,
            cost_type=CostType.ICT,
            key_text="equally",
        )
        for council, fy, pence in ((ashmere, 2026, 10_000_00), (carrick, 2026, 5_00), (carrick, 2027, 7_00)):
            BusinessCaseAmount.objects.create(line=line, council=council, fy=fy, amount_pence=pence)
    return f"/business-cases/{case.pk}/"


def test_business_case_shows_each_line_by_council_and_year(reader: Client, programme: Programme) -> None:
    page = text_of(reader.get(business_case(programme)))
    assert "Joint case BC-1" in page
    assert "Full business case, version 1 Joint case" in page
    assert "State Draft Next step Send to internal review" in page
    assert "About The whole programme" in page
    assert "Ashmere Carrick Together" in page
    assert (
        "Contract exit L-0 One-off cost: ICT Option: Share Shared: equally "
        "2026 to 2027 10,000.00 5.00 10,005.00 2027 to 2028 [z] 7.00 7.00"
    ) in page


def test_business_case_leads_to_its_other_versions(reader: Client, programme: Programme) -> None:
    first = business_case(programme)
    second = BusinessCaseFactory(programme=programme, ref="BC-1", number=2, title="Joint case")
    response = reader.get(f"/business-cases/{second.pk}/")
    assert "Version 2, this one Draft Not issued This version Version 1 Draft Not issued Compare" in text_of(
        response
    )
    assert f'href="{first}"'.encode() in response.content
    assert "No lines are recorded for this version" in text_of(response)


@pytest.mark.parametrize("lines", [1, 4])
def test_business_case_takes_one_number_of_queries(
    lines: int, reader: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    address = business_case(programme, lines)
    with django_assert_num_queries(15):
        reader.get(address)


def test_stranger_and_visitor(client: Client, programme: Programme) -> None:
    addresses = [PAGE, "/programmes/abc/services.csv", business_case(programme)]
    assert [client.get(address).headers["Location"] for address in addresses] == [
        f"/sign-in/?next={address}" for address in addresses
    ]
    sign_in(client, UserFactory())
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
