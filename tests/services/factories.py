"""Rows of the services floor for tests: pools and keys, criteria, and amounts of case lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import factory

from core.rules.apportionment import apportion
from programme.models import Council, Programme
from services.enums import KeyBasis, PostTier, TrueUpResult
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    BusinessCaseAmount,
    BusinessCaseLine,
    CostPool,
    Criterion,
    KeyWeight,
    SharedPost,
    SharedPostShare,
    TrueUp,
    TrueUpDriver,
)
from tests.factories import BusinessCaseFactory, EditedFactory, ProgrammeFactory


class CostPoolFactory(EditedFactory[CostPool]):
    """A pool of joint costs."""

    class Meta:
        model = CostPool

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda n: f"P-{n}")
    name = factory.Sequence(lambda n: f"Pool {n}")


class ApportionmentKeyFactory(EditedFactory[ApportionmentKey]):
    """A key without weights, from 1 April 2020 on."""

    class Meta:
        model = ApportionmentKey

    pool = factory.SubFactory(CostPoolFactory)
    basis = KeyBasis.EQUAL
    effective_from_on = date(2020, 4, 1)
    decision_ref = "D-001"


class CriterionFactory(EditedFactory[Criterion]):
    """A criterion that weighs all."""

    class Meta:
        model = Criterion

    business_case = factory.SubFactory(BusinessCaseFactory)
    ref = factory.Sequence(lambda n: f"C-{n}")
    name = factory.Sequence(lambda n: f"Criterion {n}")
    weight_percent = 100


def key_of(
    pool: CostPool,
    weights: Mapping[Council, int | Decimal],
    *,
    from_on: date = date(2020, 4, 1),
    to_on: date | None = None,
    basis: KeyBasis = KeyBasis.FIXED_PERCENT,
) -> ApportionmentKey:
    """A key of a pool with these weights."""
    key: ApportionmentKey = ApportionmentKeyFactory(
        pool=pool, basis=basis, effective_from_on=from_on, effective_to_on=to_on
    )
    KeyWeight.objects.bulk_create(
        KeyWeight(key=key, council=council, weight=weight) for council, weight in weights.items()
    )
    return key


def true_up_of(key: ApportionmentKey, fy: int, pence: int = 30_000) -> TrueUp:
    """A true-up of a year that kept the estimate: its two runs share `pence` by the key's own weights."""
    weights = list(key.weights.select_related("council").order_by("pk"))
    used = [{"council": row.council.key, "weight": f"{row.weight.normalize():f}"} for row in weights]
    part = {"key": key.pk, "basis": key.basis, "total_pence": pence, "weights": used}
    part |= {"from_on": f"{fy}-04-01", "to_on": f"{fy + 1}-03-31"}
    runs = []
    for purpose in ("Estimate", "Final"):
        run = ApportionmentRun.objects.create(
            pool=key.pool,
            key=key,
            purpose=purpose,
            fy=fy,
            total_pence=pence,
            weights=[part],
            entered_by=key.created_by,
        )
        ApportionmentShare.objects.bulk_create(
            ApportionmentShare(run=run, council=row.council, share_pence=share)
            for row, share in zip(weights, apportion(pence, [row.weight for row in weights]), strict=True)
        )
        runs.append(run)
    true_up = TrueUp.objects.create(
        key=key,
        fy=fy,
        driver="claims",
        tolerance_pp=3,
        result=TrueUpResult.KEEP,
        estimate_run=runs[0],
        final_run=runs[1],
        entered_by=key.created_by,
    )
    TrueUpDriver.objects.bulk_create(
        TrueUpDriver(true_up=true_up, council=row.council, quantity=row.weight) for row in weights
    )
    return true_up


def amounts(
    line: BusinessCaseLine, pence: Sequence[int], *, council: Council | None = None, first_fy: int = 2026
) -> BusinessCaseLine:
    """The line with its amounts by year from `first_fy`; joint without a council. Zeros are left out."""
    BusinessCaseAmount.objects.bulk_create(
        BusinessCaseAmount(line=line, council=council, fy=first_fy + index, amount_pence=one)
        for index, one in enumerate(pence)
        if one
    )
    return line


def shared_post(programme: Programme, shares: Mapping[Council, float], **values: Any) -> SharedPost:
    """A post that the first council employs and these share, by their percentages."""
    defaults = {
        "ref": f"SP-{programme.shared_posts.count() + 1}",
        "title": "Head of ICT",
        "tier": PostTier.THIRD,
        "employed_by": next(iter(shares)),
        "starts_on": date(2026, 4, 1),
        "created_by": programme.created_by,
        "updated_by": programme.created_by,
    }
    post = SharedPost.objects.create(programme=programme, **defaults | values)
    SharedPostShare.objects.bulk_create(
        SharedPostShare(post=post, council=council, percent=Decimal(str(percent)))
        for council, percent in shares.items()
    )
    return post
