"""The saving that a programme asks of each service before it may join."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.rules.assessment import NotAssessable
from programme.enums import FactKind
from programme.models import Fact, Programme
from services.enums import ServiceStatus
from services.models import Service, ServiceCost, ServiceCouncil
from services.queries.entry_tests import entry_tests, reduction_asked
from services.rules.east_kent_rule import EntryTest
from tests.factories import ProgrammeFactory, ServiceFactory

pytestmark = pytest.mark.django_db

BEFORE, YEAR_2 = 2010, 2012


@pytest.fixture
def programme() -> Programme:
    programme: Programme = ProgrammeFactory(partnership__councils=2)
    Fact.objects.create(
        programme=programme,
        kind=FactKind.CRITERION,
        ref="c-1",
        text="Budget down by 10 per cent by year 2",
        details={"measure": "reduction_pct", "threshold": 10},
    )
    return programme


def _service(programme: Programme, costs: dict[int, list[int | None]], **fields: Any) -> Service:
    service: Service = ServiceFactory(
        programme=programme, **{"status": ServiceStatus.PLANNED, "planned": date(2011, 4, 1), **fields}
    )
    for index, council in enumerate(programme.partnership.councils.order_by("key")):
        provision, _ = ServiceCouncil.objects.get_or_create(service=service, council=council)
        for fy, amounts in costs.items():
            pence = amounts[index]
            if pence is not None:
                ServiceCost.objects.create(provision=provision, fy=fy, amount_pence=pence)
    return service


def test_entry_test_passes_at_exactly_the_percentage_asked(programme: Programme) -> None:
    service = _service(programme, {BEFORE: [100, 300], YEAR_2: [60, 300]})
    (test,) = entry_tests(programme)
    assert test.service == service
    assert test.outcome == EntryTest(True, Fraction(10), 40, 0, "10.00% saved of 10.00% needed")


def test_entry_test_fails_below_the_percentage(programme: Programme) -> None:
    _service(programme, {BEFORE: [100, 300], YEAR_2: [61, 300]})
    (test,) = entry_tests(programme)
    assert isinstance(test.outcome, EntryTest)
    assert (test.outcome.is_passed, test.outcome.shortfall_pence) == (False, 1)


def test_entry_test_is_not_assessable_where_one_council_states_no_budget(programme: Programme) -> None:
    _service(programme, {BEFORE: [100, None], YEAR_2: [60, 300]})
    (test,) = entry_tests(programme)
    assert test.outcome == NotAssessable("Starting budget is not stated")


def test_entry_test_is_not_assessable_before_the_budget_of_year_2(programme: Programme) -> None:
    _service(programme, {BEFORE: [100, 300]})
    (test,) = entry_tests(programme)
    assert test.outcome == NotAssessable("Budget of the year of operation is not stated")


def test_services_that_are_shared_or_undated_are_not_tested(programme: Programme) -> None:
    _service(programme, {}, status=ServiceStatus.SHARED)
    _service(programme, {}, planned=None)
    assert entry_tests(programme) == []


def test_no_reduction_is_asked_where_no_criterion_states_one() -> None:
    programme = ProgrammeFactory()
    _service(programme, {})
    assert (reduction_asked(programme), entry_tests(programme)) == (None, [])


@pytest.mark.parametrize("count", [1, 3])
def test_entry_tests_take_five_queries(
    programme: Programme, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        _service(programme, {BEFORE: [100, 300]})
    with django_assert_num_queries(5):
        assert len(entry_tests(programme)) == count
