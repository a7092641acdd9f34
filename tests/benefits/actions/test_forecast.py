from datetime import date

import pytest
from django.db import DatabaseError

from accounts.enums import RoleName
from benefits.actions.amounts import Amount
from benefits.actions.forecast import record_forecast
from benefits.models import ForecastAmount, ForecastSnapshot, PlanAmount
from core.errors import Refusal
from core.models import AuditEvent
from tests.benefits.actions.faults import unwritable
from tests.factories import LineFactory, ProgrammeFactory, UserFactory, councils_of, plan_version, role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


@pytest.fixture
def programme():
    return ProgrammeFactory(key="abc")


@pytest.fixture
def line(programme):
    return LineFactory(programme=programme)


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


def test_forecast_is_recorded_beside_the_plan_and_audited(programme, line, manager):
    council = councils_of(programme)[0]
    plan_version(programme, 1, amounts=[(line, council, 2026, None, 5_000)])
    before = list(PlanAmount.objects.values())
    snapshot = record_forecast(
        programme,
        by=manager,
        as_at_on=DAY,
        commentary="Go-live moves by 18 days.",
        amounts=[Amount(line, council, 2026, None, -200, "Paid back to the supplier")],
    )
    assert list(ForecastAmount.objects.values_list("snapshot", "line", "fy", "amount_pence")) == [
        (snapshot.pk, line.pk, 2026, -200)
    ]
    assert list(PlanAmount.objects.values()) == before
    event = AuditEvent.objects.get()
    assert (event.action, event.after, event.why) == (
        "record_forecast",
        {"as_at_on": "2026-11-10", "amounts": 1},
        "Go-live moves by 18 days.",
    )


@pytest.mark.parametrize("name", [RoleName.FINANCE_OFFICER, RoleName.S151, RoleName.COUNCIL_LEAD])
def test_forecast_of_a_council_by_its_own_officers_is_recorded(programme, line, name):
    own, other, _ = councils_of(programme)
    officer = UserFactory()
    role(officer, name, council=own)
    record_forecast(
        programme, by=officer, as_at_on=DAY, commentary="", amounts=[Amount(line, own, 2026, None, 1)]
    )
    both = [Amount(line, own, 2026, None, 1), Amount(line, other, 2026, None, 1)]
    with pytest.raises(Refusal) as refused:
        record_forecast(programme, by=officer, as_at_on=DAY, commentary="", amounts=both)
    assert refused.value.message == f"Only an officer of {other} can enter its amounts"
    assert ForecastSnapshot.objects.count() == 1


@pytest.mark.parametrize("name", [RoleName.MEMBER, RoleName.AUDITOR, RoleName.DEMOCRATIC_SERVICES])
def test_forecast_by_a_reader_is_refused(programme, line, name):
    reader, council = UserFactory(), councils_of(programme)[0]
    role(reader, name, council=council)
    with pytest.raises(Refusal, match="can enter its amounts"):
        record_forecast(
            programme,
            by=reader,
            as_at_on=DAY,
            commentary="",
            amounts=[Amount(line, council, 2026, None, 1)],
        )


@pytest.mark.parametrize(
    ("amounts", "as_at_on", "message"),
    [
        ([], DAY, "Enter at least one amount"),
        ([(2026, None, 1)], date(2099, 1, 1), "Forecast date must be today or in the past"),
        (
            [(2026, None, -1, "too short")],
            DAY,
            "Explain why this saving is negative, in at least 10 characters",
        ),
        (
            [(2026, 1, 1), (2026, 1, 1)],
            DAY,
            "There are two entries for 1 April 2026 to 30 April 2026. Keep one",
        ),
        ([(2026, None, 10**12 + 1)], DAY, "Amount must be £10,000,000,000 or less"),
    ],
)
def test_forecast_that_cannot_be_is_refused(programme, line, manager, amounts, as_at_on, message):
    council = councils_of(programme)[0]
    with pytest.raises(Refusal) as refused:
        record_forecast(
            programme,
            by=manager,
            as_at_on=as_at_on,
            commentary="",
            amounts=[Amount(line, council, *amount) for amount in amounts],
        )
    assert refused.value.message == message
    assert ForecastSnapshot.objects.count() == 0


def test_forecast_is_not_written_when_its_audit_fails(programme, line, manager):
    amounts = [Amount(line, councils_of(programme)[0], 2026, None, 1)]
    with unwritable("core_auditevent"), pytest.raises(DatabaseError):
        record_forecast(programme, by=manager, as_at_on=DAY, commentary="", amounts=amounts)
    assert (ForecastSnapshot.objects.count(), ForecastAmount.objects.count()) == (0, 0)
