"""The database itself refuses to change what must stay: on SQLite and PostgreSQL alike."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from benefits.models import (
    ActualAmount,
    BenefitEvidence,
    BenefitReview,
    BenefitTransition,
    ClaimFile,
    ForecastAmount,
    ForecastSnapshot,
    FundContribution,
    FundDrawdown,
    MeasureReading,
    PlanAmount,
    Verification,
)
from core.actions.audit import record
from core.models import AuditEvent
from governance.models import Edition, EditionContent
from programme.models import PlanDate, PlanVersion
from tests import factories

pytestmark = pytest.mark.django_db

APPEND_ONLY = [
    AuditEvent,
    PlanVersion,
    PlanDate,
    PlanAmount,
    ForecastSnapshot,
    ForecastAmount,
    ActualAmount,
    Verification,
    FundContribution,
    FundDrawdown,
    MeasureReading,
    BenefitEvidence,
    BenefitReview,
    BenefitTransition,
    ClaimFile,
    Edition,
    EditionContent,
]


@pytest.fixture
def ledger():
    """A programme with one row in each append-only table; returns the rows by model."""
    programme = factories.ProgrammeFactory()
    council = programme.partnership.councils.first()
    line = factories.LineFactory(programme=programme)
    milestone = factories.MilestoneFactory(programme=programme)
    version = factories.plan_version(
        programme,
        1,
        amounts=[(line, council, 2026, None, 100_00)],
        dates=[(milestone, date(2026, 12, 1))],
        effective_on=date(2026, 4, 1),
    )
    snapshot = factories.forecast(programme, date(2026, 5, 1), [(line, council, 2026, None, 90_00)])
    user = factories.UserFactory()
    actual = factories.actual(line, council, 2026, 1, 10_00, verified_by=user)
    event = record(milestone, by=user, action="test")
    fund = factories.FundFactory(programme=programme)
    paid = FundContribution.objects.create(
        fund=fund, council=council, amount_pence=10_00, paid_on=date(2026, 4, 1), entered_by=user
    )
    drawn = FundDrawdown.objects.create(
        fund=fund, actual=actual, amount_pence=5_00, drawn_on=date(2026, 4, 30), entered_by=user
    )
    return {
        AuditEvent: event,
        PlanVersion: version,
        PlanDate: version.dates.get(),
        PlanAmount: version.amounts.get(),
        ForecastSnapshot: snapshot,
        ForecastAmount: snapshot.amounts.get(),
        ActualAmount: actual,
        Verification: actual.verification,
        ClaimFile: factories.ClaimFileFactory(actual=actual),
        FundContribution: paid,
        FundDrawdown: drawn,
        Edition: (edition := factories.edition_of(factories.ReportFactory(programme=programme))),
        EditionContent: edition.contents.get(),
        **_history(programme, user),
    }


def _history(programme, user):
    """What was recorded about one benefit."""
    told = {"benefit": factories.BenefitFactory(programme=programme), "entered_by": user}
    return {
        MeasureReading: MeasureReading.objects.create(**told, fy=2026, value=22),
        BenefitEvidence: BenefitEvidence.objects.create(**told, text="Audit report 4"),
        BenefitReview: BenefitReview.objects.create(**told, reviewed_on=date(2026, 5, 1), finding="On track"),
        BenefitTransition: BenefitTransition.objects.create(
            benefit=told["benefit"], step="profile", from_state="identified", to_state="profiled", by=user
        ),
    }


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_row_update_is_refused_by_database(ledger, model):
    table, column = model._meta.db_table, model._meta.fields[1].column
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column} WHERE id = %s", [ledger[model].pk])


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_row_delete_is_refused_by_database(ledger, model):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [ledger[model].pk])
    assert model.objects.filter(pk=ledger[model].pk).exists()


def test_plan_amount_after_approval_is_refused_by_database(ledger):
    amount = ledger[PlanAmount]
    with pytest.raises(IntegrityError, match="An approved plan cannot be changed"), transaction.atomic():
        PlanAmount.objects.create(
            plan_version=amount.plan_version,
            line=amount.line,
            council=amount.council,
            fy=2027,
            amount_pence=1,
        )


def test_plan_date_after_approval_is_refused_by_database(ledger):
    version = ledger[PlanVersion]
    other = factories.MilestoneFactory(programme=version.programme)
    with pytest.raises(IntegrityError, match="An approved plan cannot be changed"), transaction.atomic():
        PlanDate.objects.create(
            plan_version=version,
            milestone=other,
            date_first_on=date(2027, 1, 1),
            date_last_on=date(2027, 1, 1),
            date_precision="day",
        )


def test_queryset_update_and_delete_of_plan_are_refused(ledger):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.update(reason="mended by an administrator")
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger[PlanAmount].delete()
