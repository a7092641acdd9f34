"""The register as a workbook, edited and sent back: by page and by API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from benefits.actions.profile import Profile
from benefits.models import Benefit
from benefits.profile_fields import TITLES
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
FILE, IMPORT = "/programmes/abc/benefits.xlsx", "/programmes/abc/benefits/import/"
API = "/api/v1/programmes/abc/benefits/import/"
HEADER = 4
Edit = Callable[[dict[str, Any]], None]


def register(scene: Scene) -> None:
    """Two benefits that may be saved as they are; one with every kind of value."""
    Benefit.objects.filter(pk=scene.benefit.pk).update(owner=scene.manager)
    second = factories.BenefitFactory(
        programme=scene.programme,
        ref="B-2",
        title="Fewer calls",
        owner=scene.manager,
        description='=HYPERLINK("http://x.example")',
        measure_unit="calls",
        starting_value=Decimal("26.500"),
        starting_on=date(2026, 4, 1),
        target_value=Decimal(13),
        full_year_pence=1_234_56,
        has_description=True,
        doam_description="Said, in words",
        service=factories.ServiceFactory(programme=scene.programme, ref="S-1"),
    )
    second.risks.set([factories.RiskFactory(programme=scene.programme, ref="R-1")])
    second.councils.set(scene.councils[:2])
    for council, percent in zip(scene.councils[:2], ("60", "40"), strict=True):
        second.shares.create(council=council, percent=Decimal(percent))


def edited(scene: Scene, edit: Edit) -> bytes:
    """Our workbook, its cells changed as in a spreadsheet: by reference and column title."""
    book = load_workbook(BytesIO(page_of(scene.manager).get(FILE).content))
    sheet = book["Register"]
    titles = [cell.value for cell in sheet[HEADER]]
    cells = {
        (row[0].value, title): cell
        for row in sheet.iter_rows(min_row=HEADER + 1)
        for title, cell in zip(titles, row, strict=True)
    }
    changes: dict[Any, Any] = {}
    edit(changes)
    for place, value in changes.items():
        cells[place].value = value
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def upload(content: bytes, name: str = "register.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(scene: Scene, edit: Edit, *, dry_run: bool = False, key: str = "") -> Any:
    """The edited workbook, sent to the API."""
    sent = {"file": upload(edited(scene, edit)), "dry_run": dry_run}
    headers = {"Idempotency-Key": key} if key else {}
    return api_of(scene.manager).post(API, sent, format="multipart", headers=headers)


def test_workbook_holds_every_field_and_offers_what_there_is_to_choose(scene: Scene) -> None:
    register(scene)
    book = load_workbook(BytesIO(page_of(scene.reader).get(FILE).content))
    sheet = book["Register"]
    titles = [cell.value for cell in sheet[HEADER]]
    second = dict(zip(titles, [cell.value for cell in sheet[HEADER + 2]], strict=True))
    named = ("Reference", "Version", "Title", "Description", "Owner", "Councils", "Risks", "Service")
    assert [second[name] for name in named] == [
        *("B-2", 1, "Fewer calls", '=HYPERLINK("http://x.example")', scene.manager.email),
        *("Ashmere; Brockvale", "R-1", "S-1"),
    ]
    values = (
        "Starting value",
        "Target",
        "Worth of a full year",
        "Share of Ashmere, %",
        "Share of Carrick, %",
    )
    assert [second[name] for name in values] == [26.5, 13, 1234.56, 60, "[x]"]
    assert second["Day of the starting value"].date() == date(2026, 4, 1)
    description = sheet.cell(HEADER + 2, titles.index("Description") + 1)
    assert description.data_type == "s"
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert len(offered) == 16
    lists = {
        column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["Lists"].columns
    }
    assert lists["Class"] == ["Cashable", "Non-cashable", "Quantifiable", "Qualitative"]
    assert scene.manager.email in lists["Owner"]
    assert book["Lists"].sheet_state == "hidden"


def test_workbook_sent_back_as_it_is_changes_nothing(scene: Scene) -> None:
    register(scene)
    answer = page_of(scene.manager).post(IMPORT, {"file": upload(edited(scene, lambda cells: None))})
    assert "Nothing would change: everything in this file is recorded already." in text_of(answer)
    assert not AuditEvent.objects.exists()


def test_edited_workbook_shows_each_change_and_then_makes_it(scene: Scene) -> None:
    register(scene)

    def edit(cells: dict[Any, Any]) -> None:
        cells["B-1", "Title"] = "Lower cost of desks"
        cells["B-1", "Confidence"] = "High"
        cells["B-2", "Target"] = 12.25
        cells["B-2", "Description"] = None
        cells["B-2", "Next review"] = date(2027, 3, 1)
        cells["B-2", "Share of Ashmere, %"] = 50
        cells["B-2", "Share of Carrick, %"] = 10
        cells["B-2", "Worth of a full year"] = 2000

    page = page_of(scene.manager)
    shown = page.post(IMPORT, {"file": upload(edited(scene, edit))})
    words = text_of(shown)
    for said in (
        "2 benefits would change",
        "Title: from Lower cost of ICT to Lower cost of desks Confidence: from nothing to High",
        'Description: from =HYPERLINK("http://x.example") to nothing',
        "Worth of a full year: from £1,234.56 to £2,000.00 Next review: from nothing to 1 March 2027",
        "Target: from 13 to 12.25",
        "Share of Ashmere, %: from 60 to 50 Share of Carrick, %: from nothing to 10",
    ):
        assert said in words
    assert Benefit.objects.get(ref="B-1").title == "Lower cost of ICT"
    rows = shown.context["rows"]
    assert page.post(IMPORT, {"confirmed_rows": rows})["Location"] == "/programmes/abc/benefits/"
    first, second = Benefit.objects.order_by("ref")
    assert (first.title, first.confidence, first.version) == ("Lower cost of desks", "high", 2)
    assert (second.target_value, second.description, second.review_on, second.full_year_pence) == (
        Decimal("12.25"),
        "",
        date(2027, 3, 1),
        2_000_00,
    )
    assert sorted(second.shares.values_list("council__key", "percent")) == [
        ("ashmere", 50),
        ("brockvale", 40),
        ("carrick", 10),
    ]
    assert second.doam_description == "Said, in words"
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "channel", "object_label")) == [
        ("update_benefit", "import", "B-1 Lower cost of desks"),
        ("update_benefit", "import", "B-2 Fewer calls"),
    ]


def test_stale_row_is_not_taken_and_the_others_are(scene: Scene) -> None:
    register(scene)

    def edit(cells: dict[Any, Any]) -> None:
        cells["B-1", "Title"] = "Lower cost of desks"
        cells["B-2", "Title"] = "Fewer letters"

    content, page = edited(scene, edit), page_of(scene.manager)
    page_of(scene.manager).post(
        "/programmes/abc/benefits/change/",
        {"review_on": "1 3 2027", f"seen_{scene.benefit.pk}": "1", "confirmed": "1"},
    )
    shown = page.post(IMPORT, {"file": upload(content)})
    words = text_of(shown)
    assert "Someone changed this at midday. Review their change before you save" in words
    assert "1 row of the file is not taken." in words
    assert "Priya changed next review from nothing to 2027-03-01" in words
    page.post(IMPORT, {"confirmed_rows": shown.context["rows"]})
    assert list(Benefit.objects.order_by("ref").values_list("title", "version")) == [
        ("Lower cost of ICT", 2),
        ("Fewer letters", 2),
    ]
    api = api_of(scene.manager).post(API, {"file": upload(content)}, format="multipart").json()
    assert (api["changes"], [(one["row"], one["benefit"]) for one in api["not_taken"]]) == (
        [],
        [(5, "B-1"), (6, "B-2")],
    )


def test_what_is_wrong_is_told_by_cell_and_nothing_is_stored(scene: Scene) -> None:
    register(scene)

    def edit(cells: dict[Any, Any]) -> None:
        cells["B-1", "Title"] = "ICT"
        cells["B-1", "Owner"] = "nobody@example.org"
        cells["B-1", "Class"] = "Golden"
        cells["B-1", "Starts on"] = "31 April 2027"
        cells["B-2", "Target"] = "=1+1"
        cells["B-2", "Share of Ashmere, %"] = 90

    answer = send(scene, edit)
    assert [one["message"] for one in problems(answer)] == [
        "2 of 2 rows have errors. Fix them and upload again. Nothing was imported",
        "Row 5, Class: Class must be one of: Cashable, Non-cashable, Quantifiable, Qualitative",
        "Row 5, Owner: Choose a benefit owner who has an active account",
        "Row 5, Starts on: Enter a real date, for example 30 4 2027",
        "Row 6, Target: Target must be a number, for example 1,200.5",
    ]

    def ruled(cells: dict[Any, Any]) -> None:
        cells["B-1", "Title"] = "ICT"
        cells["B-1", "Owner"] = None
        cells["B-2", "Share of Ashmere, %"] = 90

    page = page_of(scene.manager).post(IMPORT, {"file": upload(edited(scene, ruled))})
    assert page.status_code == 422
    assert [(one.row, one.column, one.message) for one in page.context["problems"]] == [
        (5, "Title", "Start the title with a word such as Reduced, Increased or Faster"),
        (5, "Owner", "Choose a benefit owner who has an active account"),
        (6, "Share of Ashmere, %", "Percentages must add up to 100. They add up to 130"),
    ]
    assert {benefit.version for benefit in Benefit.objects.all()} == {1}


def test_what_is_no_register_is_refused(scene: Scene) -> None:
    register(scene)
    page = page_of(scene.manager)
    wrong = {
        "": "Choose a file",
        "notes.txt": "File must be a CSV or XLSX",
        "macros.xlsm": "File must not contain macros",
        "a.csv": "Column “Version” is missing. Nothing was imported",
    }
    files = {name: upload(b"Reference,Title\r\nB-1,Lower\r\n", name) for name in wrong if name}
    found = {name: refusals(page.post(IMPORT, {"file": files[name]} if name else {})) for name in wrong}
    assert found == {name: [message] for name, message in wrong.items()}
    double = b"Reference,Version,Title\r\nB-1,1,Lower\r\nB-1,1,Fewer\r\nB-9,1,Less\r\n,1,Less\r\n"
    answer = api_of(scene.manager).post(API, {"file": upload(double, "a.csv")}, format="multipart")
    assert [one["message"] for one in problems(answer)][1:] == [
        "Row 3, Reference: There are two entries for B-1. Keep one",
        "Row 4, Reference: There is no B-9 in this programme",
        "Row 5, Reference: Enter the reference",
    ]
    assert page_of(scene.reader).post(IMPORT, {"file": files["a.csv"]}).status_code == 403


def test_file_sent_twice_under_one_key_is_taken_once_and_a_dry_run_stores_nothing(scene: Scene) -> None:
    register(scene)

    def edit(cells: dict[Any, Any]) -> None:
        cells["B-1", "Title"] = "Lower cost of desks"

    change = {"field": "Title", "before": "Lower cost of ICT", "after": "Lower cost of desks"}
    content = edited(scene, edit)
    api = api_of(scene.manager)
    answers = [
        api.post(
            API,
            {"file": upload(content), "dry_run": dry_run},
            format="multipart",
            headers={"Idempotency-Key": f"desks-{dry_run}"},
        ).json()
        for dry_run in (True, False, False)
    ]
    row = {"row": 5, "benefit": "B-1", "changes": [change]}
    assert answers == [
        {"dry_run": dry_run, "changes": [row], "not_taken": []} for dry_run in (True, False, False)
    ]
    assert Benefit.objects.get(ref="B-1").version == 2
    other = edited(scene, lambda cells: None)
    again = api.post(
        API, {"file": upload(other)}, format="multipart", headers={"Idempotency-Key": "desks-False"}
    )
    assert problems(again)[0]["message"].startswith("This Idempotency-Key was sent before")


def test_file_has_every_field_of_a_profile() -> None:
    assert {*TITLES} == {*Profile.__dataclass_fields__}
