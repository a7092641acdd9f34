"""manage.py seed_scale makes programmes that keep the rules of the ledgers, the same ones every time."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.enums import RoleName
from accounts.models import RoleHeld
from benefits.enums import Outcome
from benefits.models import ActualAmount, BudgetReduction, ForecastAmount, PlanAmount, Verification
from benefits.rules.plan_hash import plan_hash
from core.rules.calendar import period_end
from programme.models import Membership, PlanVersion, Programme
from services.enums import LineKind

DAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def seed(**options: object) -> str:
    told = StringIO()
    call_command("seed_scale", programmes=2, figures=600, as_of="22 November 2026", stdout=told, **options)
    return told.getvalue()


def amounts() -> list[tuple[object, ...]]:
    rows = []
    for model in (PlanAmount, ForecastAmount, ActualAmount):
        named = model.objects.order_by("pk").values_list(
            "line__programme__key", "line__ref", "council__key", "fy", "period", "amount_pence"
        )
        rows += list(named)
    return rows


def seeded_and_undone(seed_number: int) -> list[tuple[object, ...]]:
    with transaction.atomic():
        seed(seed=seed_number)
        made = amounts()
        transaction.set_rollback(True)
    return made


def test_same_seed_gives_the_same_figures_and_another_seed_others(settings):
    settings.DEMONSTRATION = True
    first, other = seeded_and_undone(1), seeded_and_undone(2)
    told = seed(seed=1)
    assert amounts() == first
    assert [row[:5] for row in other[:50]] == [row[:5] for row in first[:50]]
    assert [row[5] for row in other] != [row[5] for row in first]
    monthly = sum(row[4] is not None for row in first)
    assert f"{monthly:,} figures" in told.splitlines()[0].replace(f"{2} programmes, ", "")
    with pytest.raises(CommandError, match="there already"):
        seed()


def test_rows_keep_the_rules_of_the_ledgers(settings):
    settings.DEMONSTRATION = True
    seed()
    for version in PlanVersion.objects.all():
        rows = list(version.amounts.values_list("line__ref", "council__key", "fy", "period", "amount_pence"))
        assert (version.amount_count, version.content_hash) == (len(rows), plan_hash((), rows))
    claims = list(ActualAmount.objects.select_related("line", "reverses__verification"))
    assert max(period_end(one.fy, one.period or 0) for one in claims) == date(2026, 10, 31)
    assert {one.reverses.verification.outcome for one in claims if one.reverses} <= {Outcome.VERIFIED}
    officers = set(RoleHeld.objects.filter(role=RoleName.S151).values_list("user", "council"))
    answers = Verification.objects.select_related("actual__line")
    assert {(one.verified_by_id, one.actual.council_id) for one in answers} <= officers
    verified = answers.filter(actual__line__kind=LineKind.CASHABLE_SAVING, outcome=Outcome.VERIFIED)
    reduced = set(BudgetReduction.objects.values_list("line", "budget_line__council", "budget_line__fy"))
    assert {(one.actual.line_id, one.actual.council_id, one.actual.fy) for one in verified} <= reduced
    for reduction in BudgetReduction.objects.select_related("budget_line"):
        assert reduction.amount_pence <= reduction.budget_line.budget_pence
    sizes = [
        Membership.objects.filter(partnership__programmes=one).count() for one in Programme.objects.all()
    ]
    assert sizes == [2, 2]


def test_only_a_demonstration_is_filled(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="Set DEMONSTRATION=1"):
        seed()
    assert not Programme.objects.exists()
