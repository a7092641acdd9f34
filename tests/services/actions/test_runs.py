"""Sharing an amount keeps what was done (INV-23, INV-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.enums import RoleName
from core.errors import Refusal
from core.models import AuditEvent
from programme.models import Programme
from services.actions.runs import ToShare, keep_runs, share_amount
from services.models import ApportionmentRun, ApportionmentShare, CostPool
from services.queries.shares import pool_keys
from tests.factories import UserFactory, role
from tests.services.factories import CostPoolFactory, key_of
from tests.services.rows import members, programme_of_three, reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return programme_of_three()


@pytest.fixture
def pool(programme) -> CostPool:
    return CostPoolFactory(programme=programme, name="Running costs")


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


def shares(run: ApportionmentRun) -> dict[str, int]:
    return {share.council.key: share.share_pence for share in run.shares.order_by("pk")}


def test_share_amount_keeps_weights_and_shares(pool, programme, manager):
    a, b, _ = members(programme)
    key = key_of(pool, {a: Decimal("57341.2"), b: Decimal("51022.7")})
    run = share_amount(pool, fy=2026, pence=50_000_000, purpose=" Support ", by=manager)
    assert shares(run) == {"ashmere": 26_457_704, "brockvale": 23_542_296}
    assert (run.key, run.line, run.purpose, run.entered_by) == (key, None, "Support", manager)
    assert run.weights == [
        {
            "key": key.pk,
            "basis": "fixed_percent",
            "from_on": "2026-04-01",
            "to_on": "2027-03-31",
            "total_pence": 50_000_000,
            "weights": [
                {"council": "ashmere", "weight": "57341.2"},
                {"council": "brockvale", "weight": "51022.7"},
            ],
        }
    ]
    event = AuditEvent.objects.get(object_type="services.apportionmentrun")
    assert (event.action, event.by, event.object_id, event.scope, event.why, event.after) == (
        "share_amount",
        manager,
        run.pk,
        "abc",
        "Support",
        {"fy": 2026, "total_pence": 50_000_000, "weights": run.weights},
    )


def test_later_key_never_restates_a_run(pool, programme, manager):
    a, b, c = members(programme)
    first = key_of(pool, {a: 1, b: 1, c: 1})
    run = share_amount(pool, fy=2026, pence=-100_000, purpose="Grant repaid", by=manager)
    first.effective_to_on = date(2027, 3, 31)
    first.save()
    key_of(pool, {a: 1, b: 1}, from_on=date(2027, 4, 1))
    assert shares(run) == {"ashmere": -33_334, "brockvale": -33_333, "carrick": -33_333}
    later = share_amount(pool, fy=2027, pence=-100_000, purpose="Grant repaid", by=manager)
    assert shares(later) == {"ashmere": -50_000, "brockvale": -50_000}


def test_year_with_two_keys_keeps_both(pool, programme, manager):
    a, b, c = members(programme)
    first = key_of(pool, {a: 1, c: 1}, to_on=date(2027, 6, 30))
    second = key_of(pool, {a: 1, b: 1}, from_on=date(2027, 7, 1))
    run = share_amount(pool, fy=2027, pence=120_000, purpose="Support", by=manager)
    assert shares(run) == {"ashmere": 60_000, "brockvale": 45_000, "carrick": 15_000}
    assert run.key is None
    assert [(part["key"], part["from_on"], part["to_on"], part["total_pence"]) for part in run.weights] == [
        (first.pk, "2027-04-01", "2027-06-30", 30_000),
        (second.pk, "2027-07-01", "2028-03-31", 90_000),
    ]


@pytest.mark.parametrize(
    ("fy", "purpose", "message"),
    [
        (2019, "Support", "No key shares Running costs in 2019 to 2020"),
        (2026, " ", "Enter what the amount is for"),
    ],
)
def test_refused_amount_keeps_nothing(pool, programme, manager, fy, purpose, message):
    key_of(pool, {members(programme)[0]: 1})
    with pytest.raises(Refusal) as said:
        share_amount(pool, fy=fy, pence=100, purpose=purpose, by=manager)
    assert said.value.message == message
    assert (ApportionmentRun.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_reader_may_not_share(pool, programme):
    key_of(pool, {members(programme)[0]: 1})
    with pytest.raises(PermissionDenied, match="Only the programme manager or a finance officer"):
        share_amount(pool, fy=2026, pence=100, purpose="Support", by=reader_of(programme))
    assert ApportionmentRun.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_runs_are_kept_in_four_queries(django_assert_num_queries, pool, programme, manager, count):
    """Two inserts and their savepoint."""
    key_of(pool, dict.fromkeys(members(programme), 1))
    keys = pool_keys(programme)
    with django_assert_num_queries(4):
        runs = keep_runs(keys, [ToShare(pool.pk, 2026 + index, 300) for index in range(count)], by=manager)
    assert [shares(run) for run in runs] == [{"ashmere": 100, "brockvale": 100, "carrick": 100}] * count


def test_one_amount_without_a_key_keeps_none(pool, programme, manager):
    key_of(pool, {members(programme)[0]: 1})
    with pytest.raises(Refusal, match="No key shares Running costs in 2019 to 2020"):
        keep_runs(pool_keys(programme), [ToShare(pool.pk, 2026, 1), ToShare(pool.pk, 2019, 1)], by=manager)
    assert ApportionmentShare.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda run: ApportionmentRun.objects.filter(pk=run.pk).update(total_pence=1),
        lambda run: ApportionmentRun.objects.filter(pk=run.pk).delete(),
        lambda run: run.shares.update(share_pence=1),
        lambda run: run.shares.all().delete(),
    ],
    ids=["run changed", "run deleted", "shares changed", "shares deleted"],
)
def test_database_refuses_to_change_what_was_shared(pool, programme, manager, change):
    key_of(pool, dict.fromkeys(members(programme), 1))
    run = share_amount(pool, fy=2026, pence=300, purpose="Support", by=manager)
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        change(run)
    assert shares(run) == {"ashmere": 100, "brockvale": 100, "carrick": 100}


def test_failed_audit_keeps_no_run(pool, programme, manager, monkeypatch):
    key_of(pool, dict.fromkeys(members(programme), 1))
    monkeypatch.setattr(AuditEvent, "save", _fail)
    with pytest.raises(IntegrityError):
        share_amount(pool, fy=2026, pence=300, purpose="Support", by=manager)
    assert ApportionmentRun.objects.count() == 0


def _fail(*args, **values):
    raise IntegrityError("no audit")
