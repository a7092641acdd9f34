"""Milestones as a workbook; edited in LibreOffice and sent back: shown first, then made."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from rest_framework.test import APIClient

from accounts.enums import RoleName
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.exchange import edit_rows
from programme.models import Milestone
from programme.queries.history import milestone_history
from tests.benefits.proof.office import office_command
from tests.factories import UserFactory, councils_of, role, sign_in
from tests.pages import text_of
from tests.programme.views.conftest import Scene

AT = "/programmes/shared/"
IMPORT, WORKBOOK, CSV = (
    f"{AT}milestones/import/",
    f"{AT}milestones-to-edit.xlsx",
    f"{AT}milestones-to-edit.csv",
)
TITLES = ["Reference", "Version", "Milestone", "Owner", "Current plan"]
OPEN_TITLES = ["Forecast", "Achieved on", "Note", "Evidence"]
NO_OWNER = "Choose an owner who has an active account and takes part in this programme"
SHEET, HEADER = "Milestones", 4
JUNE, MARCH = date(2027, 6, 1), date(2027, 3, 1)


def book_of(scene: Scene, address: str = WORKBOOK) -> Workbook:
    return load_workbook(BytesIO(scene.client.get(address).content))


def rows_of(book: Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=HEADER)]


def saved(book: Workbook) -> bytes:
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def by_office(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice opens, works out and saves it."""
    (folder / "plan.xlsx").write_bytes(content)
    profile, made = folder / "profile", folder / "made"
    command = [office_command(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    kind = "xlsx:Calc MS Excel 2007 XML"
    asked = [*command, kind, "--outdir", str(made), str(folder / "plan.xlsx")]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    return (made / "plan.xlsx").read_bytes()


def send(scene: Scene, content: bytes | str, name: str = "plan.xlsx") -> Any:
    body = content.encode() if isinstance(content, str) else content
    return scene.client.post(IMPORT, {"file": SimpleUploadedFile(name, body)})


def confirm(scene: Scene, shown: Any) -> Any:
    return scene.client.post(IMPORT, {"confirmed_rows": shown.context["rows"]})


def state(milestone: Milestone) -> tuple[Any, ...]:
    milestone.refresh_from_db()
    days = (milestone.forecast_last_on, milestone.actual_last_on)
    return *days, milestone.note, milestone.evidence, milestone.version


def test_list_as_a_workbook_has_the_rows_of_the_choice(scene: Scene) -> None:
    scene.milestone("Go-live", JUNE, ref="M-1", forecast=date(2027, 6, 19))
    scene.milestone("Done", MARCH, ref="M-2", actual=date(2026, 3, 1), forecast=None)
    titles, *rows = rows_of(book_of(scene, f"{AT}milestones.xlsx?state=later"), "milestones")
    assert (titles[:2], len(titles)) == (["Reference", "Milestone"], 21)
    assert [row[:2] for row in rows] == [["M-1", "Go-live"]]


def test_workbook_to_edit_locks_its_titles_and_opens_what_may_change(scene: Scene) -> None:
    spring = ImpreciseDate.season(2027, "spring")
    milestone = scene.milestone("=Go-live", JUNE, ref="M-1", forecast=spring, note="+1 week")
    book = book_of(scene)
    assert book.sheetnames == [SHEET, "How to use it", "Lists"]
    titles, row = rows_of(book, SHEET)
    assert titles == [*TITLES, *OPEN_TITLES, "ID"]
    day = datetime(2027, 6, 1)  # noqa: DTZ001 - as a spreadsheet holds it
    shown = ["M-1", 1, "=Go-live", "Priya Raman", day, "spring 2027", None, "+1 week", None, milestone.pk]
    assert row == shown
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[HEADER]] == [True] * 10
    keys, terms, recorded = [True] * 2, [False] * 2, [False] * 4
    locks = [cell.protection.locked for cell in sheet[HEADER + 1]]
    assert locks == [*keys, *terms, True, *recorded, True]
    assert [row[0] for row in book["Lists"].values] == ["Owner", "Councillor", "Priya Raman"]
    lead = UserFactory()
    role(lead, RoleName.COUNCIL_LEAD, council=(council := councils_of(scene.programme)[0]))
    milestone.councils.set([council])
    theirs = load_workbook(BytesIO(sign_in(Client(), lead).get(WORKBOOK).content))
    locks = [cell.protection.locked for cell in theirs[SHEET][HEADER + 1]]
    assert (locks, "Lists" in theirs) == ([True] * 5 + recorded + [True], False)
    assert "A cell left empty changes nothing" in str(list(book["How to use it"].values))


def test_workbook_saved_by_libreoffice_shows_each_change_and_then_makes_it(
    scene: Scene, tmp_path: Path
) -> None:
    spring = ImpreciseDate.season(2027, "spring")
    moved = scene.milestone("Go-live", JUNE, ref="M-1", note="=HYPERLINK(1)")
    done = scene.milestone("Testing", MARCH, ref="M-2", evidence="Old", is_critical=True)
    kept = scene.milestone("Agreed", JUNE, ref="M-3", forecast=spring, note="Two\nlines", evidence="Clear")
    crossed = scene.milestone("Contract", JUNE, ref="M-4")
    book = book_of(scene)
    cells = {row[0].value: row for row in book[SHEET].iter_rows(min_row=HEADER + 1)}
    cells["M-1"][5].value = "=DATE(2027,6,1)+18"
    cells["M-2"][5].value = "1 April 2027"
    cells["M-2"][6].value = datetime(2026, 11, 20)  # noqa: DTZ001
    cells["M-2"][8].value = "Minutes, item 4"
    cells["M-1"][7].value = "clear"
    cells["M-4"][5].value = "19/6/2027"
    content = by_office(saved(book), tmp_path)
    with time_machine.travel(datetime(2026, 11, 24, 10, 42, tzinfo=UTC)):
        update_milestone(crossed, by=scene.manager, seen_version=1, forecast_on=date(2027, 7, 2))
    shown = send(scene, content)
    words = text_of(shown)
    for said in (
        "2 milestones would change",
        "Go-live M-1",
        "Forecast 1 June 2027 19 June 2027",
        "Note =HYPERLINK(1) nothing",
        "Forecast 1 March 2027 1 April 2027",
        "Achieved on nothing 20 November 2026",
        "Evidence Old Minutes, item 4",
        "Someone changed this at 10:42am. Review their change before you save",
        "1 row of the file is left out",
        "Priya Raman changed forecast date from 1 June 2027 to 2 July 2027 Forecast: from 1 June",
    ):
        assert said in words
    assert "M-3" not in words
    assert [state(one)[-1] for one in (moved, done, kept, crossed)] == [1, 1, 1, 2]
    assert confirm(scene, shown)["Location"] == f"{AT}milestones/"
    assert [state(one) for one in (moved, done, kept, crossed)] == [
        (date(2027, 6, 19), None, "", "", 2),
        (date(2027, 4, 1), date(2026, 11, 20), "", "Minutes, item 4", 2),
        (date(2027, 5, 31), None, "Two\nlines", "Clear", 1),
        (date(2027, 7, 2), None, "", "", 2),
    ]
    assert milestone_history(moved)[0].channel == "Imported from plan.xlsx"
    assert [change.label for change in milestone_history(moved)[0].changes] == ["Forecast date", "Note"]


def test_file_sent_back_as_it_is_changes_nothing(scene: Scene) -> None:
    scene.milestone("Go-live", JUNE, ref="M-1", note="-5 days", owner=UserFactory(name="=cmd"))
    scene.milestone("'=x", JUNE, ref="M-2", forecast=None, note="'=quoted")
    content = b"".join(scene.client.get(CSV).streaming_content)
    for sent, name in ((content, "plan.csv"), (saved(book_of(scene)), "plan.xlsx")):
        assert "Nothing would change" in text_of(send(scene, sent, name))


def test_wrong_cells_are_told_and_nothing_is_taken(scene: Scene) -> None:
    first = scene.milestone("Go-live", JUNE, ref="M-1", is_critical=True)
    scene.milestone("Testing", MARCH, ref="M-2")
    scene.milestone("Gone", MARCH, ref="M-3", stated_state="cancelled")
    rows = (
        "Reference,Version,Milestone,Forecast,Achieved on,Note\r\n"
        "M-1,1,Go-live,19/6/2027,20/11/2026,\r\n"
        "M-2,1,Tests,31 4 2027,1/1/2027,\r\n"
        "M-2,1,,,,\r\nM-3,1,,,,x\r\nM-9,1,,,,x\r\nM-1,,,,,x\r\n"
    )
    answer = send(scene, rows, "plan.csv")
    assert answer.status_code == 422
    assert [(one.row, one.column, one.message) for one in answer.context["problems"]] == [
        (7, "Version", "Enter the version"),
        (4, "Reference", "There are two entries for M-2. Keep one"),
        (5, "Reference", "This milestone is cancelled. It needs a re-baseline before it can change"),
        (6, "Reference", "There is no milestone M-9 in this programme"),
        (7, "Reference", "There are two entries for M-1. Keep one"),
        (3, "Forecast", "Enter a real date, for example 30 4 2027"),
        (2, "Evidence", "Add evidence that the milestone was achieved"),
        (3, "Achieved on", "Actual date must be today or in the past"),
    ]
    assert (
        "6 of 6 rows have errors. Fix them and upload again. Nothing was imported" in answer.content.decode()
    )
    assert (state(first)[-1], AuditEvent.objects.count()) == (1, 0)


def test_title_and_owner_are_changed_by_their_row_and_its_id(scene: Scene) -> None:
    sam, twin = (UserFactory(name="Sam Okafor", email=f"{one}@example.org") for one in ("s.okafor", "sam"))
    for one in (sam, twin):
        role(one, RoleName.COUNCIL_LEAD, council=councils_of(scene.programme)[0])
    rows = [scene.milestone(name, JUNE, ref=f"M-{n}") for n, name in enumerate(("A", "B", "C", "D"), 1)]
    first, second, third, _ = rows
    book = book_of(scene)
    offered = [row[0] for row in book["Lists"].values]
    assert offered == [
        "Owner", "Councillor", "Priya Raman", "Sam Okafor (s.okafor@example.org)",
        "Sam Okafor (sam@example.org)",
    ]  # fmt: skip
    cells = {row[0].value: row for row in book[SHEET].iter_rows(min_row=HEADER + 1)}
    cells["M-1"][2].value = "Go-live"
    cells["M-1"][3].value = "Sam Okafor (sam@example.org)"
    cells["M-2"][3].value = "S.Okafor@example.org"
    cells["M-2"][5].value = "19/6/2027"
    cells["M-3"][3].value = "clear"
    shown = send(scene, saved(book))
    words = text_of(shown)
    for said in (
        "Milestone A Go-live",
        "Owner Priya Raman Sam Okafor (sam@example.org)",
        "Owner Priya Raman Sam Okafor (s.okafor@example.org)",
        "Owner Priya Raman nothing",
    ):
        assert said in words
    confirm(scene, shown)
    held = Milestone.objects.order_by("pk").values_list("title", "owner", "version", "forecast_last_on")
    assert list(held) == [
        ("Go-live", twin.pk, 2, JUNE),
        ("B", sam.pk, 3, date(2027, 6, 19)),
        ("C", None, 2, JUNE),
        ("D", scene.manager.pk, 1, JUNE),
    ]
    assert milestone_history(first)[0].channel == "Imported from plan.xlsx"
    wrong = (
        "Reference,Version,ID,Milestone,Owner\r\n"
        f"M-9,2,{first.pk},Go-live,\r\nM-2,3,{second.pk},,Nobody\r\nM-3,2,999999,C,\r\n"
        f"M-3,2,{third.pk},clear,Sam Okafor\r\n"
    )
    told = [(one.row, one.column, one.message) for one in send(scene, wrong, "p.csv").context["problems"]]
    assert told == [
        (2, "Reference", "The milestone with this ID is M-1. Put its reference back"),
        (4, "ID", "There is no milestone with the ID 999999 in this programme"),
        (3, "Owner", NO_OWNER),
        (5, "Owner", NO_OWNER),
        (5, "Milestone", "Enter the title"),
    ]


def test_more_titles_than_a_request_can_change_are_refused(scene: Scene, monkeypatch: Any) -> None:
    monkeypatch.setattr(edit_rows, "MOST_TERMS", 1)
    rows = [scene.milestone(f"M {n}", JUNE, ref=f"M-{n}") for n in (1, 2)]
    sent = "Reference,Version,Milestone\r\n" + "".join(f"{one.ref},1,New {one.ref}\r\n" for one in rows)
    said = "File must change the title or owner of 1 milestones or fewer. It would change 2"
    assert said in send(scene, sent, "p.csv").content.decode()


def test_who_does_not_plan_changes_no_title_and_no_owner(scene: Scene) -> None:
    owner = UserFactory(name="Sam Okafor")
    role(owner, RoleName.FINANCE_OFFICER, council=councils_of(scene.programme)[0])
    scene.milestone("Go-live", JUNE, ref="M-1", owner=owner)
    rows = b"Reference,Version,Milestone,Owner,Note\r\nM-1,1,Gone live,Priya Raman,Said\r\n"
    answer = sign_in(Client(), owner).post(IMPORT, {"file": SimpleUploadedFile("p.csv", rows)})
    assert [(one.column, one.message) for one in answer.context["problems"]] == [
        ("Milestone", "Only the programme manager changes this. Put back: Go-live"),
        ("Owner", "Only the programme manager changes this. Put back: Sam Okafor"),
    ]


def test_changes_of_any_size_are_confirmed_once_and_by_the_same_person(scene: Scene, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    milestone = scene.milestone("Go-live", JUNE, ref="M-1")
    shown = send(scene, f"Reference,Version,Note\r\nM-1,1,{'€' * 2_000}\r\n", "long.csv")
    other = UserFactory()
    role(other, RoleName.PROGRAMME_MANAGER, partnership=scene.programme.partnership)
    gone = "What was shown is no longer kept. Send the file again"
    theirs = sign_in(Client(), other).post(IMPORT, {"confirmed_rows": shown.context["rows"]})
    assert gone in theirs.content.decode()
    assert confirm(scene, shown)["Location"] == f"{AT}milestones/"
    assert state(milestone)[2] == "€" * 2_000
    again = confirm(scene, shown)
    assert (again.status_code, gone in again.content.decode()) == (422, True)


def test_stale_row_that_was_left_alone_is_not_told(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", JUNE, ref="M-1")
    content = saved(book_of(scene))
    update_milestone(milestone, by=scene.manager, seen_version=1, forecast_on=date(2027, 7, 2), note="Slips")
    assert "Nothing would change" in text_of(send(scene, content))


def test_change_that_crosses_the_confirmation_is_left_out(scene: Scene) -> None:
    first, second = (scene.milestone(name, JUNE, ref=name) for name in ("M-1", "M-2"))
    rows = "Reference,Version,Note\r\nM-1,1,One\r\nM-2,1,Two\r\n"
    shown = send(scene, rows, "notes.csv")
    update_milestone(first, by=scene.manager, seen_version=1, note="Theirs")
    answer = confirm(scene, shown)
    assert answer.status_code == 409
    assert "changed note from nothing to Theirs" in answer.content.decode()
    assert [state(one)[2] for one in (first, second)] == ["Theirs", "Two"]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    rows = [scene.milestone(f"M {index}", JUNE, ref=f"M-{index}") for index in range(number)]
    sent = "Reference,Version,Forecast\r\n" + "".join(f"{one.ref},1,1 June 2027\r\n" for one in rows)
    with django_assert_num_queries(9):
        assert send(scene, sent, "same.csv").status_code == 200
    with django_assert_num_queries(9):
        assert len(rows_of(book_of(scene), SHEET)) == number + 1


def test_api_says_what_a_file_would_change_and_takes_it_once(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", JUNE, ref="M-1")
    client = APIClient()
    client.force_authenticate(scene.manager)

    def ask(key: str = "", **sent: Any) -> Any:
        file = SimpleUploadedFile("plan.csv", b"Reference,Version,Note\r\nM-1,1,Moved\r\n")
        at, headers = "/api/v1/programmes/shared/milestones/import/", {"Idempotency-Key": key}
        return client.post(at, {"file": file, **sent}, format="multipart", headers=headers).json()

    change = {"field": "Note", "before": "nothing", "after": "Moved"}
    told = {"changes": [{"row": 2, "milestone": "M-1", "changes": [change]}], "not_taken": []}
    assert ask(dry_run=True) == {"dry_run": True, **told}
    assert state(milestone)[-1] == 1
    assert ask("once") == ask("once") == {"dry_run": False, **told}
    assert state(milestone)[2:] == ("Moved", "", 2)
    assert ask()["not_taken"] == []
