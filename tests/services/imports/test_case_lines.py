"""Lines out of files: our own download edited, the worked cases by CSV, and all that is refused."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.enums import Channel
from core.imports.pasted import PastedText
from core.models import AuditEvent
from programme.models import Council
from services.case_line_exports import line_table, line_workbook
from services.case_line_imports import read_lines
from services.enums import LineKind
from services.models import BusinessCase
from services.policies import powers_of
from services.queries.case_grid import case_grid
from tests.factories import (
    BusinessCaseFactory,
    CaseOptionFactory,
    CouncilFactory,
    PartnershipFactory,
    ProgrammeFactory,
    sign_in,
)
from tests.services.draft_scene import DraftScene, draft_scene, stored

pytestmark = pytest.mark.django_db
YEARS = ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31", "2031-32"]


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


@pytest.fixture
def manager(client: Client, scene: DraftScene) -> Client:
    return sign_in(client, scene.manager)


def csv_of(*rows: list[str]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode()


def problems(scene: DraftScene, content: bytes, name: str = "lines.csv") -> list[tuple[int, str, str]]:
    """What is wrong, by row and column; and nothing is stored."""
    before = stored(scene.case)
    read = read_lines(scene.seen(), PastedText(content, name), by=scene.manager)
    assert (stored(scene.case), scene.seen().version) == (before, 1)
    return [(one.row, one.column, one.message) for one in read.table.problems]


def send(client: Client, case: BusinessCase, content: bytes, name: str = "lines.csv") -> Any:
    """Upload a file, and confirm what it would change where nothing is wrong with it."""
    address = f"/business-cases/{case.pk}/lines/import/"
    shown = client.post(address, {"file": SimpleUploadedFile(name, content)})
    if shown.status_code != 200 or not shown.context["preview"].total:
        return shown
    version = BusinessCase.objects.get(pk=case.pk).version
    return client.post(address, {"confirmed_rows": shown.context["rows"], "seen_version": str(version)})


def filled(scene: DraftScene) -> None:
    """A joint saving, a cost that two bear differently, and the cost of exit."""
    ashmere, _, carrick = scene.councils
    scene.line("L-1", [0, 180_000_00, 420_000_00], evidence="=1+1", low_percent=80)
    exit_cost = scene.line(
        "L-2", [250_000_00], carrick, kind=LineKind.ONE_OFF_COST, cost_type="contract_exit"
    )
    exit_cost.amounts.create(council=ashmere, fy=2027, amount_pence=5_55)
    scene.line("L-3", [9_00], kind=LineKind.RECURRING_COST, cost_type="exit")


def workbook(client: Client, case: BusinessCase) -> bytes:
    return client.get(f"/business-cases/{case.pk}/lines.xlsx").content


def text_file(client: Client, case: BusinessCase) -> bytes:
    return b"".join(client.get(f"/business-cases/{case.pk}/lines.csv").streaming_content)


@pytest.mark.parametrize(("made", "name"), [(workbook, "lines.xlsx"), (text_file, "lines.csv")])
def test_own_download_sent_back_changes_nothing(
    manager: Client, scene: DraftScene, made: Any, name: str
) -> None:
    filled(scene)
    read = read_lines(scene.seen(), PastedText(made(manager, scene.case), name), by=scene.manager)
    assert (read.table.problems, read.changed_lines, read.new_lines) == ([], 0, 0)
    page = send(manager, scene.case, made(manager, scene.case), name)
    assert "Nothing would change" in page.content.decode()


def test_csv_holds_the_grid(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    lines = list(csv.DictReader(io.StringIO(text_file(manager, scene.case).decode())))
    wanted = ("Option", "Reference", "Who bears it", "Pool", *YEARS[:3], "Total", "Counts as", "Evidence")
    assert [tuple(line[title] for title in wanted) for line in lines] == [
        ("A", "L-1", "Joint", "P-1", "", "180000.00", "420000.00", "600000.00", "benefit", "'=1+1"),
        ("A", "L-2", "Ashmere", "", "", "5.55", "", "5.55", "cost", ""),
        ("A", "L-2", "Carrick", "", "250000.00", "", "", "250000.00", "cost", ""),
        ("A", "L-3", "Joint", "P-1", "9.00", "", "", "9.00", "exit", ""),
    ]


def test_workbook_has_live_totals_with_their_present_values(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    content = workbook(manager, scene.case)
    values, formulas = (openpyxl.load_workbook(io.BytesIO(content), data_only=one) for one in (True, False))
    assert values.sheetnames == ["Cover", "Lines", "Totals", "Notes"]
    for sheet in values.worksheets:
        assert sheet["A1"].value
        assert list(sheet.merged_cells.ranges) == []
    lines, live = values["Lines"], formulas["Lines"]
    titles = [cell.value for cell in lines[4]]
    first, total = titles.index("2026-27"), titles.index("Total")
    assert [row[total].value for row in lines.iter_rows(min_row=5)] == [600_000, 5.55, 250_000, 9]
    assert live.cell(5, total + 1).value == "=SUM(H5:M5)"
    assert live.cell(5, total + 2).value.startswith('=IF(E5="Exit","exit",IF(OR(D5="One-off cost"')
    assert lines.cell(5, first + 2).value == 180_000
    totals, live_totals = values["Totals"], formulas["Totals"]
    assert [[cell.value for cell in row][:4] for row in totals.iter_rows(min_row=9, max_row=12)] == [
        ["A", "Benefits", 0, 180_000],
        ["A", "Costs", 250_000, 5.55],
        ["A", "Net benefit", -250_000, 179_994.45],
        ["A", "Exit, not in the net benefit", 9, 0],
    ]
    assert live_totals["C9"].value == (
        '=SUMIFS(Lines!$H$5:$H$1007,Lines!$A$5:$A$1007,$A9,Lines!$O$5:$O$1007,"benefit")'
    )
    assert live_totals["D11"].value == "=D9-D10"
    assert live_totals["I11"].value == "=SUM(C11:H11)"


def test_edited_workbook_is_taken(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    book = openpyxl.load_workbook(io.BytesIO(workbook(manager, scene.case)))
    sheet = book["Lines"]
    sheet["I5"] = 190000.5
    sheet["H8"] = None
    sheet.append(["A", "L-4", "Team", "Recurring cost", "Programme team", "Brockvale", None, 1200])
    output = io.BytesIO()
    book.save(output)
    response = send(manager, scene.case, output.getvalue(), "lines.xlsx")
    assert response.status_code == 302
    assert [str(one) for one in get_messages(response.wsgi_request)] == ["3 lines are imported"]
    assert stored(scene.case) == {
        ("L-1", "joint", 2027): 190_000_50,
        ("L-1", "joint", 2028): 420_000_00,
        ("L-2", "ashmere", 2027): 5_55,
        ("L-2", "carrick", 2026): 250_000_00,
        ("L-4", "brockvale", 2026): 1_200_00,
    }
    assert AuditEvent.objects.get().channel == Channel.IMPORT


def test_preview_says_what_would_change_and_stores_nothing(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    content = csv_of(["Reference", "Who bears it", "2027-28"], ["L-1", "Joint", "5"], ["L-2", "Ashmere", ""])
    address = f"/business-cases/{scene.case.pk}/lines/import/"
    shown = manager.post(address, {"file": SimpleUploadedFile("lines.csv", content)})
    assert [(row.ref, row.what, row.before, row.after) for row in shown.context["preview"].rows] == [
        ("L-1", "Joint, 2027 to 2028", "£180,000.00", "£5.00"),
        ("L-2", "Ashmere, 2027 to 2028", "£5.55", "no amount"),
    ]
    assert scene.seen().version == 1


def test_confirming_after_another_edit_is_refused(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    address = f"/business-cases/{scene.case.pk}/lines/import/"
    rows = csv_of(["Reference", "2027-28"], ["L-1", "5"]).decode()
    scene.case.version = 2
    scene.case.save()
    response = manager.post(address, {"confirmed_rows": rows, "seen_version": "1"}, follow=True)
    assert "Review their change before you save" in response.content.decode()
    assert stored(scene.case)["L-1", "joint", 2027] == 180_000_00


def test_rows_are_pasted_with_and_without_titles(manager: Client, scene: DraftScene) -> None:
    filled(scene)
    address = f"/business-cases/{scene.case.pk}/lines/import/"
    for rows, expected in (
        ("L-1\tJoint\t1\t2\t\t4", {2026: 1_00, 2027: 2_00, 2029: 4_00}),
        (
            "Reference\tWho bears it\t2028-29\nL-1\tJoint\t7.50",
            {2026: 1_00, 2027: 2_00, 2028: 7_50, 2029: 4_00},
        ),
    ):
        shown = manager.post(address, {"rows": rows})
        sent = {"confirmed_rows": shown.context["rows"], "seen_version": str(scene.seen().version)}
        assert manager.post(address, sent).status_code == 302
        amounts = {fy: pence for (ref, _, fy), pence in stored(scene.case).items() if ref == "L-1"}
        assert amounts == expected


def test_year_by_months_must_add_up(scene: DraftScene) -> None:
    months = [f"2027-28 {month}" for month in (
        "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "January", "February", "March",
    )]  # fmt: skip
    scene.line("L-1", [100_00])
    right = ["8,333.33"] * 8 + ["8,333.34"] * 4
    wrong = ["8,333.33"] * 9 + ["8,333.34"] * 3
    head = ["Reference", "2027-28", *months]
    assert problems(scene, csv_of(head, ["L-1", "100,000", *wrong])) == [
        (2, "2027-28", "Months add up to £99,999.99 but the year is £100,000.00. Change one of them")
    ]
    read = read_lines(
        scene.seen(), PastedText(csv_of(head, ["L-1", "", *right]), "lines.csv"), by=scene.manager
    )
    assert [change.amounts for change in read.changes] == [{(None, 2027): 100_000_00}]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            {"2033-34": "5"},
            "2033-34",
            "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period",
        ),
        ({"2027-28": "1.2m"}, "2027-28", "Enter the amount in full using numbers, for example 1,200,000"),
        (
            {"2027-28": "(500)"},
            "2027-28",
            "Planned saving must be £0 or more. Record a cost as a cost line",
        ),
        ({"Who bears it": "Dunmoor"}, "Who bears it", "Dunmoor is not a partner in this programme"),
        ({"Option": "Z"}, "Option", "There is no option Z"),
        ({"Pool": "Z"}, "Pool", "There is no pool Z"),
        (
            {"Discount rate": "3.5"},
            "Discount rate",
            "Rates come from reference data. Ask an administrator to add a new rate with its source",
        ),
        (
            {"Optimism-bias category": "Outsourcing", "Mitigation %": "60"},
            "Basis of the percentage",
            "Explain where the optimism bias percentage comes from",
        ),
        ({"Evidence": "x" * 501}, "Evidence", "Evidence must be 500 characters or less"),
        ({"Lowest %": "-1"}, "Lowest %", "The lowest must be 100% or less and the highest 100% or more"),
    ],
)
def test_wrong_cell_is_named(scene: DraftScene, row: dict[str, str], column: str, message: str) -> None:
    scene.line("L-1", [100_00])
    content = csv_of(["Reference", *row], ["L-1", *row.values()])
    assert problems(scene, content) == [(2, column, message)]


def test_year_in_two_rows_is_refused(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    head = ["Reference", "Who bears it", "2027-28"]
    assert problems(scene, csv_of(head, ["L-1", "Joint", "5"], ["L-1", "joint", "6"])) == [
        (3, "2027-28", "There are two entries for 2027 to 2028. Keep one")
    ]


def test_detail_that_differs_between_rows_is_refused(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    head = ["Reference", "Line", "Who bears it"]
    assert problems(scene, csv_of(head, ["L-1", "One", "Joint"], ["L-1", "Two", "Carrick"])) == [
        (3, "Line", "L-1 has two different entries in this column. Keep one")
    ]


def test_new_line_needs_option_title_and_kind(scene: DraftScene) -> None:
    assert problems(scene, csv_of(["Reference", "2027-28"], ["L-9", "5"])) == [
        (2, "Line", "Enter what the line is"),
        (2, "Kind", "Choose what kind of benefit or cost this is"),
        (2, "Option", "Choose an option of this business case"),
    ]


def test_partly_wrong_file_imports_nothing(manager: Client, scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    content = csv_of(["Reference", "2027-28"], ["L-1", "5"], ["L-1", "x"])
    response = send(manager, scene.case, content)
    page = response.content.decode()
    assert response.status_code == 422
    assert "1 of 2 rows has errors. Fix them and upload again. Nothing was imported" in page
    assert "Enter the amount in full using numbers, for example 1,200,000" in page
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"x", "lines.exe", "File must be a CSV or XLSX"),
        (b"", "lines.csv", "File must not be empty"),
        (b"Reference,2026-27\nL-1,5,6\n", "lines.csv", "Row 2 has 3 columns. It should have 2."),
        (b"Title\nx\n", "lines.csv", "Column “Reference” is missing. Nothing was imported"),
    ],
)
def test_file_that_cannot_be_read_is_refused(
    manager: Client, scene: DraftScene, content: bytes, name: str, message: str
) -> None:
    response = send(manager, scene.case, content, name)
    assert response.status_code == 422
    assert message in response.content.decode()


def test_form_without_file_or_rows_says_so(manager: Client, scene: DraftScene) -> None:
    response = manager.post(f"/business-cases/{scene.case.pk}/lines/import/", {})
    assert response.status_code == 422
    assert "Choose a file, or paste rows" in response.content.decode()


def test_officer_takes_out_and_sends_back_what_may_be_seen(client: Client, scene: DraftScene) -> None:
    filled(scene)
    ashmere = scene.councils[0]
    sign_in(client, scene.officer(ashmere))
    for content in (text_file(client, scene.case), workbook(client, scene.case)):
        assert b"250000" not in content
    lines = list(csv.DictReader(io.StringIO(text_file(client, scene.case).decode())))
    assert [(line["Who bears it"], line["2026-27"], line["Total"]) for line in lines] == [
        ("Joint", "", "600000.00"),
        ("Ashmere", "", "5.55"),
        ("Carrick", "[c]", "[c]"),
        ("Joint", "9.00", "9.00"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(client, scene.case)), data_only=True)
    assert [cell.value for cell in book["Totals"][11]][:4] == ["A", "Net benefit", "[c]", "[c]"]
    assert "Nothing would change" in send(client, scene.case, text_file(client, scene.case)).content.decode()
    content = csv_of(["Reference", "Who bears it", "2027-28"], ["L-2", "Ashmere", "6"])
    assert send(client, scene.case, content).status_code == 302
    assert stored(scene.case)["L-2", "ashmere", 2027] == 6_00
    content = csv_of(["Reference", "Who bears it", "2027-28"], ["L-2", "Carrick", "6"])
    assert send(client, scene.case, content).status_code == 403


def case_of(*names: str, base_fy: int, horizon: int) -> tuple[BusinessCase, list[Council]]:
    """A draft of these councils with business as usual and one option, A."""
    councils = [CouncilFactory(short_name=name) for name in names]
    programme = ProgrammeFactory(partnership=PartnershipFactory(councils=councils))
    case = BusinessCaseFactory(programme=programme, base_fy=base_fy, horizon_years=horizon)
    CaseOptionFactory(business_case=case, ref="BAU", is_bau=True, kind="business_as_usual")
    CaseOptionFactory(business_case=case, ref="A", order_index=1)
    return case, councils


def manager_of(case: BusinessCase) -> Any:
    from accounts.enums import RoleName
    from tests.factories import UserFactory, role

    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=case.programme.partnership)
    return user


def test_waste_of_south_oxfordshire_and_vale_by_csv(client: Client) -> None:
    """The worked case 4.1: what its lines come to, council by council."""
    case, councils = case_of("South Oxfordshire", "Vale of White Horse", base_fy=2010, horizon=5)
    user = manager_of(case)
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(2010, 2016)]
    rows = [["Option", "Reference", "Line", "Kind", "Cost type", "Who bears it", *years]]
    for ref, title, kind, cost_type, own in (
        ("W-1", "Waste contract", "Cashable saving", "", ("145,260", "535,140")),
        ("W-2", "Recycling credit income", "Additional income", "", ("478,660", "231,760")),
        ("W-3", "Waste team reorganisation", "Cashable saving", "", ("77,500", "57,610")),
        (
            "W-4",
            "TUPE and harmonisation",
            "Recurring cost",
            "Harmonisation of pay and terms",
            ("77,000", "74,000"),
        ),
    ):
        for council, pounds in zip(councils, own, strict=True):
            rows.append(["A", ref, title, kind, cost_type, str(council), "", *[pounds] * 5])
    rows.append(["A", "W-5", "Redundancy", "One-off cost", "Redundancy", "Joint", "40,000", *[""] * 5])
    rows.append(["A", "W-6", "Bins", "One-off cost", "Equipment", "Joint", "£4,500,000", *[""] * 5])
    assert send(sign_in(client, user), case, csv_of(*rows)).status_code == 302
    case.refresh_from_db()
    grid = case_grid(case, powers_of(user, case.programme))
    net = {total.label: total.amounts for total in grid.totals}["Net benefit"]
    assert net == (-4_540_000_00, *[1_374_930_00] * 5)
    for council, expected in zip(councils, (624_420_00, 750_510_00), strict=True):
        own_rows = [row for row in grid.rows if row.council == council]
        signed = [(row.amounts[1] or 0) * (1 if row.is_benefit else -1) for row in own_rows]
        assert sum(signed) == expected


PANNEL = (
    ("Landline telecoms", 3, ("74,000", "222,000"), ("81,800", "245,400")),
    ("Heavy plant hire", 4, ("83,794", "335,176"), ("48,882", "195,528")),
    ("Wheelie bins", 3, ("15,057", "45,171"), ("51,414", "154,244")),
    ("Furniture", 3, ("23,000", "69,000"), ("30,243", "90,729")),
    ("Data cabling", 4, ("21,375", "85,500"), ("13,785", "55,140")),
)


def pannel_rows(councils: list[Council], reason: str = "") -> list[list[str]]:
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(2010, 2015)]
    head = ["Option", "Reference", "Line", "Kind", "Who bears it", *years]
    rows = [[*head, "Stated a year (£)", "Stated term", "Stated whole life (£)", "Reason for a warning"]]
    for number, (title, term, *own) in enumerate(PANNEL, 1):
        for index, (council, (annual, whole)) in enumerate(zip(councils, own, strict=True)):
            amounts = [annual if year < term else "" for year in range(5)]
            about = ["A", f"C-{number}{'NE'[index]}", f"{title}, {council}", "Cashable saving", str(council)]
            is_bins = (number, index) == (3, 1)
            rows.append([*about, *amounts, annual, str(term), whole, reason if is_bins else ""])
    return rows


def test_procurement_of_two_lincolnshires_by_csv_warns_of_the_bins_alone(client: Client) -> None:
    """The worked case 4.2: the bins row raises warning 50 and nothing else."""
    case, councils = case_of("North Lincolnshire", "North East Lincolnshire", base_fy=2010, horizon=4)
    user = manager_of(case)
    sign_in(client, user)
    read = read_lines(case, PastedText(csv_of(*pannel_rows(councils)), "lines.csv"), by=user)
    assert [(one.row, one.column, one.message) for one in read.table.problems] == [
        (
            7,
            "Stated whole life (£)",
            "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both",
        )
    ]
    assert send(client, case, csv_of(*pannel_rows(councils))).status_code == 422
    assert not case.lines.exists()
    assert send(client, case, csv_of(*pannel_rows(councils, "As printed"))).status_code == 302
    case.refresh_from_db()
    lines = list(case.lines.order_by("order_index"))
    assert [sum(line.annual_pence for line in lines[index::2]) for index in (0, 1)] == [
        217_226_00,
        226_124_00,
    ]
    assert [sum(line.whole_life_pence for line in lines[index::2]) for index in (0, 1)] == [
        756_847_00,
        741_041_00,
    ]
    assert sum(line.whole_life_pence for line in lines) == 1_497_888_00
    grid = case_grid(case, powers_of(user, case.programme))
    assert grid.totals[0].amounts[0] == 443_350_00
    assert [line.override_reason for line in lines if line.override_reason] == ["As printed"]


def test_table_and_workbook_are_the_same_twice(scene: DraftScene) -> None:
    filled(scene)
    grid = case_grid(scene.seen(), powers_of(scene.manager, scene.programme))
    assert line_workbook(grid) == line_workbook(grid)
    assert next(line_table(grid).values(row) for row in line_table(grid).rows)[:6] == [
        "A", "L-1", "Line L-1", "Cashable saving", "", "Joint",
    ]  # fmt: skip
