"""Shares of joint amounts by the keys in force, and as runs keep them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.rules.assessment import NotAssessable
from programme.enums import MemberStatus
from services.actions.runs import ToShare, keep_runs
from services.queries.shares import kept_shares, pool_keys
from tests.factories import BusinessCaseFactory, BusinessCaseLineFactory, CouncilFactory
from tests.services.factories import CostPoolFactory, key_of
from tests.services.rows import members, programme_of_three

pytestmark = pytest.mark.django_db


def test_year_of_each_pool_is_shared_by_its_key():
    programme = programme_of_three()
    a, b, c = members(programme)
    running, setting_up = (CostPoolFactory(programme=programme, name=name) for name in ("Running", "Set-up"))
    key_of(running, {a: 130_200, b: 140_600, c: 106_300}, to_on=date(2028, 3, 31))
    key_of(running, {a: 1, b: 1}, from_on=date(2028, 4, 1))
    key_of(setting_up, {a: 1, b: 1, c: 1})
    keys = pool_keys(programme)
    assert [council.key for council in keys.councils] == ["ashmere", "brockvale", "carrick"]
    assert [
        keys.share(running.pk, 2027, 100_000_001),
        keys.share(running.pk, 2028, 101),
        keys.share(setting_up.pk, 2027, 10_000_000),
        keys.weights(running.pk, 2028),
    ] == [(34_526_651, 37_284_540, 28_188_810), (51, 50, 0), (3_333_334, 3_333_333, 3_333_333), (1, 1, 0)]


def test_pool_without_a_key_says_so():
    programme = programme_of_three()
    pool = CostPoolFactory(programme=programme, name="Running costs")
    key_of(pool, {members(programme)[0]: 1}, to_on=date(2028, 3, 31))
    key_without_weights = CostPoolFactory(programme=programme, name="Set-up")
    key_of(key_without_weights, {})
    keys = pool_keys(programme)
    assert [keys.share(pool.pk, 2028, 1), keys.share(key_without_weights.pk, 2026, 1)] == [
        NotAssessable("No key shares Running costs in 2028 to 2029"),
        NotAssessable("No key shares Set-up in 2026 to 2027"),
    ]
    assert keys.weights(pool.pk, 2028) == ()


def test_councils_are_the_partners_in_order_with_those_of_a_key_in_their_places():
    programme = programme_of_three()
    first, second, third = members(programme)
    left = programme.partnership.memberships.filter(council__in=(first, second))
    left.update(status=MemberStatus.LEFT)
    outsider, own = CouncilFactory(name="Zeal"), CouncilFactory(name="Yarrow")
    pool = CostPoolFactory(programme=programme)
    key_of(pool, {outsider: 1, second: 1, first: 0})
    assert pool_keys(programme).councils == (second, third, outsider)
    assert pool_keys(programme, also=[own.pk, first.pk]).councils == (first, second, third, own, outsider)


@pytest.mark.parametrize("count", [1, 3])
def test_pools_and_keys_take_two_queries(django_assert_num_queries, count):
    programme = programme_of_three()
    for _ in range(count):
        pool = CostPoolFactory(programme=programme)
        key_of(pool, dict.fromkeys(members(programme), 1), to_on=date(2026, 3, 31))
        key_of(pool, dict.fromkeys(members(programme), 1), from_on=date(2026, 4, 1))
    with django_assert_num_queries(2):
        keys = pool_keys(programme)
        assert [keys.share(pool, 2026, 300) for pool in keys.names] == [(100, 100, 100)] * count


def test_issued_case_reads_the_latest_run_of_each_amount(django_assert_num_queries):
    programme = programme_of_three()
    a, b, _ = members(programme)
    pool = CostPoolFactory(programme=programme)
    key = key_of(pool, {a: Decimal("0.5"), b: Decimal("0.5")})
    line = BusinessCaseLineFactory(business_case=BusinessCaseFactory(programme=programme))
    elsewhere = BusinessCaseLineFactory(business_case=BusinessCaseFactory(programme=programme))
    keys = pool_keys(programme)
    amounts = [ToShare(pool.pk, 2026, 11, line.pk), ToShare(pool.pk, 2027, 20, line.pk)]
    keep_runs(keys, [*amounts, ToShare(pool.pk, 2026, 5, elsewhere.pk)], by=key.created_by)
    keep_runs(keys, [ToShare(pool.pk, 2027, 40, line.pk)], by=key.created_by)
    with django_assert_num_queries(1):
        kept = kept_shares(line.business_case)
    assert kept == {(line.pk, 2026): {a.pk: 6, b.pk: 5}, (line.pk, 2027): {a.pk: 20, b.pk: 20}}
