"""Scenario 20 of domain.md 11: a benefit without a target says so wherever it is shown, and is in no rate."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
import time_machine

from benefits.enums import BenefitState, Direction
from benefits.models import Benefit
from core.clock import today
from governance.benefits_files.formats import csv_bytes, json_bytes, xlsx_bytes
from governance.queries.benefits_export import benefits_export
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts
from programme.models import Programme
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of

pytestmark = pytest.mark.django_db
REASON = "The councils did not want a target to become a ceiling"
WORDS = "No target set"
SAVINGS = "/programmes/abc/savings/"


@pytest.fixture
def scene() -> Any:
    """Brockvale verified £500 of a plan of £1,000, and £7 of a saving for which nothing is planned."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        made = make_scene(base_fy=2026)
        entry = (made.saving, made.brockvale, 2026, 7, 1_000_00)
        factories.plan_version(made.programme, 1, amounts=[entry])
        made.claim(500_00, verified_by=made.s151)
        Benefit.objects.filter(pk=_without_target(made).pk).update(state=BenefitState.REALISING)
        yield made


def _without_target(made: Scene) -> Benefit:
    measured: Benefit = factories.BenefitFactory(
        programme=made.programme,
        ref="B-2",
        title="Fewer calls",
        measure_name="Calls",
        measure_unit="calls",
        direction=Direction.LOWER,
        starting_value=400,
        actual_value=380,
        target_text="As few as can be",
        no_target_reason=REASON,
        owner=made.manager,
    )
    line = factories.LineFactory(programme=made.programme, ref="CALLS", title="Calls", benefit=measured)
    factories.actual(line, made.brockvale, 2026, 7, 7_00, entered_by=made.finance, verified_by=made.s151)
    return measured


def test_benefit_without_a_target_says_so_everywhere_and_is_in_no_realisation_rate(scene: Scene) -> None:
    benefit = Benefit.objects.get(ref="B-2")
    reader, route = page_of(scene.reader), api_of(scene.reader)
    pages = (
        "/programmes/abc/benefits/",
        f"/benefits/{benefit.pk}/",
        SAVINGS + "realisation/",
        SAVINGS + "measures/",
    )
    said = {path: reader.get(path).content.decode() for path in pages}
    assert {path: WORDS in page for path, page in said.items()} == dict.fromkeys(pages, True)
    assert REASON in said[pages[1]]
    assert "50.0%" in said[pages[2]]  # £500 of £1,000: the £7 are in no percentage
    overview = reader.get(SAVINGS).content.decode()
    assert "£7.00 verified has no target and is not counted in the rate" in overview
    assert "50.0%" in overview
    assert "50.7%" not in overview + "".join(said.values())
    every = reader.get("/savings/").content.decode()
    assert ("50.0%" in every, "50.7%" in every) == (True, False)

    rates = b"".join(reader.get(SAVINGS + "realisation.csv")).decode("utf-8-sig")
    rate = next(one for one in csv.DictReader(StringIO(rates)) if one["Reference"] == "B-2")
    assert (rate["Target"], rate["Realised, %"]) == (WORDS, "[z]")
    register = b"".join(reader.get("/programmes/abc/benefits.csv"))
    row = next(one for one in csv.DictReader(StringIO(register.decode("utf-8-sig"))) if "B-2" in one.values())
    assert (row["Target"], row["Why no target is set"], row["Progress, %"]) == (WORDS, REASON, "[z]")

    answer = route.get(f"/api/v1/benefits/{benefit.pk}/").json()
    assert (answer["target"], answer["target_value"], answer["no_target_reason"]) == (WORDS, None, REASON)
    assert route.get(f"/api/v1/benefits/{scene.benefit.pk}/").json()["target"] == "In pounds"
    assert WORDS in _cells(b"".join(reader.get("/programmes/abc/downloads/savings.xlsx")))

    export = benefits_export(Programme.objects.get(key="abc"), as_of=today())
    found = next(one for one in json.loads(json_bytes(export))["benefits"] if one["benefit"] == "B-2")
    assert (found["target"], found["no_target_reason"], found["progress"]) == (
        WORDS,
        REASON,
        {"not_applicable": "No target is set"},
    )
    rates = [row["realised_percent"] for row in json.loads(json_bytes(export))["whole_period"]]
    assert ("50.0" in rates, "50.7" in rates) == (True, False)
    assert WORDS in _cells(xlsx_bytes(export))
    assert WORDS in csv_bytes(export).decode("utf-8-sig")

    report = report_content(Facts(export.programme, today()), number=1, version="open")
    measures = next(one for one in report.tables if one.key == "measures")
    targets = {row[1]: row[measures.place("Target")] for row in measures.rows}
    assert targets["Calls"] == WORDS
    answers = next(one for one in report.tables if one.key == "questions").rows
    assert answers[0][1] == (
        "No: 50.0% of the cashable saving planned by now is verified, which is rated Red."
    )


def _cells(book: bytes) -> set[object]:
    """Every value of a workbook."""
    sheets = openpyxl.load_workbook(BytesIO(book)).worksheets
    return {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
