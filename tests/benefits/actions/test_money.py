"""Budgets, funds and profiles: nothing is half written when the audit trail cannot be."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from benefits.actions.budget import (
    Reduction,
    record_budget_line,
    record_budget_reduction,
    withdraw_budget_reduction,
)
from benefits.actions.fund import open_fund, record_contribution, record_drawdown
from benefits.actions.profile import Profile, check_shares, create_benefit
from benefits.enums import BenefitClass
from benefits.models import Benefit, BudgetLine, BudgetReduction, Fund, FundContribution, FundDrawdown
from tests import factories
from tests.benefits.actions.faults import unwritable
from tests.benefits.scene import make_scene

pytestmark = pytest.mark.django_db


def test_nothing_is_written_when_the_audit_fails_and_budgets_are_locked_alone():
    scene = make_scene()
    council, by = scene.brockvale, scene.finance
    factories.BudgetLineFactory(council=council, ledger_code="4312")
    standing = factories.reduction(scene.saving, scene.brockvale, 2027)
    fund, cost = factories.FundFactory(programme=scene.programme), scene.spent()
    FundContribution.objects.create(
        fund=fund, council=council, amount_pence=100, paid_on=date(2026, 4, 1), entered_by=by
    )
    reduction = Reduction(scene.saving, council, "4312", 2026, 100)
    profile = Profile("Faster claims", BenefitClass.QUANTIFIABLE, owner=scene.manager)
    attempts = [
        lambda: record_budget_line(council, by=by, ledger_code="9", fy=2026, budget_pence=1, name="New"),
        lambda: record_budget_reduction(reduction, by=by),
        lambda: withdraw_budget_reduction(standing, by=by, reason="Entered by mistake"),
        lambda: open_fund(scene.programme, by=scene.manager, name="Second"),
        lambda: record_contribution(fund, by=by, council=council, pence=1, paid_on=date(2026, 4, 1)),
        lambda: record_drawdown(fund, by=by, actual=cost, pence=1, drawn_on=date(2026, 9, 1)),
        lambda: create_benefit(scene.programme, by=scene.manager, profile=profile),
    ]
    counted = (BudgetLine, BudgetReduction, Fund, FundContribution, FundDrawdown, Benefit)
    before = [model.objects.count() for model in counted]
    with unwritable("core_auditevent"):
        for attempt in attempts:
            with pytest.raises(DatabaseError):
                attempt()
    assert [model.objects.count() for model in counted] == before
    assert BudgetReduction.objects.get().withdrawn_at is None
    with CaptureQueriesContext(connection) as captured:
        record_budget_reduction(reduction, by=by)
        check_shares(scene.benefit)
    budgets = [query["sql"] for query in captured if query["sql"].startswith('SELECT "benefits_budgetline"')]
    locks = [sql.split(" FROM ")[1] for sql in budgets if 'ORDER BY "benefits_budgetline"."id"' in sql]
    assert ["JOIN" in sql for sql in locks] == [False, False]
