"""A redundancy cost of 3 people is [c] wherever lines stand, and so is a second one (scenario 19, INV-38)."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from services.enums import CostType, LineKind
from tests.factories import sign_in
from tests.pages import text_of
from tests.services.factories import amounts
from tests.services.golden_rows import Golden, golden, line, manager_of
from tests.services.rows import reader_of

pytestmark = pytest.mark.django_db

# The cost of 3 people, a third of it, and what would give it away if it were shown beside the total.
SECRET = ("61234.56", "20411.52", "600000.00")
TOTAL_OF_YEAR = "661234.56"


@pytest.fixture
def made() -> Golden:
    """One-off costs of 2026 to 2027: £600,000 of moving, and what three people are paid."""
    made = golden(has_own_exit=False)
    few = line(
        made, "FEW", LineKind.ONE_OFF_COST, staff_count=3, cost_type=CostType.REDUNDANCY, pool=made.equally
    )
    amounts(few, [61_234_56])
    return made


@pytest.fixture
def reader(client: Client, made: Golden) -> Client:
    return sign_in(client, reader_of(made.programme))


def at(made: Golden, part: str) -> str:
    return f"/business-cases/{made.case.pk}/{part}"


def secrets_in(text: str) -> list[str]:
    """Which of the figures stand in a text, with commas or without."""
    plain = text.replace(",", "")
    return [figure for figure in SECRET if f">{figure}<" in plain or f" {figure} " in f" {plain} "]


def test_lines_are_withheld_in_pairs_on_the_page(reader: Client, made: Golden) -> None:
    page = reader.get(at(made, "lines/?option=SHARE"))
    text = text_of(page)
    assert secrets_in(text) == secrets_in(page.content.decode()) == []
    assert "Fewer posts and one system SAVE Cashable saving Joint" in text
    assert "2,040,000.00" in text
    assert text.count("[c] It tells of fewer than 5 people") == 1


def test_lines_are_withheld_in_pairs_in_files(reader: Client, made: Golden) -> None:
    content = b"".join(reader.get(at(made, "lines.csv")).streaming_content).decode()
    rows = {row["Reference"]: row for row in csv.DictReader(io.StringIO(content))}
    assert {ref: (row["2026-27"], row["Total"]) for ref, row in rows.items()} == {
        "SAVE": ("", "2040000.00"),
        "RUN": ("", "200000.00"),
        "MOVE": ("[c]", "[c]"),
        "FEW": ("[c]", "[c]"),
    }
    book = openpyxl.load_workbook(io.BytesIO(reader.get(at(made, "lines.xlsx")).content), data_only=True)
    shown = {row[1]: row[7] for row in book["Lines"].iter_rows(min_row=5, values_only=True)}
    assert shown == {"SAVE": None, "RUN": None, "MOVE": "[c]", "FEW": "[c]"}


def test_lines_are_withheld_in_pairs_by_the_api(reader: Client, made: Golden) -> None:
    answer = reader.get(f"/api/v1{at(made, 'lines/')}")
    lines = {one["ref"]: one for one in answer.json()["lines"]}
    reason = "It tells of fewer than 5 people"
    for ref in ("MOVE", "FEW"):
        assert lines[ref]["amounts"] == []
        assert [one["reason"].startswith(reason) for one in lines[ref]["withheld"]] == [True]
    assert [len(lines[ref]["amounts"]) for ref in ("SAVE", "RUN")] == [5, 5]
    assert lines["FEW"]["staff_count"] is None


def test_totals_hold_both_lines_and_neither_by_itself(reader: Client, made: Golden) -> None:
    answer: Any = reader.get(f"/api/v1{at(made, 'appraisal/')}")
    (year,) = [
        row
        for row in answer.json()["years"]
        if (row["option"], row["council"], row["financial_year"]) == ("SHARE", "joint", "2026-27")
    ]
    assert year["one_off"] == TOTAL_OF_YEAR
    for name in ("appraisal", "sensitivity", "councils"):
        page = reader.get(at(made, f"{name}/?option=SHARE"))
        assert "61,234.56 " not in text_of(page).replace("661,234.56", "")
        assert "20,411.52" not in text_of(page).replace("220,411.52", "")


def test_who_enters_the_lines_sees_them(client: Client, made: Golden) -> None:
    manager = sign_in(client, manager_of(made.programme))
    page = manager.get(at(made, "lines/?option=SHARE")).content.decode()
    assert 'value="61,234.56"' in page
