"""Wherever the plan stands in a table, a file or an answer, the original stands beside it (INV-04)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
import yaml
from django.test import Client
from django.urls import reverse

from accounts.enums import RoleName
from benefits.urls import urlpatterns
from benefits.views.savings import CSV_TABLES
from tests.benefits.story import Story
from tests.factories import UserFactory, role, sign_in

pytestmark = pytest.mark.django_db
HEAD = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
FIRST_HEADS = ("Measure", "Council", "Reference", "Basis")
SCHEMA = Path(__file__).parent.parent.parent / "docs" / "openapi.yaml"
PLAN_NOW = re.compile(r"(current|current_plan|plan_amount|plan_pence)")
NOW = re.compile(r"^(current plan|plan|latest plan|plan now)\b(?! version)", re.IGNORECASE)


@pytest.fixture(scope="module", autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def reader(story: Story) -> Client:
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=story.programme.partnership)
    return sign_in(Client(), user)


def addresses(story: Story) -> list[str]:
    """Every page and file of the benefits floor that this programme, its first benefit or a line opens."""
    named: dict[str, Any] = {"benefit_detail": story.benefits[0].pk, "line_detail": story.ict.pk}
    found = []
    for route in urlpatterns:
        names = set(route.pattern.converters)
        if names == {"key"}:
            found.append(reverse(f"benefits:{route.name}", args=[story.programme.key]))
        elif route.name in named:
            found.append(reverse(f"benefits:{route.name}", args=[named[route.name]]))
    key = story.programme.key
    found += [f"{reverse('benefits:savings_csv', args=[key])}?table={name}" for name in CSV_TABLES]
    return [*found, *(reverse("benefits:download_file", args=[key, name]) for name in DOWNLOADS)]


DOWNLOADS = ("savings.xlsx", "savings-by-year.csv", "savings-by-month.csv", "benefits.csv")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def heads(response: Any) -> list[list[str]]:
    """The column heads of every table of an answer."""
    kind = response.headers["Content-Type"]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "csv" in kind:
        return [next(csv.reader(StringIO(content.decode("utf-8-sig"))), [])]
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        rows = [
            [str(cell or "") for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)
        ]
        return [row for row in rows if row[0] in FIRST_HEADS]
    tables = TABLE.findall(content.decode()) if "html" in kind else []
    return [[words(head) for head in HEAD.findall(table.partition("</thead>")[0])] for table in tables]


def bare(row: list[str]) -> list[str]:
    """Heads that name the plan now in a row of heads without the original plan."""
    now = [head for head in row if NOW.match(head) and len(head) < 60]
    return now if not any("original" in head.lower() for head in row) else []


def test_original_plan_stands_beside_the_current_one_in_every_table_and_file(
    reader: Client, story: Story
) -> None:
    seen, alone = 0, []
    for address in addresses(story):
        response = reader.get(address)
        rows = heads(response) if response.status_code == 200 else []
        seen += sum(any(NOW.match(head) for head in row) for row in rows)
        alone += [(address, head) for row in rows for head in bare(row)]
    assert alone == []
    assert seen > 15


def test_answers_of_the_api_that_hold_a_plan_hold_the_original() -> None:
    shapes = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))["components"]["schemas"]
    alone = [
        (name, field)
        for name, shape in shapes.items()
        for field in shape.get("properties", {})
        if PLAN_NOW.fullmatch(field) and not any("original" in one for one in shape["properties"])
    ]
    assert alone == []
