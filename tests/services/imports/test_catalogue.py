"""The service catalogue from a file: what it adds and changes, what is refused, and the round trip."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import RoleName
from core.enums import Channel
from core.errors import Refusals, StaleEdit
from core.exports.csv_file import csv_text
from core.exports.workbook import workbook_bytes
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from services.actions.service_import import check_catalogue, from_file, from_rows, import_catalogue
from services.enums import MeasureKind, Provider
from services.exports import service_document, service_table
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.queries.catalogue import service_page
from tests.factories import UserFactory, role
from tests.services import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return rows.programme_of_three()


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


def csv_of(lines: list[dict[str, Any]]) -> SimpleUploadedFile:
    titles = list(dict.fromkeys(title for line in lines for title in line))
    text = io.StringIO()
    writer = csv.DictWriter(text, titles, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return SimpleUploadedFile("services.csv", text.getvalue().encode())


def problems(programme, user, lines: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    table = check_catalogue(programme, from_file(csv_of(lines)), by=user).table
    return [(one.row, one.column, one.message) for one in table.problems]


REVENUES = [
    {
        "Reference": "S-1",
        "Service": "Revenues",
        "Kind": "revenues",
        "Status": "Planned to be shared",
        "Planned for": "1 October 2027",
        "Shared since": "",
        "Lead council": "Brockvale",
        "Council": "Ashmere",
        "Provider": "Outsourced",
        "Full-time equivalents": "31.5",
        "Contract ends on": "30/09/2029",
        "Already shared (%)": "10",
        "Financial year": "2026 to 2027",
        "Cost (£)": "£1,234.50",
        "Confidence": "High",
        "Source": "Outturn report, page 4",
        "Measure": "Claims",
        "Measure kind": "Volume of work",
        "Unit": "claims",
        "Value": "30,000.5",
        "Higher is better": "",
    },
    {"Reference": "S-1", "Council": "brockvale", "Financial year": "2026-27", "Cost (£)": "7"},
]


def test_rows_become_services_parts_costs_and_measures(programme, manager):
    done = import_catalogue(programme, from_file(csv_of(REVENUES)), by=manager)
    assert (done.added, done.changed) == (6, 0)
    service = Service.objects.get()
    assert (service.ref, service.name, service.kind, service.status, str(service.lead_council)) == (
        "S-1",
        "Revenues",
        "revenues",
        "planned",
        "Brockvale",
    )
    assert service.get_date("planned") == ImpreciseDate.day(date(2027, 10, 1))
    ashmere, brockvale = ServiceCouncil.objects.order_by("council__short_name")
    assert (ashmere.provider, ashmere.fte, ashmere.contract_end_on, ashmere.shared_percent) == (
        Provider.OUTSOURCED,
        Decimal("31.5"),
        date(2029, 9, 30),
        Decimal(10),
    )
    cost = ashmere.costs.get()
    assert (cost.fy, cost.amount_pence, cost.confidence, str(cost.source)) == (
        2026,
        1_234_50,
        "high",
        "Outturn report, page 4",
    )
    measure = ServiceMeasure.objects.get()
    assert (measure.provision, measure.kind, measure.unit, measure.value, measure.source) == (
        ashmere,
        MeasureKind.VOLUME,
        "claims",
        Decimal("30000.5"),
        cost.source,
    )
    assert (brockvale.costs.get().amount_pence, brockvale.provider) == (7_00, Provider.NOT_STATED)
    events = AuditEvent.objects.order_by("pk")
    assert [(one.action, one.channel, one.object_id) for one in events] == [
        (action, Channel.IMPORT, service.pk)
        for action in (
            "add_service",
            "add_service_council",
            "add_service_council",
            "add_service_cost",
            "add_service_cost",
            "add_service_measure",
        )
    ]


def test_check_writes_nothing(programme, manager):
    checked = check_catalogue(programme, from_file(csv_of(REVENUES)), by=manager)
    assert (checked.added, checked.table.problems) == (6, [])
    assert (Service.objects.count(), AuditEvent.objects.count()) == (0, 0)


def stored_programme(programme) -> None:
    service = rows.revenues(programme)
    payroll = rows.payroll(programme)
    payroll.set_date("since", ImpreciseDate.approx(date(2011, 3, 1), date(2011, 5, 31), "spring 2011"))
    payroll.save()
    provision = service.provisions.first()
    provision.fte = Decimal("3.5")
    provision.shared_percent = Decimal("12.5")
    provision.note = "=1+1"
    provision.save()
    ServiceMeasure.objects.create(
        provision=provision,
        kind=MeasureKind.PERFORMANCE,
        name="Paid",
        fy=2025,
        value=-3,
        is_higher_better=True,
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_download_sent_back_changes_nothing(programme, manager, kind):
    stored_programme(programme)
    page = service_page(programme)
    if kind == "csv":
        content = csv_text(service_table(page)).encode()
    else:
        content = workbook_bytes(service_document(programme, page, as_of=date(2026, 11, 22)))
    checked = check_catalogue(
        programme, from_file(SimpleUploadedFile(f"services.{kind}", content)), by=manager
    )
    assert [str(one) for one in checked.table.problems] == []
    assert checked.writes == ()


def test_download_of_one_programme_builds_the_same_in_another(programme, manager):
    stored_programme(programme)
    ServiceCouncil.objects.filter(fte=Decimal("3.5")).update(fte=7)
    before = csv_text(service_table(service_page(programme))).replace("spring 2011", "March 2011")
    for model in (ServiceMeasure, ServiceCost, ServiceCouncil):
        model.objects.all().delete()
    Service.objects.first().reviews.all().delete()
    Service.objects.all().delete()
    import_catalogue(programme, from_file(SimpleUploadedFile("s.csv", before.encode())), by=manager)
    after = csv_text(service_table(service_page(programme)))

    def without(text: str) -> list[dict[str, str]]:
        return [
            {name: value for name, value in line.items() if name != "Review"}
            for line in csv.DictReader(io.StringIO(text))
        ]

    assert without(after) == without(before)


def test_only_what_differs_changes(programme, manager):
    service = rows.revenues(programme)
    done = import_catalogue(
        programme,
        from_rows(
            [
                {"ref": "S-1", "name": "", "council": "Carrick", "contract_end_on": "2030-03-31"},
                {"ref": "S-1", "council": "Carrick", "fy": "2025-26", "amount_pence": "300001.50"},
                {"ref": "S-1", "council": "Carrick", "fy": "2026-27", "amount_pence": 5},
            ]
        ),
        by=manager,
        channel=Channel.API,
    )
    assert [(one.action, one.before, one.after) for one in done.writes] == [
        (
            "change_service_council",
            {"contract_end_on": "2029-09-30"},
            {"contract_end_on": "2030-03-31"},
        ),
        ("add_service_cost", {}, {"amount_pence": 500}),
    ]
    service.refresh_from_db()
    assert (service.version, service.name) == (2, "revenues and benefits")


def test_officer_imports_the_own_council_alone(programme):
    rows.revenues(programme)
    officer = UserFactory()
    role(officer, RoleName.FINANCE_OFFICER, council=rows.members(programme)[0])
    own = {"Reference": "S-1", "Council": "Ashmere", "Financial year": "2027-28", "Cost (£)": "5"}
    assert problems(programme, officer, [own]) == []
    refused = [
        {**own, "Council": "Brockvale"},
        {**own, "Service": "Taxes"},
        {**own, "Reference": "S-9", "Service": "New", "Financial year": "", "Cost (£)": ""},
    ]
    assert problems(programme, officer, refused) == [
        (
            3,
            "Reference",
            "Only the programme manager can add a service or change what all councils see",
        ),
        (
            4,
            "Reference",
            "Only the programme manager can add a service or change what all councils see",
        ),
        (2, "Council", "Only an officer of Brockvale or the programme manager can change this"),
    ]


def test_cells_that_make_no_sense_are_named(programme, manager):
    base = {"Reference": "S-1", "Service": "Revenues"}
    lines = [
        {**base, "Cost (£)": "12k"},
        {**base, "Provider": "Outsourced"},
        {**base, "Council": "Holt"},
        {**base, "Council": "Ashmere", "Cost (£)": "5"},
        {**base, "Council": "Ashmere", "Financial year": "2026-27"},
        {**base, "Council": "Ashmere", "Value": "5"},
        {**base, "Council": "Ashmere", "Financial year": "2026-27", "Cost (£)": "5"},
        {**base, "Council": "Ashmere", "Financial year": "2026 to 2027", "Cost (£)": "6"},
        {"Reference": "S-1", "Service": "Benefits"},
        {**base, "Council": "Ashmere", "Contract can end from": "1 4 2029", "Contract ends on": "1 4 2028"},
        {"Reference": "S-2"},
        {**base, "Council": "Ashmere", "Financial year": "2026-27", "Measure": "Claims"},
    ]
    titles = dict.fromkeys(title for line in lines for title in line)
    assert problems(programme, manager, [dict.fromkeys(titles, "") | line for line in lines]) == [
        (2, "Cost (£)", "Enter the amount in full using numbers, for example 1,200,000"),
        (4, "Council", "Holt is not a partner in this programme"),
        (3, "Council", "Enter the council"),
        (5, "Financial year", "Select a financial year, for example 2026 to 2027"),
        (6, "Cost (£)", "Enter the cost in pounds, for example 12,500 or 12,500.50"),
        (7, "Measure", "Enter the measure"),
        (9, "Cost (£)", "There are two entries for 2026 to 2027. Keep one"),
        (10, "Service", "Row 3 says Revenues. Keep one of them"),
        (12, "Service", "Enter the name"),
        (11, "Contract ends on", "End date must be after 1 April 2029"),
        (13, "Measure kind", "Select what the measure counts"),
        (13, "Value", "Enter the value"),
    ]


def test_one_wrong_cell_refuses_everything(programme, manager):
    lines = [*REVENUES, {"Reference": "S-2", "Service": "ICT", "Council": "Ashmere", "Cost (£)": "1.234"}]
    with pytest.raises(Refusals) as said:
        import_catalogue(programme, from_file(csv_of(lines)), by=manager)
    assert [(one.code, one.message) for one in said.value.refusals] == [
        ("83", "1 of 3 rows has errors. Fix them and upload again. Nothing was imported"),
        (
            "83",
            "Row 4, Cost (£): Amount must be in pounds and pence, with no more than 2 decimal places",
        ),
    ]
    assert (Service.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_import_does_what_was_seen_or_nothing(programme, manager):
    service = rows.revenues(programme)
    lines = [{"Reference": "S-1", "Service": "Taxes"}]
    seen = check_catalogue(programme, from_file(csv_of(lines)), by=manager).digest
    Service.objects.filter(pk=service.pk).update(version=2)
    with pytest.raises(StaleEdit, match="Review their change before you save"):
        import_catalogue(programme, from_file(csv_of(lines)), by=manager, seen_digest=seen)
    assert Service.objects.get().name == "revenues and benefits"
    again = check_catalogue(programme, from_file(csv_of(lines)), by=manager).digest
    import_catalogue(programme, from_file(csv_of(lines)), by=manager, seen_digest=again)
    assert Service.objects.get().name == "Taxes"


@pytest.mark.parametrize("count", [1, 30])
def test_check_takes_one_number_of_queries(programme, manager, count, django_assert_num_queries):
    rows.revenues(programme)
    lines = [
        {"Reference": f"S-{index}", "Service": "x", "Council": "Ashmere", "Source": "Ledger"}
        | {"Financial year": "2030-31", "Cost (£)": "5"}
        for index in range(count)
    ]
    with django_assert_num_queries(10):
        check_catalogue(programme, from_file(csv_of(lines)), by=manager)
