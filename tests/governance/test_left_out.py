"""Lists, packs and files say how many items are withheld from them (row 71)."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from openpyxl import load_workbook

from accounts.enums import RoleName
from core.enums import PublicationClass
from governance.models import AgendaItem
from tests import factories
from tests.governance.exempt_scene import ExemptScene, exempt_scene, paper_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ONE = "1 item is exempt. It will be withheld from this version"
TWO = "2 items are exempt. They will be withheld from this version"
BOTH = "3 items are exempt and 1 item is confidential. They will be withheld from this version"
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"


@pytest.fixture
def scene() -> Any:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield exempt_scene()


def reader(client: Any, scene: ExemptScene) -> Any:
    return factories.sign_in(client, scene.person(RoleName.AUDITOR))


def said(client: Any, address: str) -> tuple[list[str], bool]:
    """Which of these sentences a page or a text file holds, and that it answers."""
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    words = text_of(answer) if "html" in answer.headers["Content-Type"] else content.decode()
    return [one for one in (ONE, TWO, BOTH) if one in words], SENTENCE in words


def test_pages_and_packs_say_how_many_items_they_leave_out(client: Any, scene: ExemptScene) -> None:
    browser, programme = reader(client, scene), scene.programme
    item, line = scene.rows["agenda-items"], scene.rows["lines"]
    case = line.business_case_id  # type: ignore[attr-defined]
    meeting = item.meeting_id  # type: ignore[attr-defined]
    places = {
        "board": f"/programmes/{programme.key}/decisions/",
        "pack": f"/meetings/{meeting}/pack/",
        "list": f"/meetings/{meeting}/decisions/",
        "lines": f"/business-cases/{case}/lines/",
        "appraisal": f"/business-cases/{case}/appraisal/",
        "board.csv": f"/programmes/{programme.key}/decisions.csv",
        "lines.csv": f"/business-cases/{case}/lines.csv",
    }
    assert {name: said(browser, address)[0] for name, address in places.items()} == {
        key: [] for key in places
    }
    AgendaItem.objects.update(outcome="Agreed")
    for key in ("decisions", "agenda-items", "lines"):
        scene.withhold(key, **dict.fromkeys(scene.rows[key].withheld_fields, "A bid"))
    scene.withhold("papers", publication_class=PublicationClass.CONFIDENTIAL, exempt_paragraph=None)
    exempt = {"publication_class": "exempt", "exempt_paragraph": 3, "public_interest_reason": "Bids"}
    paper_of(item, title="Scores", **exempt)  # type: ignore[arg-type]
    assert {name: said(browser, address)[0] for name, address in places.items()} == {
        "board": [ONE],
        "pack": [BOTH],
        "list": [ONE],
        "lines": [ONE],
        "appraisal": [ONE],
        "board.csv": [],
        "lines.csv": [],
    }
    assert [said(browser, places[name])[1] for name in ("board.csv", "lines.csv")] == [True, True]
    book = load_workbook(BytesIO(browser.get(f"/business-cases/{case}/lines.xlsx").content))
    assert ONE in [row[1].value for row in book["Notes"].iter_rows()]


def test_commands_and_their_files_say_so_too(
    scene: ExemptScene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene.withhold("decisions")
    second = factories.DecisionFactory(programme=scene.programme)
    scene.rows["second"] = second
    scene.withhold("second")
    scene.withhold("lines")
    file = tmp_path / "benefits"
    for form in ("json", "csv", "xlsx"):
        asked = {"programme": scene.programme.key, "format": form, "output": str(file), "verbosity": 0}
        call_command("export_benefits", **asked)
        assert capsys.readouterr().err == f"{TWO}\n"
        if form == "json":
            assert json.loads(file.read_text())["programme"]["withheld"] == TWO
        elif form == "csv":
            assert f",{TWO}," in file.read_text()
    line = scene.rows["lines"]
    ref = line.business_case.ref  # type: ignore[attr-defined]
    call_command("appraise", ref, format="json", output=str(file), verbosity=0)
    assert capsys.readouterr().err == f"{ONE}\n"
