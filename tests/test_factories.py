"""The factories make rows that the database accepts."""

from __future__ import annotations

from datetime import date

import factory
import pytest
from django.test import Client

from accounts.enums import RoleName
from core.rules.dates import ImpreciseDate
from programme.models import Programme
from tests import factories
from tests.factories import LineFactory, MilestoneFactory, ProgrammeFactory, UserFactory

pytestmark = pytest.mark.django_db

CONCRETE = [
    value
    for value in vars(factories).values()
    if isinstance(value, type)
    and issubclass(value, factory.django.DjangoModelFactory)
    and not value._meta.abstract
]


@pytest.mark.parametrize("made", CONCRETE, ids=lambda made: made.__name__)
def test_factory_makes_rows_that_hold_every_constraint(made: type[factory.django.DjangoModelFactory]) -> None:
    for row in made.create_batch(2):
        row.full_clean()


def test_milestone_takes_whole_dates() -> None:
    spring = ImpreciseDate.season(2027, "spring")
    milestone = MilestoneFactory(plan=date(2026, 11, 24), forecast=spring)
    milestone.refresh_from_db()
    assert milestone.get_date("plan") == ImpreciseDate.day(date(2026, 11, 24))
    assert milestone.get_date("forecast") == spring
    assert milestone.get_date("actual") is None


def test_partnership_has_as_many_councils_as_asked() -> None:
    programme = ProgrammeFactory(partnership__councils=2)
    orders = [m.order_index for m in programme.partnership.memberships.order_by("order_index")]
    assert orders == [0, 1]


def test_ledgers_are_written_once_with_what_they_announce() -> None:
    line = LineFactory()
    programme = line.programme
    council, *_ = factories.councils_of(programme)
    milestone = MilestoneFactory(programme=programme)
    version = factories.plan_version(
        programme, 1, amounts=[(line, council, 2026, 4, 4_000_00)], dates=[(milestone, date(2026, 11, 24))]
    )
    snapshot = factories.forecast(programme, date(2026, 11, 24), [(line, council, 2026, None, 3_000_00)])
    verifier = UserFactory()
    entry = factories.actual(line, council, 2026, 4, 3_400_00, verified_by=verifier)
    assert [amount.amount_pence for amount in version.amounts.all()] == [4_000_00]
    assert milestone.plan_dates.get().date_first_on == date(2026, 11, 24)
    assert [amount.period for amount in snapshot.amounts.all()] == [None]
    assert entry.verification.verified_by == verifier


def test_signed_in_person_with_a_role_sees_the_programme(client: Client) -> None:
    programme = ProgrammeFactory()
    person = UserFactory()
    factories.role(person, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    assert factories.sign_in(client, person).session["_auth_user_id"] == str(person.pk)
    assert list(Programme.objects.visible_to(person)) == [programme]
