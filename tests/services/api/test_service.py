"""Services through the API: the same actions and refusals as on the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import RoleName
from core.enums import Channel
from core.models import AuditEvent
from programme.models import CouncilFigure
from services.enums import MeasureKind
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from tests.api.test_reads import client_of
from tests.factories import CouncilFigureFactory, UserFactory, role
from tests.services import rows

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def programme():
    return rows.programme_of_three()


@pytest.fixture
def service(programme):
    return rows.revenues(programme)


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return client_of(user)


@pytest.fixture
def officer(programme):
    user = UserFactory()
    role(user, RoleName.FINANCE_OFFICER, council=rows.members(programme)[0])
    return client_of(user)


def messages(response: Any) -> list[tuple[str, str]]:
    return [(one["field"], one["message"]) for one in response.json()["errors"]]


def test_service_is_added_and_changed(manager, programme):
    made = manager.post(
        f"{API}/services/",
        {"programme": "abc", "ref": "S-9", "name": "ICT", "planned_on": "2027-04-01", "kind": "ict"},
    )
    assert made.status_code == 201
    answer = made.json()
    assert (answer["ref"], answer["kind"], answer["planned"]["first_on"], answer["version"]) == (
        "S-9",
        "ict",
        "2027-04-01",
        1,
    )
    address = f"{API}/services/{answer['id']}/"
    changed = manager.patch(address, {"version": 1, "lead_council": "brockvale"}).json()
    assert (changed["lead_council"], changed["name"], changed["version"]) == ("brockvale", "ICT", 2)
    assert manager.patch(address, {"version": 1, "name": "IT"}).status_code == 409
    assert Service.objects.get(ref="S-9").name == "ICT"
    assert set(AuditEvent.objects.values_list("channel", flat=True)) == {Channel.API}


def test_refusals_are_those_of_the_page(manager, officer, service):
    address = f"{API}/services/{service.pk}"
    again = manager.post(f"{API}/services/", {"programme": "abc", "ref": "S-1", "name": "x"})
    assert messages(again) == [("ref", "S-1 is already a service of this programme")]
    late = manager.post(
        f"{address}/councils/",
        {"version": 1, "council": "carrick", "contract_break_on": "2030-01-01"},
    )
    assert messages(late) == [("contract_end_on", "End date must be after 1 January 2030")]
    wrong = manager.post(
        f"{address}/costs/", {"version": 1, "council": "ashmere", "fy": 2027, "amount": "1.2m"}
    )
    assert messages(wrong) == [("amount", "Enter the amount in full using numbers, for example 1,200,000")]
    assert officer.patch(f"{address}/", {"version": 1, "name": "x"}).status_code == 403
    other = officer.post(
        f"{address}/costs/", {"version": 1, "council": "brockvale", "fy": 2027, "amount": "5"}
    )
    assert other.status_code == 403
    assert (AuditEvent.objects.count(), ServiceCost.objects.count()) == (0, 5)


def test_officer_records_part_costs_and_measures_of_the_own_council(officer, service):
    address = f"{API}/services/{service.pk}"
    part = {"version": 1, "council": "ashmere", "fte": "4.5", "shared_percent": "12.5"}
    answer = officer.post(f"{address}/councils/", part).json()
    shown = answer["provisions"][0]
    assert (shown["council"], shown["fte"], shown["is_fte_withheld"], shown["shared_percent"]) == (
        "ashmere",
        None,
        True,
        "12.50",
    )
    back = {"version": 2, "council": "ashmere", "fte": shown["fte"], "shared_percent": "12.50"}
    assert officer.post(f"{address}/councils/", back).json()["version"] == 2
    assert ServiceCouncil.objects.get(council__key="ashmere").fte == Decimal("4.50")
    cost = {"version": 2, "council": "ashmere", "fy": 2027, "amount": "£1,234.50", "source": "Ledger"}
    assert officer.post(f"{address}/costs/", cost).json()["provisions"][0]["costs"][-1] == {
        "fy": 2027,
        "amount": "1234.50",
        "confidence": "medium",
        "qualifier": "exact",
        "source": "Ledger",
    }
    measure = {
        "version": 3,
        "council": "ashmere",
        "fy": 2027,
        "name": "Claims",
        "kind": "volume",
        "value": "5",
    }
    assert officer.post(f"{address}/measures/", measure).json()["provisions"][0]["measures"] == [
        {
            "kind": "volume",
            "name": "Claims",
            "unit": "",
            "fy": 2027,
            "value": "5.000",
            "is_higher_better": None,
            "source": None,
        }
    ]
    officer.post(f"{address}/costs/", {**cost, "version": 4, "amount": None})
    officer.post(f"{address}/measures/", {**measure, "version": 5, "value": None})
    stored = ServiceCouncil.objects.get(council__key="ashmere")
    assert (stored.costs.filter(fy=2027).count(), stored.measures.count()) == (0, 0)
    assert Service.objects.get().version == 6


def test_import_of_rows_and_of_a_file(manager, programme):
    address = f"{API}/programmes/abc/services/import/"
    sent = {
        "rows": [{"ref": "S-1", "name": "ICT", "council": "ashmere", "fy": "2026-27", "amount_pence": "5"}]
    }
    tried = manager.post(address, {**sent, "dry_run": True}).json()
    assert (tried["dry_run"], tried["added"], tried["changed"], Service.objects.count()) == (True, 3, 0, 0)
    assert tried["changes"][2] == {
        "service": "S-1 ICT",
        "what": "Add a cost: Ashmere, 2026 to 2027",
        "changes": [{"label": "Cost", "before": "nothing", "after": "£5.00"}],
    }
    done = manager.post(address, sent).json()
    assert (done["dry_run"], done["added"], ServiceCost.objects.get().amount_pence) == (False, 3, 5_00)
    file = SimpleUploadedFile(
        "s.csv", "Reference,Council,Financial year,Cost (£)\nS-1,Ashmere,2026-27,6\n".encode()
    )
    uploaded = manager.post(address, {"file": file}, format="multipart")
    assert (uploaded.status_code, uploaded.json()["changed"]) == (200, 1)
    assert ServiceCost.objects.get().amount_pence == 6_00


def test_import_with_a_wrong_cell_says_which_and_stores_nothing(manager, programme):
    address = f"{API}/programmes/abc/services/import/"
    sent = {"rows": [{"ref": "S-1", "name": "ICT"}, {"ref": "S-2", "name": "HR", "fte": "many"}]}
    response = manager.post(address, sent)
    assert (response.status_code, messages(response)) == (
        400,
        [
            ("file", "1 of 2 rows has errors. Fix them and upload again. Nothing was imported"),
            (
                "rows.2",
                "Row 2, Full-time equivalents: Full-time equivalents must be a number, for example 1,200.5",
            ),
        ],
    )
    wrong = manager.post(address, {"file": SimpleUploadedFile("s.pdf", b"x")}, format="multipart")
    assert messages(wrong) == [("file", "File must be a CSV or XLSX")]
    assert (Service.objects.count(), AuditEvent.objects.count()) == (0, 0)


def state_volumes(service: Service) -> None:
    """Ashmere and Brockvale handled claims in 2025 to 2026; Carrick states none."""
    for name, value in (("ashmere", 30_000), ("brockvale", 40_000)):
        part = service.provisions.get(council__key=name)
        ServiceMeasure.objects.create(
            provision=part, kind=MeasureKind.VOLUME, name="Claims", fy=2025, value=value
        )
    for council in rows.members(service.programme)[:2]:
        CouncilFigureFactory(council=council, year=2024, quantity=100_000)


def test_comparison(manager, service):
    state_volumes(service)
    assert CouncilFigure.objects.count() == 2
    found = manager.get(f"{API}/services/{service.pk}/comparison/").json()
    assert (found["fy"], found["measure"]) == (2025, "Claims")
    assert found["councils"] == [
        {
            "council": "ashmere",
            "cost": "100000.50",
            "volume": "30000.000",
            "unit_cost": "3.33",
            "population": "100000.0",
            "population_year": 2024,
            "cost_per_head": "1.00",
            "missing": [],
        },
        {
            "council": "brockvale",
            "cost": "200001.00",
            "volume": "40000.000",
            "unit_cost": "5.00",
            "population": "100000.0",
            "population_year": 2024,
            "cost_per_head": "2.00",
            "missing": [],
        },
        {
            "council": "carrick",
            "cost": "300001.50",
            "volume": None,
            "unit_cost": None,
            "population": None,
            "population_year": None,
            "cost_per_head": None,
            "missing": ["volume of work (Claims)", "population"],
        },
    ]
    assert (found["unit_cost_difference"], found["unit_cost_ratio"]) == ("1.67", "1.50")
    assert (found["cost_per_head_difference"], found["cost_per_head_ratio"]) == ("1.00", "2.00")
    assert manager.get(f"{API}/programmes/abc/service-comparison/").json() == [found]
    other = manager.get(f"{API}/services/{service.pk}/comparison/?fy=2026").json()
    assert (other["fy"], other["measure"], other["councils"][2]["missing"]) == (
        2026,
        None,
        ["cost of 2026 to 2027", "volume of work", "population"],
    )


@time_machine.travel("2027-11-22 12:00:00", tick=False)
def test_contracts_and_candidates(manager, service):
    rows.payroll(service.programme)
    assert manager.get(f"{API}/programmes/abc/contracts/").json() == [
        {
            "service": "S-1",
            "name": "revenues and benefits",
            "council": "carrick",
            "provider_name": "",
            "end_on": date(2029, 9, 30).isoformat(),
            "break_on": None,
            "start_on": "2027-09-30",
            "stage": "Start work now",
        }
    ]
    found = manager.get(f"{API}/programmes/abc/candidates/?months=24").json()
    assert found == {
        "months": 24,
        "ranked": [
            {
                "place": 1,
                "service": "S-1",
                "name": "revenues and benefits",
                "points": 70,
                "reasons": [
                    (
                        "No contract binds Ashmere and Brockvale. "
                        "Carrick can leave its contract on 30 September 2029"
                    ),
                    "The councils spend £600,003 a year on it, the most of any service ranked",
                ],
                "missing": [
                    "Part shared already of Ashmere, Brockvale and Carrick",
                    "A unit cost or cost per head of two councils",
                ],
            }
        ],
        "unranked": [{"service": "S-2", "name": "payroll", "reason": "It is shared already"}],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_number_of_queries(manager, programme, count, django_assert_num_queries):
    for index in range(count):
        rows.payroll(programme)
        Service.objects.filter(ref="S-2").update(ref=f"S-{index + 10}")
    for address, queries in (
        ("/services/?programme=abc", 7),
        ("/programmes/abc/service-comparison/", 8),
        ("/programmes/abc/contracts/", 4),
        ("/programmes/abc/candidates/", 8),
    ):
        with django_assert_num_queries(queries):
            assert manager.get(f"{API}{address}").status_code == 200
