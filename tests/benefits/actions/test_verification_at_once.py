"""Two officers act on the same claims, codes or shares at the same moment: the second waits, and is refused.

Only where rows can be locked: SQLite lets one writer at a time in anyway.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.enums import RoleName
from accounts.models import RoleHeld
from benefits.actions.actual import claim_actual, reverse_actual, verify_actual, verify_actuals
from benefits.actions.amounts import Amount
from benefits.actions.budget import Reduction, record_budget_reduction, update_budget_line
from benefits.actions.counting import lock_programmes
from benefits.actions.deputy import name_deputy
from benefits.actions.double_counts import Resolution, resolve_double_count
from benefits.actions.entry_actuals import enter_actuals
from benefits.actions.period import close_period
from benefits.actions.profile import profile_of, update_benefit
from benefits.actions.typed import Typed
from benefits.enums import DoubleCountOutcome, Outcome
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetReduction,
    DoubleCountAnswer,
    PeriodClose,
    Verification,
)
from benefits.queries.double_counts import double_counts
from benefits.rules.entry import month_span
from core.clock import today
from programme.models import Programme
from tests import factories
from tests.benefits.doubles import claim, make_doubles
from tests.benefits.scene import Scene, make_scene
from tests.services.test_two_at_once import both

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Rows are locked on PostgreSQL alone"),
]
CODE = "4312"
TOO_MUCH = f"Savings claimed against code {CODE} exceed its budget of £80,000"


def scene_of(percents: tuple[int, int] = (50, 50)) -> tuple[Scene, list[Benefit]]:
    """Two benefits with a line each, that claim these parts of one effect."""
    scene = make_scene()
    other = factories.BenefitFactory(programme=scene.programme, ref="B-2")
    factories.LineFactory(programme=scene.programme, ref="TWO", benefit=other)
    for benefit, percent in zip((scene.benefit, other), percents, strict=True):
        values = {"attribution_percent": percent, "attribution_reason": "The rest is another change."}
        Benefit.objects.filter(pk=benefit.pk).update(owner=scene.manager, **values)
    return scene, list(Benefit.objects.order_by("ref"))


def reduction_of(scene: Scene, benefit: Benefit, pence: int) -> Reduction:
    return Reduction(benefit.lines.get(), scene.brockvale, CODE, 2026, pence)


def test_one_answer_to_one_claim_of_the_officer_and_a_deputy() -> None:
    scene, _ = scene_of()
    factories.reduction(scene.saving, scene.brockvale, 2026)
    deputy = factories.UserFactory(name="N Bell")
    factories.role(deputy, RoleName.DEPUTY_S151, council=scene.brockvale)
    claim = scene.claim()
    said = both(
        lambda: verify_actual(claim, by=deputy, outcome=Outcome.VERIFIED),
        lambda: verify_actual(claim, by=scene.s151, outcome=Outcome.RETURNED, reason="The wrong ledger code"),
    )
    signed = "N Bell, deputy of Brockvale’s section 151 officer"
    assert said == [f"{signed} has already verified this amount"]
    assert list(Verification.objects.values_list("outcome", "verified_by__name")) == [("verified", "N Bell")]


def test_claims_verified_in_one_act_are_verified_once() -> None:
    scene, _ = scene_of()
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claims = [scene.claim(pence) for pence in (100, 200, 300)]
    found: list[Any] = []
    said = both(
        lambda: verify_actuals(claims[:2], by=scene.s151),
        lambda: found.append(verify_actuals(claims[::-1], by=scene.s151)),
    )
    refused = [(row.pk, refusal.message) for row, refusal in found[0].refused]
    already = "T Grant has already verified this amount"
    assert (said, refused) == ([], [(claims[1].pk, already), (claims[0].pk, already)])
    assert [one.actual for one in found[0].done] == [claims[2]]
    assert Verification.objects.count() == 3


def test_claim_is_verified_or_taken_back_and_not_both() -> None:
    scene, _ = scene_of()
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claim = scene.claim()
    said = both(
        lambda: reverse_actual(claim, by=scene.finance, reason="Entered in the wrong month"),
        lambda: verify_actual(claim, by=scene.s151, outcome=Outcome.VERIFIED),
    )
    assert (said, Verification.objects.count()) == (["This amount has already been reversed"], 0)


def test_no_claim_enters_a_month_that_is_closed_meanwhile() -> None:
    scene, _ = scene_of()
    scene.claim()
    kept = factories.actual(scene.saving, scene.brockvale, 2026, 4, 1_00, entered_by=scene.finance)
    amount = Amount(scene.saving, scene.brockvale, 2026, 6, 1_00)
    typed = [Typed(scene.saving, scene.brockvale, month_span(2026, 7), 5_00, "Read from the ledger again")]

    def close(period: int) -> PeriodClose:
        return close_period(scene.brockvale, by=scene.finance, fy=2026, period=period)

    assert both(lambda: claim_actual(amount, by=scene.finance), lambda: close(6)) == []
    amounts = list(ActualAmount.objects.order_by("pk"))
    said = both(lambda: close(5), lambda: claim_actual(replace(amount, period=5), by=scene.finance))
    said += both(lambda: close(7), lambda: enter_actuals(scene.programme, by=scene.finance, typed=typed))
    said += both(
        lambda: close(4), lambda: reverse_actual(kept, by=scene.finance, reason="Entered in the wrong month")
    )
    assert [words.partition(" on ")[0] for words in said] == [
        "Brockvale closed August 2026",
        "Brockvale closed October 2026",
        "Brockvale closed July 2026",
    ]
    assert list(ActualAmount.objects.order_by("pk")) == amounts


def test_two_reductions_of_one_code_stay_within_its_budget() -> None:
    scene, (first, second) = scene_of()
    budget = factories.BudgetLineFactory(council=scene.brockvale, ledger_code=CODE, fy=2026)
    said = both(
        lambda: record_budget_reduction(reduction_of(scene, first, 50_000_00), by=scene.finance),
        lambda: record_budget_reduction(reduction_of(scene, second, 50_000_00), by=scene.finance),
    )
    assert (said, BudgetReduction.objects.count()) == ([TOO_MUCH], 1)
    said = both(
        lambda: update_budget_line(
            budget, by=scene.finance, seen_version=1, budget_pence=60_000_00, name="Posts"
        ),
        lambda: record_budget_reduction(reduction_of(scene, second, 20_000_00), by=scene.finance),
    )
    assert said == [f"Savings claimed against code {CODE} exceed its budget of £60,000"]


def test_two_claims_from_one_code_stay_within_its_budget() -> None:
    scene, _ = scene_of()
    factories.BudgetLineFactory(council=scene.brockvale, ledger_code=CODE, fy=2026)
    line = scene.saving

    def claim(period: int) -> ActualAmount:
        amount = Amount(line, scene.brockvale, 2026, period, 50_000_00)
        return claim_actual(amount, by=scene.finance, ledger_code=CODE)

    assert both(lambda: claim(1), lambda: claim(2)) == [TOO_MUCH]
    assert ActualAmount.objects.count() == 1


def test_two_reductions_of_one_code_claim_no_more_than_all_of_the_saving() -> None:
    scene, (first, second) = scene_of((60, 70))
    factories.BudgetLineFactory(council=scene.brockvale, ledger_code=CODE, fy=2026)
    said = both(
        lambda: record_budget_reduction(reduction_of(scene, first, 1_00), by=scene.finance),
        lambda: record_budget_reduction(reduction_of(scene, second, 1_00), by=scene.finance),
    )
    assert said == ["These benefits claim 130% of the same saving. Reduce one or link them"]
    assert BudgetReduction.objects.count() == 1


def test_two_changes_of_what_benefits_claim_come_to_no_more_than_all_of_it() -> None:
    scene, benefits = scene_of()
    factories.BudgetLineFactory(council=scene.brockvale, ledger_code=CODE, fy=2026)
    for benefit in benefits:
        record_budget_reduction(reduction_of(scene, benefit, 1_00), by=scene.finance)

    def change(benefit: Benefit, percent: int) -> Benefit:
        profile = replace(profile_of(benefit), attribution_percent=percent)
        return update_benefit(benefit, by=scene.manager, seen_version=benefit.version, profile=profile)

    first, second = benefits
    change(first, 40)
    fresh = Benefit.objects.get(pk=first.pk)
    said = both(lambda: change(second, 60), lambda: change(fresh, 50))
    assert said == ["These benefits claim 110% of the same saving. Reduce one or link them"]
    percents = list(Benefit.objects.order_by("ref").values_list("attribution_percent", flat=True))
    assert percents == [40, 60]


def test_reduction_waits_for_a_change_of_what_another_benefit_claims() -> None:
    scene, (first, second) = scene_of((30, 50))
    factories.BudgetLineFactory(council=scene.brockvale, ledger_code=CODE, fy=2026)
    record_budget_reduction(reduction_of(scene, first, 1_00), by=scene.finance)
    profile = replace(profile_of(first), attribution_percent=60)
    said = both(
        lambda: update_benefit(first, by=scene.manager, seen_version=first.version, profile=profile),
        lambda: record_budget_reduction(reduction_of(scene, second, 1_00), by=scene.finance),
    )
    assert said == ["These benefits claim 110% of the same saving. Reduce one or link them"]
    assert BudgetReduction.objects.count() == 1


def test_two_programmes_that_resolve_a_flag_of_both_never_wait_for_each_other() -> None:
    made = make_doubles()
    claim(made, made.scene.saving, 20_000_00)
    claim(made, made.other_line, 10_000_00)
    (row,) = double_counts(made.other, as_of=today()).open
    other = Resolution(DoubleCountOutcome.NOT_SAME, "The contracts end on different days")
    said = both(
        lambda: lock_programmes([made.programme.pk]),
        lambda: resolve_double_count(
            made.other, by=made.scene.s151, ref=row.ref, seen=row.flag.mark, resolution=other
        ),
        meanwhile=lambda: Programme.objects.select_for_update(nowait=True).get(pk=made.other.pk),
    )
    assert (said, DoubleCountAnswer.objects.get().programme) == ([], made.other)


def test_deputy_is_named_once_for_the_same_days() -> None:
    scene, _ = scene_of()
    first, last = today(), today() + timedelta(days=7)

    def name(to_on: date) -> RoleHeld:
        return name_deputy(scene.brockvale, by=scene.s151, user=scene.finance, from_on=first, to_on=to_on)

    said = both(lambda: name(last), lambda: name(last + timedelta(days=1)))
    assert [words.partition(" already")[2] for words in said] == [". End that first"]
    assert RoleHeld.objects.filter(role=RoleName.DEPUTY_S151).count() == 1
