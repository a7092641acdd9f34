"""A plan from elsewhere: its columns matched, what it would add shown, then added whole or not at all."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from core.models import AuditEvent
from programme.models import Milestone, MilestoneDependency, Phase
from tests.factories import plan_version
from tests.pages import text_of
from tests.programme.exchange.test_plan_waits import PROJECT
from tests.programme.views.conftest import Scene

IMPORT = "/programmes/shared/plan/import/"
ROWS = (
    "Our plan,,,,,\r\n"
    "No,What,Stage,Who,End,After\r\n"
    "1,Contract signed,Design,Priya Raman,1/3/2027,\r\n"
    "\r\n"
    "2,Go-live,Build,,30/4/2027,1FS+10d\r\n"
    "3,Closed,,,,2; M-1\r\n"
)
COLUMNS = {
    "title": "What",
    "number": "No",
    "phase": "Stage",
    "owner": "Who",
    "plan_on": "End",
    "waits_for": "After",
}


def send(scene: Scene, content: str, name: str = "plan.csv", **more: Any) -> Any:
    return scene.client.post(IMPORT, {"file": SimpleUploadedFile(name, content.encode()), **more})


def match(scene: Scene, rows: str = ROWS, **more: Any) -> Any:
    """The columns as the first page sends them on."""
    text = send(scene, rows).context["source"].sheet.text
    return scene.client.post(IMPORT, {**COLUMNS, "rows": text, "file_name": "plan.csv", **more})


def told(answer: Any) -> list[tuple[int, str, str]]:
    assert answer.status_code == 422
    return [(one.row, one.column, one.message) for one in answer.context["problems"]]


def test_columns_are_guessed_with_examples(scene: Scene) -> None:
    answer = send(scene, ROWS)
    form = answer.context["match"]
    assert {name: value for name, value in form.initial.items() if value} == {
        "number": "No",
        "phase": "Stage",
        "owner": "Who",
        "forecast_on": "End",
        "waits_for": "After",
    }
    assert "What (Contract signed; Go-live; Closed)" in text_of(answer)


def test_plan_is_shown_and_then_added_whole(scene: Scene) -> None:
    before = scene.milestone("Board", date(2027, 1, 5), ref="M-1")
    words = text_of(match(scene))
    for said in (
        "3 milestones would be added",
        "New phases: Build",
        "Contract signed Design Priya Raman 1 March 2027",
        "Contract signed, 10 working days after",
        "Go-live M-1 Board",
    ):
        assert said in words
    assert Milestone.objects.count() == 1
    assert match(scene, confirmed="yes")["Location"] == "/programmes/shared/milestones/"
    made = Milestone.objects.exclude(pk=before.pk).order_by("order_index")
    assert [(one.ref, one.title, str(one.phase or ""), one.owner, one.plan_last_on) for one in made] == [
        ("M-2", "Contract signed", "Design", scene.manager, date(2027, 3, 1)),
        ("M-3", "Go-live", "Build", None, date(2027, 4, 30)),
        ("M-4", "Closed", "", None, None),
    ]
    links = MilestoneDependency.objects.order_by("successor__ref", "predecessor__ref")
    assert list(links.values_list("predecessor__ref", "successor__ref", "lag_days")) == [
        ("M-2", "M-3", 10),
        ("M-1", "M-4", 0),
        ("M-3", "M-4", 0),
    ]
    event = AuditEvent.objects.get(action="import_plan")
    assert event.after == {"imported_from": "plan.csv", "milestones": ["M-2", "M-3", "M-4"], "links": 3}
    again = told(match(scene, confirmed="yes"))
    assert again[0] == (3, "What", "Contract signed is in this programme already, as M-2")
    assert (Milestone.objects.count(), Phase.objects.count()) == (4, 2)


def test_wrong_cells_are_told_by_row_and_nothing_is_added(scene: Scene) -> None:
    rows = (
        "No,What,Stage,Who,End,After\r\n"
        "1,First,,Nobody,31/4/2027,\r\n"
        "2,Second,,,1/1/2027,9\r\n"
        "3,,,,1/1/2027,\r\n"
        "4,second,,,1/1/2027,\r\n"
        "5,Loop,,,1/1/2027,6\r\n"
        "6,Back,,,1/1/2027,5\r\n"
        "7,Early,,,1/6/2045,\r\n"
        "8,Sooner,,,1/12/2026,5\r\n"
    )
    no_owner = "Choose an owner who has an active account and takes part in this programme"
    assert told(match(scene, rows, confirmed="yes")) == [
        (2, "Who", no_owner),
        (2, "End", "Enter a real date, for example 30 4 2027"),
        (4, "What", "Enter the what"),
        (5, "What", "There are two entries for second. Keep one"),
        (3, "After", "There is no 9 in this file or programme to wait for"),
        (8, "End", "Date must be between 1 April 2026 and 31 March 2032"),
        (7, "After", "This link would make a loop: Back depends on Loop, which depends on Back"),
        (9, "After", "Sooner waits for Loop. Its planned date must be 1 January 2027 or later"),
    ]
    assert (Milestone.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_plan_dates_are_refused_once_a_plan_is_approved(scene: Scene) -> None:
    plan_version(scene.programme, 1, dates=[(scene.milestone("Board", date(2027, 1, 5)), date(2027, 1, 5))])
    answer = match(scene)
    assert answer.status_code == 422
    said = answer.context["match"].errors["plan_on"][0]
    assert said.endswith("and cannot be changed. Start a re-baseline")


def test_columns_must_be_chosen_and_each_for_one_thing(scene: Scene) -> None:
    answer = match(scene, title="", phase="No")
    assert {name: list(said) for name, said in answer.context["match"].errors.items()} == {
        "title": ["Choose the column that holds the titles"],
        "phase": ["“No” is chosen for Number already"],
    }


def test_project_xml_is_shown_without_matching_and_added(scene: Scene) -> None:
    shown = send(scene, PROJECT, "plan.xml", takes="tasks")
    words = text_of(shown)
    for said in ("3 milestones would be added", "Left out", "Draft", "its link to Draft is left out"):
        assert said in words
    sent = {"rows": shown.context["source"].sheet.text, **shown.context["source"].guess}
    scene.client.post(IMPORT, {**sent, "file_name": "plan.xml", "confirmed": "yes"})
    made = Milestone.objects.order_by("order_index")
    assert [(one.title, str(one.phase or ""), one.plan_last_on, one.forecast_last_on) for one in made] == [
        ("Draft", "Design", date(2027, 2, 1), None),
        ("Agreed & signed", "Design", date(2027, 2, 26), date(2027, 3, 1)),
        ("Live", "", date(2027, 4, 1), None),
    ]
    links = MilestoneDependency.objects.order_by("pk").values_list("predecessor__title", "lag_days")
    assert list(links) == [("Draft", 0), ("Agreed & signed", 3)]


def test_other_files_are_refused(scene: Scene) -> None:
    wanted = {
        "plan.mpp": "Save the plan as XML in Microsoft Project, and send that. Nothing was imported",
        "plan.pdf": "File must be a CSV, XLSX or Microsoft Project XML",
    }
    said = {name: send(scene, "x", name).context["form"].errors["file"] for name in wanted}
    assert said == {name: [words] for name, words in wanted.items()}


def test_api_adds_a_plan_once_and_refuses_as_the_page_does(scene: Scene) -> None:
    client = APIClient()
    client.force_authenticate(scene.manager)

    def ask(key: str = "", **sent: Any) -> Any:
        file = SimpleUploadedFile("plan.csv", ROWS.replace("; M-1", "").encode())
        told = {"file": file, "columns": json.dumps(COLUMNS), **sent}
        at, headers = "/api/v1/programmes/shared/plan/import/", {"Idempotency-Key": key}
        return client.post(at, told, format="multipart", headers=headers)

    dry = ask(dry_run=True).json()
    assert (dry["milestones"], dry["phases"], dry["left_out"]) == ([], ["Build"], [])
    assert dry["rows"][0] == {
        "row": 3,
        "title": "Contract signed",
        "phase": "Design",
        "owner": scene.manager.email,
        "plan_on": "2027-03-01",
        "forecast_on": None,
        "achieved_on": None,
    }
    assert ask("one").json() == ask("one").json() == {**dry, "dry_run": False, "milestones": made_refs()}
    again = ask()
    assert again.status_code == 400
    said = [one["message"] for one in again.json()["errors"]]
    assert said[1] == "Row 3, What: Contract signed is in this programme already, as M-1"
    for columns, words in (
        ({"phase": "Stage"}, "Choose the column that holds the titles"),
        ({"title": "Name"}, "There is no column “Name”. Choose a column of the file"),
        ({"title": "What", "note": "What"}, "“What” is chosen twice"),
        (["What"], "Give an object of field names and column titles"),
    ):
        assert ask(columns=json.dumps(columns)).json()["errors"][0]["message"] == words
    plan_version(scene.programme, 1, dates=[])
    assert ask().json()["errors"][0]["message"].endswith("cannot be changed. Start a re-baseline")


def made_refs() -> list[str]:
    return list(Milestone.objects.order_by("order_index").values_list("ref", flat=True))
