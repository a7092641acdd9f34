"""manage.py appraise: the golden programme as JSON, CSV and XLSX, the same bytes twice, and clear errors."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from services.enums import CostType, LineKind, Position
from services.models import BusinessCase, BusinessCaseLine, CaseStatement
from tests.factories import BusinessCaseFactory, UserFactory
from tests.services.factories import amounts
from tests.services.golden_rows import Golden, golden, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Golden:
    return golden()


def written(tmp_path, form: str, *args: str, name: str = "out") -> bytes:
    path = tmp_path / f"{name}.{form}"
    call_command("appraise", "BC-1", *args, "--format", form, "--output", str(path), verbosity=0)
    return path.read_bytes()


def read_json(tmp_path) -> dict[str, Any]:
    return json.loads(written(tmp_path, "json"))


def csv_values(content: bytes) -> dict[tuple[str, ...], str]:
    rows = csv.DictReader(io.StringIO(content.decode()))
    return {
        (
            row["table"],
            row["option"],
            row["council"],
            row["financial_year"],
            row["item"],
            row["measure"],
        ): row["value"]
        for row in rows
    }


def test_json_holds_every_figure_of_the_golden_programme(made, tmp_path):
    content = read_json(tmp_path)
    shared = {row["council"]: row for row in content["measures"] if row["option"] == "SHARE"}
    assert {name: (row["net"], row["npv"]) for name, row in shared.items()} == {
        "joint": ("840000.00", "645829.78"),
        "Ashmere": ("385290.36", "318189.37"),
        "Brockvale": ("436035.51", "363439.62"),
        "Carrick": ("18674.13", "-35799.19"),
        "sum": ("840000.00", "645829.80"),
    }
    assert shared["joint"]["bcr"] == "1.55"
    assert shared["Carrick"]["payback"] == "5.849"
    assert shared["joint"]["roi"] == "84.0"
    assert shared["sum"]["bcr"] == {"not_applicable": "It is no sum of the councils' own"}
    assert shared["joint"]["exit_ratio"] == {"not_assessable": "No exit cost is entered"}
    years = [
        row["net"] for row in content["years"] if (row["option"], row["council"]) == ("SHARE", "Carrick")
    ]
    assert years[:2] == ["-450000.00", "-10535.66"]
    assert content["switching_values"] == [
        {"option": "SHARE", "benefits_may_fall": "35.46", "costs_may_rise": "54.94"}
    ]
    assert {row["table"]: row["newer_version"] for row in content["reference_data"]} == {
        "discount_rates": "none",
        "gdp_deflators": "none",
        "optimism_bias": "none",
    }
    assert content["range"][0]["p50"] == {"not_applicable": "No line has a lowest and a highest amount"}
    assert [(row["council"], row["balance"]) for row in content["compensation_proposed"]] == [
        ("Ashmere", "-16711.32"),
        ("Brockvale", "-19087.87"),
        ("Carrick", "35799.19"),
    ]


def test_csv_and_workbook_hold_the_same_figures(made, tmp_path):
    values = csv_values(written(tmp_path, "csv"))
    assert values["measures", "SHARE", "Carrick", "", "", "npv"] == "-35799.19"
    assert values["years", "SHARE", "Ashmere", "2029-30", "", "benefits"] == "165727.92"
    assert values["no_worse_off", "SHARE", "Carrick", "", "Net present value", "is_passed"] == "no"
    assert values["no_worse_off", "SHARE", "Carrick", "", "Cash", "is_passed"] == "yes"
    book = openpyxl.load_workbook(io.BytesIO(written(tmp_path, "xlsx")))
    assert book.sheetnames[:6] == ["Cover", "Contents", "Notes", "Statements", "Case", "Reference data"]
    sheet = book["Measures"]
    assert sheet["A1"].value == "Measures of every option, jointly and by council"
    titles = [cell.value for cell in sheet[4]]
    carrick = next(
        row for row in sheet.iter_rows(min_row=5, values_only=True) if row[:2] == ("SHARE", "Carrick")
    )
    assert dict(zip(titles, carrick, strict=True))["Net present value"] == -35799.19


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_same_figures_give_the_same_bytes(made, tmp_path, form):
    BusinessCaseLine.objects.filter(ref="MOVE").update(low_percent=90, high_percent=140)
    assert written(tmp_path, form, name="one") == written(tmp_path, form, name="two")


def test_simulated_range_repeats_with_its_seed(made, tmp_path):
    BusinessCaseLine.objects.filter(ref="MOVE").update(low_percent=90, high_percent=140)
    first = read_json(tmp_path)["range"]
    BusinessCase.objects.update(simulation_seed=2)
    second = read_json(tmp_path)["range"]
    assert [first[0]["seed"], second[0]["seed"]] == [1, 2]
    assert first[0]["p50"] != second[0]["p50"]
    assert first[0]["lines_without_range"] == (
        "Fewer posts and one system (SAVE); Licences (RUN); Leaving the present contract (LEAVE)"
    )


def test_statement_that_does_not_support_comes_first(made, tmp_path):
    for council, position, text in (
        (made.councils[0], Position.SUPPORT, "Sound."),
        (made.councils[2], Position.DO_NOT_SUPPORT, "Carrick pays more than it saves."),
    ):
        CaseStatement.objects.create(
            business_case=made.case,
            council=council,
            position=position,
            text=text,
            stated_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
            stated_by=UserFactory(),
        )
    content = read_json(tmp_path)
    assert list(content)[2] == "statements"
    assert [row["council"] for row in content["statements"]] == ["Carrick", "Ashmere"]
    assert content["statements"][0]["text"] == "Carrick pays more than it saves."
    cover = openpyxl.load_workbook(io.BytesIO(written(tmp_path, "xlsx")))["Cover"]
    assert (cover["A3"].value, cover["B3"].value) == (
        "Carrick does not support it",
        "Carrick pays more than it saves.",
    )


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_figure_about_few_people_is_nowhere(made, tmp_path, form):
    few = line(made, "FEW", LineKind.ONE_OFF_COST, staff_count=3, cost_type=CostType.REDUNDANCY)
    amounts(few, [61_234_56], council=made.councils[0])
    content = written(tmp_path, form)
    text = content.decode() if form != "xlsx" else workbook_text(content)
    assert "61234.56" not in text
    assert "61,234.56" not in text
    if form == "json":
        shared = {row["council"]: row for row in json.loads(text)["measures"] if row["option"] == "SHARE"}
        reason = {
            "withheld": "It tells of fewer than 5 people, or would let a reader work out a figure that does"
        }
        assert [shared[name]["npv"] for name in ("joint", "Ashmere", "sum")] == [reason] * 3
        assert shared["Brockvale"]["npv"] == "363439.62"


def workbook_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


def test_latest_version_is_taken_unless_one_is_named(made, tmp_path):
    BusinessCaseFactory(programme=made.programme, ref="BC-1", number=2, title="Shared revenues, again")
    assert read_json(tmp_path)["case"][0]["version"] == 2
    assert json.loads(written(tmp_path, "json", "--version", "1"))["case"][0]["version"] == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["BC-2"], "There is no business case BC-2. The nearest: BC-1"),
        (["BC-1", "--version", "3"], "Business case BC-1 has no version 3. It has 1"),
        (["BC-1", "--programme", "xyz"], "There is no business case in programme xyz"),
        (["BC-1", "--format", "pdf"], "There is no format pdf. Use --format json, csv or xlsx"),
        (
            ["BC-1", "--format", "xlsx", "--output", "-"],
            "Format xlsx does not go to standard output. Give a file, for example --output appraisal.xlsx",
        ),
    ],
)
def test_what_is_wrongly_asked_is_said(made, tmp_path, args, message):
    output = tmp_path / "out.json"
    defaults = ["--format", "json", "--output", str(output)]
    with pytest.raises(CommandError) as said:
        call_command("appraise", args[0], *defaults, *args[1:])
    assert str(said.value) == message
    assert said.value.returncode == 2
    assert not output.exists()


def test_reference_of_two_programmes_asks_which(made, tmp_path):
    BusinessCaseFactory(ref="BC-1", programme__key="other")
    with pytest.raises(CommandError) as said:
        written(tmp_path, "json")
    assert str(said.value) == (
        "abc and other each have a business case BC-1. Give one with --programme, for example --programme abc"
    )


def test_folder_that_is_not_there_is_said(made, tmp_path):
    with pytest.raises(CommandError) as said:
        call_command("appraise", "BC-1", "--format", "csv", "--output", str(tmp_path / "no" / "x.csv"))
    assert str(said.value).startswith("There is no folder ")
    assert said.value.returncode == 1


def test_documentation_names_every_table_and_measure(made, tmp_path):
    text = (Path(__file__).parents[3] / "docs" / "appraisal.md").read_text(encoding="utf-8")
    content = read_json(tmp_path)
    tables = [key for key, rows in content.items() if isinstance(rows, list) and key != "notes"]
    assert [key for key in tables if key not in text] == []
    keys = {key for table in tables for row in content[table] for key in row}
    known = {"option", "council", "financial_year", "basis", "table", "ref", "reason", "from", "to", "year"}
    assert sorted(key for key in keys - known if f"`{key}`" not in text) == []
