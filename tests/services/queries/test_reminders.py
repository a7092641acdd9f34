"""Who is reminded of the annual true-up, and of rates that are newer than a case's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.enums import RoleName
from core.rules import reference
from core.rules.reference import ReferenceTable
from programme.models import Programme
from services.enums import CaseState, KeyBasis
from services.models import BusinessCase
from services.queries.rates_changed import RatesChanged
from services.queries.true_ups_due import TrueUpsDue
from tests.factories import BusinessCaseFactory, ProgrammeFactory, UserFactory, role
from tests.services.factories import CostPoolFactory, key_of, true_up_of

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 15)


@pytest.fixture
def programme(db: None) -> Programme:
    made: Programme = ProgrammeFactory(key="benefits", partnership__councils=2)
    return made


def told(items: Any) -> list[tuple[int, date, str]]:
    return [(one.recipient_id, one.due_on, one.title) for one in items]


def test_true_up_is_told_to_finance_before_the_year_ends_and_to_the_s151_officer_after(
    programme: Programme,
) -> None:
    councils = list(programme.partnership.councils.all())
    finance, treasurer = UserFactory(), UserFactory()
    role(finance, RoleName.FINANCE_OFFICER, council=councils[0])
    role(treasurer, RoleName.S151, council=councils[1])
    counted, fixed = CostPoolFactory(programme=programme), CostPoolFactory(programme=programme)
    key = key_of(counted, dict.fromkeys(councils, 1), basis=KeyBasis.CASELOAD)
    key_of(fixed, dict.fromkeys(councils, 50))
    source = TrueUpsDue()
    count, late = "Count for the true-up of 2026 to 2027: 1 pool", "True-up of 2026 to 2027 not run: 1 pool"
    found = {}
    for day in (date(2027, 1, 29), MARCH):
        with time_machine.travel(day, tick=False):
            found[day] = told(source.due_between(date(2027, 1, 20), date(2027, 4, 20)))
    after = [(finance.pk, MARCH, count), (treasurer.pk, APRIL, late)]
    assert found == {date(2027, 1, 29): [(finance.pk, FEBRUARY, count), *after], MARCH: after}
    assert source.path(programme.pk) == "/programmes/benefits/year-end/"
    true_up_of(key, 2026)
    with time_machine.travel(APRIL, tick=False):
        assert told(source.due_between(date(2027, 1, 20), date(2027, 4, 20))) == []
        assert told(source.still_due(treasurer.pk, [programme.pk])) == []


def test_author_is_told_once_a_newer_version_of_rates_is_in_force(programme: Programme) -> None:
    author = UserFactory()
    role(author, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    newest = reference.versions(ReferenceTable.GDP_DEFLATORS)[-1]
    case = BusinessCaseFactory(
        programme=programme, ref="BC-1", title="Share", created_by=author, deflator_version="2020-03"
    )
    BusinessCaseFactory(programme=programme, created_by=author, deflator_version=newest.version)
    source, on = RatesChanged(), max(newest.effective_from, newest.retrieved_on)
    assert told(source.due_between(on, on)) == [(author.pk, on, "GDP deflators changed: BC-1 Share")]
    assert told(source.due_between(date(2000, 1, 1), date(2000, 1, 1))) == []
    assert source.path(case.pk) == f"/business-cases/{case.pk}/"
    BusinessCase.objects.filter(pk=case.pk).update(state=CaseState.WITHDRAWN)
    assert told(source.still_due(author.pk, [case.pk])) == []
