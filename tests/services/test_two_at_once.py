"""Two people write at the same moment: the second waits, and acts on what the first has stored.

Only where rows can be locked: SQLite lets one writer at a time in anyway.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.enums import RoleName
from benefits.actions.actual import verify_actual
from benefits.actions.benefits_map import add_link
from benefits.actions.budget import Reduction, record_budget_reduction, withdraw_budget_reduction
from benefits.actions.council_payment import (
    confirm_council_payment,
    record_council_payment,
    reverse_council_payment,
)
from benefits.actions.fund import close_fund, record_contribution, record_drawdown
from benefits.actions.handover import accept_handover, cancel_handover, offer_benefit
from benefits.actions.profile import profile_of, update_benefit
from benefits.enums import Outcome
from benefits.models import Benefit, BudgetReduction, CouncilPayment, FundDrawdown, Verification
from core.errors import Refusal, Refusals
from governance.enums import DecisionState
from programme.actions.membership import record_council_left
from services.actions.case_steps import take_step
from services.actions.case_versions import start_version
from services.actions.compensation import Terms, record_compensation, update_compensation
from services.actions.keys import KeyDraft, create_key, update_pool
from services.actions.runs import share_amount
from services.actions.true_up import TrueUpEntry, record_true_up
from services.enums import CaseStep, KeyBasis, TestBasis
from services.models import ApportionmentRun, BusinessCase, Compensation, KeyWeight, TrueUp
from services.queries.fairness import Payment
from tests import factories
from tests.benefits.life import make_life
from tests.benefits.scene import make_scene
from tests.installation import PATIENCE
from tests.services.case_scene import case_scene
from tests.services.factories import CostPoolFactory, key_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Rows are locked on PostgreSQL alone"),
]


def both(
    first: Callable[[], object], second: Callable[[], object], *, meanwhile: Callable[[], object] = int
) -> list[str]:
    """What the second is refused while the first is not stored yet; empty where it is done after it.

    `meanwhile` is done by the first while the second waits for it.
    """
    said: list[str] = []

    def write() -> None:
        try:
            second()
        except Refusal as refusal:
            said.append(refusal.message)
        except Refusals as refusals:
            said.extend(refusal.message for refusal in refusals.refusals)
        finally:
            connection.close()

    other = Thread(target=write)
    with transaction.atomic():
        first()
        other.start()
        assert is_waiting(), "The second did not wait"
        meanwhile()
    other.join(timeout=PATIENCE)
    return said


def is_waiting() -> bool:
    """Whether another connection comes to wait for this one within half a minute."""
    query = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    for _ in range(1500):
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


def test_amounts_are_shared_by_the_key_as_it_is_then() -> None:
    scene = case_scene()
    first, *_ = scene.councils
    pool = CostPoolFactory(programme=scene.programme, ref="Q-1")
    key = key_of(pool, dict.fromkeys(scene.councils, 1))

    def share(fy: int) -> ApportionmentRun:
        return share_amount(pool, fy=fy, pence=3_00, purpose="Support", by=scene.manager)

    def change() -> None:
        share(2026)
        KeyWeight.objects.filter(key=key, council=first).update(weight=2)

    assert both(change, lambda: share(2027)) == []
    assert list(ApportionmentRun.objects.get(fy=2027).shares.values_list("share_pence", flat=True)) == [
        1_50,
        75,
        75,
    ]
    entry = TrueUpEntry(2021, 3_00, "claims", {council.key: 1 for council in scene.councils})
    known = both(
        lambda: record_true_up(key, entry, by=scene.manager),
        lambda: record_true_up(key, entry, by=scene.manager),
    )
    assert (known, TrueUp.objects.count()) == (
        ["2021 to 2022 has had its true-up. Look at what it settled"],
        1,
    )


def test_no_key_starts_with_a_council_while_it_leaves() -> None:
    scene = case_scene()
    a, b, leaver = scene.councils
    pool = CostPoolFactory(programme=scene.programme, ref="Q-1")
    row = leaver.memberships.get()
    draft = KeyDraft(KeyBasis.EQUAL, date(2026, 4, 1), {one.key: Decimal(1) for one in (a, b, leaver)}, "D-1")
    factories.DecisionFactory(programme=scene.programme, ref="D-1", state=DecisionState.EFFECTIVE)
    left = {"left_on": date(2026, 6, 30), "why": "It shares with others now", "seen_version": row.version}
    said = both(
        lambda: create_key(pool, draft, by=scene.manager),
        lambda: record_council_left(row, by=scene.manager, **left),
    )
    share = f"{leaver} still has a share of {pool} after 30 June 2026"
    assert f"{share}. End that key on 30 June 2026 and start another" in said


def test_pool_that_shares_an_amount_keeps_its_name() -> None:
    scene = case_scene()
    pool = CostPoolFactory(programme=scene.programme, ref="Q-1")
    key_of(pool, dict.fromkeys(scene.councils, 1))
    said = both(
        lambda: share_amount(pool, fy=2026, pence=3_00, purpose="Support", by=scene.manager),
        lambda: update_pool(pool, name="Other", description="", by=scene.manager, seen_version=pool.version),
    )
    pool.refresh_from_db()
    assert (said, pool.name == "Other") == (
        ["This pool has shared amounts, so its name stays. Add another pool for something else"],
        False,
    )


def test_one_next_version_is_started() -> None:
    scene = case_scene()
    issued = scene.to_issued()

    def start() -> object:
        return start_version(issued, by=scene.manager, seen_version=issued.version)

    assert both(start, start) == ["Version 2 is open already. Change that one"]
    assert list(BusinessCase.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_one_compensation_is_recorded_and_one_change_of_it_stored() -> None:
    scene = case_scene()
    payer, _, carrick = scene.councils

    def terms(pence: int) -> Terms:
        payments = [Payment(payer, 2026, -pence), Payment(carrick, 2026, pence)]
        return Terms(carrick, TestBasis.NOMINAL, payments)

    said = both(
        lambda: record_compensation(scene.case, by=scene.manager, terms=terms(10_00)),
        lambda: record_compensation(scene.case, by=scene.manager, terms=terms(9_00)),
    )
    assert said == [f"Compensation for {carrick} on cash is recorded already. Change it"]
    agreed = Compensation.objects.get()
    said = both(
        lambda: update_compensation(agreed, by=scene.manager, seen_version=1, terms=terms(8_00)),
        lambda: update_compensation(agreed, by=scene.manager, seen_version=1, terms=terms(7_00)),
    )
    assert [words.partition(" at ")[0] for words in said] == ["Someone changed this"]
    assert list(agreed.payments.order_by("amount_pence").values_list("amount_pence", flat=True)) == [
        -8_00,
        8_00,
    ]


def test_case_is_issued_once() -> None:
    scene = case_scene()
    scene.to_s151()
    for index, _ in enumerate(scene.officers):
        scene.state_position(index)
    case = scene.fresh()

    def issue() -> object:
        return take_step(case, CaseStep.ISSUE, by=scene.owner, seen_version=case.version)

    said = both(issue, issue)
    assert [words.partition(" at ")[0] for words in said] == ["Someone changed this"]
    assert scene.fresh().version == case.version + 1
    assert ApportionmentRun.objects.count() == 2  # one a year of the joint saving


def test_keys_of_one_pool_do_not_overlap() -> None:
    scene = case_scene()
    factories.DecisionFactory(programme=scene.programme, ref="D-9", state=DecisionState.EFFECTIVE)
    pool = CostPoolFactory(programme=scene.programme, ref="Q-1")
    weights = dict.fromkeys((council.key for council in scene.councils), Decimal(1))

    def add(from_on: date) -> object:
        draft = KeyDraft(KeyBasis.EQUAL, from_on, weights, "D-9")
        return create_key(pool, draft, by=scene.manager)

    said = both(lambda: add(date(2027, 4, 1)), lambda: add(date(2028, 4, 1)))
    assert said == ["Another key applies from 1 April 2027. End it first"]
    assert pool.keys.count() == 1


def test_two_links_of_benefits_make_no_loop() -> None:
    scene, other = budgets()

    def count_in(child: Benefit, parent: Benefit) -> object:
        profile = replace(profile_of(child), counted_in=parent)
        return update_benefit(child, by=scene.manager, seen_version=child.version, profile=profile)

    scene.programme.benefits.update(owner=scene.manager)
    benefit = scene.programme.benefits.get(ref="B-1")
    said = both(lambda: count_in(benefit, other), lambda: count_in(other, benefit))
    assert said == ["A benefit cannot be counted in itself. Choose another"]
    assert list(scene.programme.benefits.order_by("ref").values_list("counted_in__ref", flat=True)) == [
        "B-2",
        None,
    ]


def budgets() -> Any:
    """Two benefits of the scene that claim from one code: half of it, and what is left to claim."""
    scene = make_scene()
    values = {"attribution_percent": 50, "attribution_reason": "Half of the team is shared."}
    scene.programme.benefits.update(**values)
    other = factories.BenefitFactory(programme=scene.programme, ref="B-2", owner=scene.manager, **values)
    factories.LineFactory(programme=scene.programme, ref="TWO", benefit=other)
    return scene, other


def test_reduction_waits_for_a_change_of_what_its_benefit_claims() -> None:
    scene, other = budgets()
    reduction = factories.reduction(scene.saving, scene.brockvale, 2026)
    line = other.lines.get()
    taken = Reduction(line, scene.brockvale, reduction.budget_line.ledger_code, 2026, 1_00)
    said = both(
        lambda: update_benefit(
            other,
            by=scene.manager,
            seen_version=other.version,
            profile=replace(profile_of(other), attribution_percent=60),
        ),
        lambda: record_budget_reduction(taken, by=scene.finance),
    )
    assert len(said) == 1
    assert "110%" in said[0]
    assert BudgetReduction.objects.count() == 1


def test_verified_amount_keeps_what_it_rests_on() -> None:
    scene, _ = budgets()
    reduction = factories.reduction(scene.saving, scene.brockvale, 2026)
    claim = scene.claim()
    said = both(
        lambda: verify_actual(claim, by=scene.s151, outcome=Outcome.VERIFIED),
        lambda: withdraw_budget_reduction(reduction, by=scene.finance, reason="Entered by mistake."),
    )
    assert said == ["Verified amounts rest on this reduction. Reverse them first"]
    assert Verification.objects.count() == 1


def test_two_funds_pay_a_cost_once() -> None:
    scene, _ = budgets()
    cost = scene.spent(5_00)
    funds = factories.FundFactory.create_batch(2, programme=scene.programme)
    for fund in funds:
        record_contribution(
            fund, by=scene.finance, council=scene.brockvale, pence=9_00, paid_on=date(2026, 4, 2)
        )

    def draw(index: int) -> object:
        return record_drawdown(
            funds[index], by=scene.finance, actual=cost, pence=5_00, drawn_on=date(2026, 10, 2)
        )

    assert len(both(lambda: draw(0), lambda: draw(1))) == 1
    assert FundDrawdown.objects.count() == 1


def test_two_links_at_once_never_make_a_loop() -> None:
    life = make_life()
    programme, manager = life.programme, life.scene.manager
    other = factories.MapStepFactory(programme=programme, ref="CH-9", title="One way of checking")
    loop = (
        "This link would make a loop: One team decides depends on One way of checking, "
        "which depends on One team decides"
    )
    assert both(
        lambda: add_link(programme, by=manager, start=life.change, end=other),
        lambda: add_link(programme, by=manager, start=other, end=life.change),
    ) == [loop]


def test_offer_is_answered_once() -> None:
    life = make_life()
    note = "Ask the claims team for the report"
    offer = offer_benefit(life.benefit, by=life.owner, to=life.other, note=note, review_on=date(2099, 6, 1))
    said = both(
        lambda: accept_handover(offer, by=life.other),
        lambda: cancel_handover(offer, by=life.owner),
    )
    assert said == ["This offer is already accepted"]


def test_compensation_is_paid_once_and_either_confirmed_or_reversed() -> None:
    scene = make_scene()
    agreed = factories.agreed_compensation(scene.programme)
    receiver = factories.UserFactory()
    factories.role(receiver, RoleName.S151, council=scene.councils[0])
    day = date(2026, 10, 1)

    def pay(pence: int) -> CouncilPayment:
        return record_council_payment(
            agreed, by=scene.finance, payer=scene.brockvale, fy=2026, pence=pence, paid_on=day
        )

    left = "£200.00 is still due for 2026 to 2027. Payment must be this or less"
    assert both(lambda: pay(400_00), lambda: pay(400_00)) == [left]
    payment = CouncilPayment.objects.get()
    said = both(
        lambda: reverse_council_payment(payment, by=scene.finance, reason="Paid twice by mistake"),
        lambda: confirm_council_payment(payment, by=receiver, received_on=day),
    )
    assert said == ["This payment has been reversed already. Record a new payment if one was made"]


def test_closed_fund_pays_for_no_cost_that_was_being_entered() -> None:
    scene = make_scene()
    fund, cost, day = factories.FundFactory(programme=scene.programme), scene.spent(), date(2026, 10, 1)
    record_contribution(fund, by=scene.finance, council=scene.brockvale, pence=100_00, paid_on=day)
    said = both(
        lambda: close_fund(fund, by=scene.manager, on=day),
        lambda: record_drawdown(fund, by=scene.finance, actual=cost, pence=100_00, drawn_on=day),
    )
    assert said == ["This fund was closed on 1 October 2026. Open another"]
    assert not FundDrawdown.objects.exists()
