"""Rows of the services floor for tests: pools and keys, criteria, and amounts of case lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import factory

from programme.models import Council
from services.enums import KeyBasis
from services.models import (
    ApportionmentKey,
    BusinessCaseAmount,
    BusinessCaseLine,
    CostPool,
    Criterion,
    KeyWeight,
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
