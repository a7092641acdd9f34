"""Services with their costs from rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from core.rules.assessment import NotAssessable
from services.queries.catalogue import service_page
from tests.factories import CouncilFactory, ServiceCouncilFactory, ServiceFactory
from tests.services import rows

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]


def test_costs_by_council_and_year_with_their_sum() -> None:
    programme = rows.programme_of_three()
    rows.revenues(programme)
    (row,) = service_page(programme).rows
    found = [
        (year.fy, [cell.cost.amount_pence if cell.cost else None for cell in year.cells], year.total)
        for year in row.years
    ]
    assert found == [
        (2025, [100_000_50, 200_001_00, 300_001_50], 600_003_00),
        (2026, [100_000_00, 100_000_00, None], NotAssessable("Carrick not stated")),
    ]
    assert [cell.qualities for cell in row.years[1].cells] == [
        "about, medium confidence",
        "about, medium confidence",
        "",
    ]


def test_council_without_a_part_leaves_the_sum_whole() -> None:
    programme = rows.programme_of_three()
    rows.payroll(programme)
    service = rows.revenues(programme)
    service.provisions.filter(council__key="carrick").delete()
    row = next(row for row in service_page(programme).rows if row.service.ref == "S-1")
    assert [year.total for year in row.years] == [300_001_50, 200_000_00]
    assert [cell.applies for cell in row.years[0].cells] == [True, True, False]


def test_sentence_counts_each_status_and_what_has_costs() -> None:
    programme = rows.programme_of_three()
    rows.revenues(programme)
    rows.payroll(programme)
    page = service_page(programme)
    assert page.sentence == "2 services: 1 shared and 1 planned to be shared. Costs are stated for 1."
    narrowed = service_page(programme, status="shared")
    assert ([row.service.ref for row in narrowed.rows], narrowed.total) == (["S-2"], 2)


def test_council_that_is_no_partner_gets_a_column_of_its_own() -> None:
    programme = rows.programme_of_three()
    service = rows.payroll(programme)
    ServiceCouncilFactory(service=service, council=CouncilFactory(key="county", short_name="County"))
    names = [str(council) for council in service_page(programme).councils]
    assert names == ["Ashmere", "Brockvale", "Carrick", "County"]


def test_councils_that_the_source_does_not_name_are_told_in_its_words() -> None:
    programme = rows.programme_of_three()
    ServiceFactory(programme=programme, councils_text="three of four, not named")
    (row,) = service_page(programme).rows
    assert (row.council_names, row.has_details) == ("three of four, not named", False)


def test_page_takes_six_queries_whatever_its_size(django_assert_num_queries: AssertQueries) -> None:
    programme = rows.programme_of_three()
    rows.revenues(programme)
    with django_assert_num_queries(6):
        service_page(programme)
    for index in range(3):
        service = rows.payroll(programme)
        service.ref = f"S-{index + 3}"
        service.save()
    with django_assert_num_queries(6):
        service_page(programme)
