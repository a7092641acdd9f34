"""Text that a spreadsheet would run, and files of any size read in the same number of queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from benefits.enums import StatedKind
from core.enums import Qualifier
from core.models import Source
from governance.benefits_files.formats import FORMATS, csv_bytes, json_bytes, xlsx_bytes
from governance.queries.benefits_export import benefits_export
from programme.models import Council, Programme
from tests.benefits.story import AS_OF, tell
from tests.factories import (
    BenefitFactory,
    CouncilFactory,
    DecisionFactory,
    LineFactory,
    MilestoneFactory,
    PartnershipFactory,
    PhaseFactory,
    ProgrammeFactory,
    StatedFigureFactory,
    UserFactory,
    actual,
    forecast,
    plan_version,
)
from tests.governance.export.readers import csv_rows, sheet_rows

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tTab", "＝HYPERLINK(1)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_name_of_a_council_or_a_line_is_never_a_formula(text: str) -> None:
    story = tell()
    Council.objects.filter(pk=story.councils[0].pk).update(short_name=text)
    story.ict.title = text
    story.ict.save(update_fields=["title"])
    MilestoneFactory(programme=story.programme, title=text, plan=AS_OF, note=text)
    export = benefits_export(story.programme, as_of=AS_OF)

    lines = csv_rows(csv_bytes(export))
    assert {f"'{text}"} == {line["item_name"] for line in lines if line["item"] == story.ict.ref}
    assert {f"'{text}"} == {line["council_name"] for line in lines if line["council"] == "ashmere"}
    values = [line["value"] for line in lines if line["unit"] == "GBP"]
    assert any(value.startswith("-") and value[1].isdigit() for value in values)
    guarded = [cell for line in lines for cell in line.values() if cell.endswith(text)]
    assert guarded
    assert all(cell == f"'{text}" for cell in guarded)

    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(export)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert {row["Council"] for row in sheet_rows(book["Headline"])} == {
        text, "Brockvale", "Carrick", "All councils",
    }  # fmt: skip

    file = json.loads(json_bytes(export))
    assert [row["council_name"] for row in file["headline"]] == [text, "Brockvale", "Carrick", "All councils"]


def living(size: int) -> Programme:
    """A programme with `size` of everything."""
    councils = [CouncilFactory() for _ in range(size + 1)]
    programme = ProgrammeFactory(partnership=PartnershipFactory(councils=councils), base_fy=2026)
    officer, s151 = UserFactory(), UserFactory()
    phases = [PhaseFactory(programme=programme) for _ in range(size)]
    milestones = [
        MilestoneFactory(programme=programme, phase=phase, plan=AS_OF, owner=UserFactory())
        for phase in phases
    ]
    for milestone in milestones:
        milestone.councils.add(councils[0])
    lines = [LineFactory(programme=programme, benefit=BenefitFactory(programme=programme)) for _ in phases]
    amounts = [(line, council, 2026, 1, 100_00) for line in lines for council in councils]
    plan_version(programme, 1, amounts=amounts, dates=[(one, AS_OF) for one in milestones])
    forecast(programme, date(2026, 6, 1), amounts)
    for number, amount in enumerate(amounts):
        actual(*amount, entered_by=officer, verified_by=s151 if number else None)
    for index in range(size):
        source = Source.objects.create(document=f"document {index}")
        DecisionFactory(programme=programme, councils=councils, source=source)
        figure = StatedFigureFactory(programme=programme, stated_kind=StatedKind.ACHIEVED, source=source)
        figure.councils.set(councils)
    return programme


@pytest.mark.parametrize("size", [1, 3])
def test_number_of_queries_is_the_same_at_one_row_and_at_three(
    size: int, django_assert_num_queries: AssertQueries
) -> None:
    programme = Programme.objects.select_related("partnership").get(pk=living(size).pk)
    with django_assert_num_queries(34):
        export = benefits_export(programme, as_of=AS_OF)
        for write in FORMATS.values():
            write(export)


def test_sum_of_figures_that_are_not_exact_says_so() -> None:
    programme = living(1)
    line = programme.lines.get()
    council, other = programme.partnership.councils.order_by("pk")
    source = Source.objects.create(document="Business case", locator="page 4")
    line.qualifier, line.source = Qualifier.OVER, source
    line.save(update_fields=["qualifier", "source"])
    file = json.loads(json_bytes(benefits_export(programme, as_of=AS_OF)))
    total = next(row for row in file["whole_period"] if row["council"] == "all")
    assert total["qualifiers"]["current_plan"] == "floor"
    assert total["qualifiers"]["forecast_less_current_plan"] == "approximate"
    assert total["qualifiers"]["realised_percent"] == "approximate"
    assert total["source"] == "Business case"
    rows = [row for row in file["lines"] if row["council"] in {council.key, other.key}]
    assert {(row["source"], row["qualifiers"]["current_plan"]) for row in rows} == {
        ("Business case, page 4", "over")
    }


def test_plan_of_nothing_makes_a_percentage_not_applicable() -> None:
    programme = ProgrammeFactory(partnership=PartnershipFactory(councils=2), base_fy=2026)
    council = programme.partnership.councils.first()
    assert council is not None
    line = LineFactory(programme=programme)
    plan_version(programme, 1, amounts=[(line, council, 2026, 1, 0)])
    forecast(programme, date(2026, 6, 1), [(line, council, 2026, 1, 500_00)])
    file = json.loads(json_bytes(benefits_export(programme, as_of=AS_OF)))
    row = next(row for row in file["whole_period"] if row["council"] == "all")
    assert row["forecast_percent"] == {"not_applicable": "No target is set"}
    assert row["forecast_less_current_plan"] == "500.00"
