"""Pages of one service, its forms, the comparison, contract ends, candidates and the import."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import plotly.graph_objects as go
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import RoleName
from core.models import AuditEvent
from services.enums import MeasureKind
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.queries.comparison import service_comparison
from services.queries.contracts import contract_timeline
from services.service_charts import contract_chart, rate_chart, ratio_chart
from tests.factories import CouncilFigureFactory, UserFactory, role, sign_in
from tests.pages import text_of
from tests.services import rows

pytestmark = pytest.mark.django_db
ABC = "/programmes/abc/services"
NOW = "2027-11-22 12:00:00"


@pytest.fixture
def programme():
    return rows.programme_of_three()


@pytest.fixture
def service(programme):
    service = rows.revenues(programme)
    for name, value in (("ashmere", 30_000), ("brockvale", 40_000)):
        part = service.provisions.get(council__key=name)
        ServiceMeasure.objects.create(
            provision=part, kind=MeasureKind.VOLUME, name="Claims", unit="a claim", fy=2025, value=value
        )
    for council in rows.members(programme)[:2]:
        CouncilFigureFactory(council=council, year=2024, quantity=100_000)
    return service


@pytest.fixture
def reader(client, programme):
    return sign_in(client, rows.reader_of(programme))


@pytest.fixture
def manager(client, programme):
    user = UserFactory(name="Priya Raman")
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return sign_in(client, user)


def words_of(response: Any, status: int) -> str:
    assert response.status_code == status
    response.status_code = 200
    return text_of(response)


def lines_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_service_shows_parts_costs_and_measures(reader, service):
    ServiceCouncil.objects.filter(council__key="ashmere").update(
        fte=Decimal("4.5"), shared_percent=Decimal(20), provider_name="Own staff"
    )
    response = reader.get(f"/services/{service.pk}/")
    page = text_of(response)
    assert "Status Planned to be shared Planned for 1 October 2027 Lead council Ashmere" in page
    assert "Ashmere In house Own staff None Fewer than 5 posts 20.0%" in page
    assert "Carrick Outsourced Ends 30 September 2029 22.5 full-time equivalents Not stated" in page
    assert "2026 to 2027 100,000.00 About, medium confidence" in page
    assert "Claims Volume of work, a claim 2025 to 2026 30,000 40,000 [x]" in page
    assert "Nothing has changed since it was recorded" in page
    assert ("4.5" in page, b"/edit/" in response.content) == (False, False)


def test_manager_adds_a_service_and_each_council_its_part(manager, programme):
    sent = {"ref": "S-9", "name": "ICT", "kind": "ict", "status": "planned", "planned": "October 2027"}
    made = manager.post(f"{ABC}/new/", {**sent, "seen_version": 1})
    service = Service.objects.get(ref="S-9")
    assert (made.status_code, made.url) == (302, f"/services/{service.pk}/")
    assert (service.kind, str(service.get_date("planned"))) == ("ict", "October 2027")
    part = {"provider": "outsourced", "fte": "3.5", "contract_end_on": "30 9 2029", "seen_version": 1}
    assert manager.post(f"/services/{service.pk}/councils/carrick/", part).status_code == 302
    cost = {"fy": "2026", "amount_pence": "1,234.50", "confidence": "low", "qualifier": "about"}
    address = f"/services/{service.pk}/councils/carrick"
    assert manager.post(f"{address}/costs/new/", {**cost, "seen_version": 2}).status_code == 302
    measure = {"name": "Tickets", "fy": "2026", "kind": "volume", "value": "1,000", "seen_version": 3}
    assert manager.post(f"{address}/measures/new/", measure).status_code == 302
    stored = ServiceCouncil.objects.get()
    assert (stored.fte, stored.costs.get().amount_pence, stored.measures.get().value) == (
        Decimal("3.5"),
        1_234_50,
        1000,
    )
    page = text_of(manager.get(f"/services/{service.pk}/"))
    assert "Priya Raman On its page Added a cost: Carrick, 2026 to 2027 Cost: £1,234.50" in page
    assert "Full-time equivalents: fewer than 5 posts" in page


def test_form_keeps_what_was_typed_and_says_what_to_do(manager, service):
    address = f"/services/{service.pk}/councils/carrick"
    refused = manager.post(
        f"{address}/costs/new/",
        {"fy": "", "amount_pence": "12k", "confidence": "low", "qualifier": "exact", "seen_version": 1},
    )
    page = words_of(refused, 422)
    assert "Select a financial year, for example 2026 to 2027" in page
    assert "Enter the amount in full using numbers, for example 1,200,000" in page
    assert b'value="12k"' in refused.content
    late = manager.post(
        f"{address}/",
        {"provider": "outsourced", "contract_break_on": "1 4 2029", "contract_end_on": "1 4 28"}
        | {"seen_version": 1},
    )
    assert "Year must include 4 numbers" in words_of(late, 422)
    wrong = manager.post(
        f"{address}/",
        {"provider": "outsourced", "contract_break_on": "1 4 2029", "contract_end_on": "1 4 2028"}
        | {"seen_version": 1},
    )
    assert "End date must be after 1 April 2029" in words_of(wrong, 422)
    assert (ServiceCost.objects.count(), AuditEvent.objects.count()) == (5, 0)


def test_edit_of_someone_else_shows_both(manager, service):
    address = f"/services/{service.pk}/edit/"
    sent = {"name": "Revenues", "kind": "revenues", "status": "planned", "seen_version": 1}
    assert manager.post(address, sent).status_code == 302
    crossed = manager.post(address, {**sent, "name": "Benefits"})
    page = words_of(crossed, 409)
    assert "Review their change before you save" in page
    assert "Name Revenues Benefits" in page
    assert Service.objects.get().name == "Revenues"
    assert manager.post(address, {**sent, "name": "Benefits", "seen_version": 2}).status_code == 302
    assert Service.objects.get().name == "Benefits"


def test_figure_entered_by_mistake_is_changed_or_removed(manager, service):
    cost = ServiceCost.objects.get(provision__council__key="carrick")
    address = f"/service-costs/{cost.pk}/edit/"
    sent = {"amount_pence": "5", "confidence": "high", "qualifier": "exact", "seen_version": 1}
    assert manager.post(address, sent).status_code == 302
    assert ServiceCost.objects.get(pk=cost.pk).amount_pence == 5_00
    assert manager.post(address, {**sent, "seen_version": 2, "then": "remove"}).status_code == 302
    assert not ServiceCost.objects.filter(pk=cost.pk).exists()
    measure = ServiceMeasure.objects.first()
    form = {"kind": "volume", "value": "7", "is_higher_better": "no", "seen_version": 3}
    assert manager.post(f"/service-measures/{measure.pk}/edit/", form).status_code == 302
    measure.refresh_from_db()
    assert (measure.value, measure.is_higher_better) == (7, False)
    page = text_of(manager.get(f"/services/{service.pk}/"))
    assert "Removed a cost: Carrick, 2025 to 2026 Cost: £5.00 Confidence: high" in page
    assert "Direction" not in page
    assert "Higher is better: from nothing to no" in page


def test_officer_edits_the_own_council_alone(client, programme, service):
    officer = UserFactory()
    role(officer, RoleName.COUNCIL_LEAD, council=rows.members(programme)[0])
    sign_in(client, officer)
    answers = [
        client.get(f"/services/{service.pk}/{rest}").status_code
        for rest in ("edit/", "councils/ashmere/", "councils/brockvale/", "councils/holt/")
    ]
    assert answers == [403, 200, 403, 404]
    assert client.get(f"{ABC}/import/").status_code == 200


def test_comparison_of_one_service(reader, service):
    page = text_of(reader.get(f"/services/{service.pk}/compare/"))
    assert "Ashmere 100,000.50 30,000 3.33 100,000 of 2024 1.00" in page
    assert "Brockvale 200,001.00 40,000 5.00 100,000 of 2024 2.00" in page
    assert "Carrick 300,001.50 [x] [x] [x] [x]" in page
    assert "Highest less lowest 1.67 1.00 Highest to lowest 1.50 2.00" in page
    assert "Carrick: volume of work (Claims) and population" in page
    assert "Brockvale spends £1.67 more on a claim than Ashmere" in page
    other = text_of(reader.get(f"/services/{service.pk}/compare/?year=2026-27"))
    assert "Carrick: cost of 2026 to 2027, volume of work and population" in other


def test_comparison_of_all_services_and_its_file(reader, programme, service):
    rows.payroll(programme)
    page = text_of(reader.get(f"{ABC}/compare/"))
    assert "Revenues and benefits 2025 to 2026 1.00 2.00 [x] 1.00 2.00" in page
    assert "Revenues and benefits 2025 to 2026, claims 3.33 5.00 [x] 1.67 1.50" in page
    assert "Payroll No cost stated [x] [x] [z] [x] [x]" in page
    assert "Ashmere: cost of any year, volume of work and population" in page
    lines = lines_of(reader.get(f"{ABC}/compare.csv"))
    assert lines[1] == {
        "Reference": "S-1",
        "Service": "revenues and benefits",
        "Financial year": "2025-26",
        "Council": "Brockvale",
        "Cost (£)": "200001.00",
        "Volume of work": "Claims",
        "Volume": "40000.000",
        "Unit cost (£)": "5.00",
        "Population": "100000.0",
        "Population of": "2024",
        "Cost per head (£)": "2.00",
        "Unit cost: highest less lowest (£)": "1.67",
        "Unit cost: highest to lowest": "1.50",
        "Per head: highest less lowest (£)": "1.00",
        "Per head: highest to lowest": "2.00",
        "Not stated": "[x]",
    }
    assert lines[2]["Not stated"] == "volume of work (Claims); population"
    assert lines_of(reader.get(f"/services/{service.pk}/compare.csv")) == lines[:3]


@time_machine.travel(NOW, tick=False)
def test_contract_ends_warn_two_years_before(client, programme, service):
    reader = sign_in(client, rows.reader_of(programme))
    ServiceCouncil.objects.filter(council__key="brockvale").update(provider="outsourced")
    page = text_of(reader.get(f"{ABC}/contracts/"))
    assert (
        "Revenues and benefits: Carrick’s contract ends on 30 September 2029, "
        "so work should have started by 30 September 2027"
    ) in page.replace("\u00a0", " ")
    assert "Contracts without a stated end Revenues and benefits: Brockvale" in page
    assert lines_of(reader.get(f"{ABC}/contracts.csv")) == [
        {
            "Contract ends on": "2029-09-30",
            "Can end from": "[x]",
            "Reference": "S-1",
            "Service": "revenues and benefits",
            "Council": "Carrick",
            "Provider name": "[x]",
            "Start work by": "2027-09-30",
            "Stage": "Start work now",
        }
    ]


@time_machine.travel("2027-09-29 12:00:00", tick=False)
def test_no_warning_a_day_before(client, programme, service):
    reader = sign_in(client, rows.reader_of(programme))
    page = text_of(reader.get(f"{ABC}/contracts/"))
    assert "No service needs work to start now" in page
    assert "work should have started" not in page


def test_candidates_are_ranked_with_reasons(reader, programme, service):
    rows.payroll(programme)
    page = text_of(reader.get(f"{ABC}/candidates/?months=24"))
    assert "can be left within 24 months of each other" in page
    assert "1. Revenues and benefits 80" in page
    assert "The unit cost is 1.50 times as high in Brockvale as in Ashmere." in page
    assert "Payroll It is shared already" in page
    lines = lines_of(reader.get(f"{ABC}/candidates.csv?months=24"))
    assert [(line["Place"], line["Service"], line["Points"]) for line in lines] == [
        ("1", "revenues and benefits", "80"),
        ("[x]", "payroll", "[x]"),
    ]


def test_charts_are_valid_figures(programme, service):
    comparison = service_comparison(programme)
    charts = [
        rate_chart(comparison.services[0], csv_url="x"),
        ratio_chart(comparison, csv_url="x"),
        contract_chart(contract_timeline(programme, as_of=date(2027, 11, 22)), csv_url="x"),
    ]
    assert [chart.label for chart in charts] == [
        "Bar chart. Cost of a claim: Ashmere £3.33; Brockvale £5.00.",
        "Bar chart. Revenues and benefits 2.00 times.",
        "Chart of dates. revenues and benefits of Carrick ends 30 September 2029.",
    ]
    for chart in charts:
        layout = {
            name: value for name, value in chart.spec["layout"].items() if name not in ("xaxis", "yaxis")
        }
        axes = {
            name: {
                key: value for key, value in chart.spec["layout"][name].items() if key not in ("grid", "size")
            }
            for name in ("xaxis", "yaxis")
        }
        go.Figure(data=chart.spec["data"], layout={**layout, **axes})


def upload(text: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("services.csv", text.encode())}


FILE = "Reference,Service,Council,Financial year,Cost (£)\nS-9,ICT,Ashmere,2026-27,5\n"


def test_import_is_checked_then_done(manager, programme):
    checked = manager.post(f"{ABC}/import/", upload(FILE))
    page = text_of(checked)
    assert "3 to add and 0 to change. Nothing has been imported yet." in page
    assert "S-9 ICT Add a cost: Ashmere, 2026 to 2027 Cost: £5.00" in page
    assert Service.objects.count() == 0
    done = manager.post(f"{ABC}/import/", {"checked": checked.context["token"]}, follow=True)
    assert "Imported: 3 rows added, 0 rows changed" in text_of(done)
    assert ServiceCost.objects.get().amount_pence == 5_00
    again = text_of(manager.post(f"{ABC}/import/", upload(FILE)))
    assert "The file holds 1 row and says nothing new. There is nothing to import." in again


def test_import_says_every_wrong_cell_and_imports_nothing(manager, programme):
    refused = manager.post(f"{ABC}/import/", upload(FILE + "S-10,HR,Holt,2026,-5\n"))
    page = words_of(refused, 422)
    assert "1 of 2 rows has errors. Fix them and upload again. Nothing was imported" in page
    assert "Row 3 Council Holt Holt is not a partner in this programme" in page
    assert "Row 3 Financial year 2026 Select a financial year, for example 2026 to 2027" in page
    assert "Row 3 Cost (£) -5 Cost must be £0 or more" in page
    ragged = manager.post(f"{ABC}/import/", upload(FILE + "S-10\n"))
    assert "Row 3 has 1 column. It should have 5. Nothing was imported" in words_of(ragged, 422)
    empty = manager.post(f"{ABC}/import/", upload(""))
    assert "File must not be empty" in words_of(empty, 422)
    assert "Choose a CSV or XLSX file" in words_of(manager.post(f"{ABC}/import/", {}), 422)
    assert (Service.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_import_that_would_no_longer_do_what_was_seen_shows_it_again(manager, service):
    text = "Reference,Service\nS-1,Taxes\n"
    token = manager.post(f"{ABC}/import/", upload(text)).context["token"]
    Service.objects.update(version=2)
    crossed = manager.post(f"{ABC}/import/", {"checked": token})
    assert "Review their change before you save" in words_of(crossed, 409)
    assert Service.objects.get().name == "revenues and benefits"
    forged = manager.post(f"{ABC}/import/", {"checked": f"{token}x"})
    assert "Check the file again" in words_of(forged, 422)


def test_workbook_is_the_template_of_the_import(manager, programme, service):
    response = manager.get("/programmes/abc/services.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [cell.value for cell in book["services"][4]][:4] == ["Reference", "Service", "Kind", "Status"]
    sent = SimpleUploadedFile("services.xlsx", response.content)
    assert "says nothing new" in text_of(manager.post(f"{ABC}/import/", {"file": sent}))


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_one_number_of_queries(reader, programme, count, django_assert_num_queries):
    for index in range(count):
        made = rows.revenues(programme)
        Service.objects.filter(pk=made.pk).update(ref=f"S-{index + 10}")
    for address, queries in (
        (f"{ABC}/compare/", 9),
        (f"{ABC}/contracts/", 5),
        (f"{ABC}/candidates/", 9),
        (f"/services/{made.pk}/", 13),
        (f"/services/{made.pk}/compare/", 10),
    ):
        with django_assert_num_queries(queries):
            assert reader.get(address).status_code == 200
