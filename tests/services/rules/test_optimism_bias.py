"""Optimism bias (F-12, row 31)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.errors import Refusal
from services.enums import BiasCategory
from services.rules.optimism_bias import (
    BiasBounds,
    check_bias_basis,
    optimism_bias_of,
    optimism_bias_on,
    optimism_uplift,
    with_haircut,
    with_uplift,
)

TODAY = date(2026, 11, 24)


def test_worked_example():
    bounds = optimism_bias_on(TODAY)[BiasCategory.OUTSOURCING]
    uplift = optimism_uplift(bounds.upper_percent, 60)
    assert (uplift, with_uplift(110_000_000, uplift)) == (Fraction(164, 1000), 128_040_000)


def test_table_holds_every_category_with_its_bounds():
    bounds = optimism_bias_on(TODAY)
    assert set(bounds) == set(BiasCategory.values)
    assert [
        (found.upper_percent, found.lower_percent, found.duration_upper_percent, found.duration_lower_percent)
        for found in bounds.values()
    ] == [
        (51, 4, 39, 2),
        (24, 2, 4, 1),
        (66, 6, 25, 3),
        (44, 3, 20, 1),
        (200, 10, 54, 10),
        (41, 0, None, None),
    ]
    assert bounds["outsourcing"] == BiasBounds(
        "outsourcing", "Outsourcing", Decimal(41), Decimal(0), None, None
    )


def test_named_version_is_the_one_in_force():
    assert optimism_bias_of("2003-04") == optimism_bias_on(TODAY)
    with pytest.raises(Refusal):
        optimism_bias_of("none")


def test_category_names_are_those_of_the_choices():
    assert {found.category: found.name for found in optimism_bias_on(TODAY).values()} == dict(
        BiasCategory.choices
    )


@pytest.mark.parametrize(
    ("mitigation", "uplift"), [(0, Fraction(41, 100)), (100, 0), (Decimal("50.5"), Fraction(20295, 100000))]
)
def test_mitigation_takes_its_share_of_the_upper_bound(mitigation: int | Decimal, uplift: Fraction):
    assert optimism_uplift(41, mitigation) == uplift


@pytest.mark.parametrize("mitigation", [-1, 101])
def test_mitigation_outside_0_to_100_is_refused(mitigation: int):
    with pytest.raises(Refusal) as refused:
        optimism_uplift(41, mitigation)
    assert refused.value.message == "Mitigation must be between 0% and 100%"


def test_saving_is_cut_by_a_tenth_unless_said_otherwise():
    assert (with_haircut(10_005), with_haircut(10_005, 0), with_haircut(10_005, 20)) == (9_005, 10_005, 8_004)


@pytest.mark.parametrize("basis", ["", " \n"])
def test_percentage_without_a_basis_is_refused(basis: str):
    with pytest.raises(Refusal) as refused:
        check_bias_basis(True, basis)
    assert (refused.value.code, refused.value.message) == (
        "31",
        "Explain where the optimism bias percentage comes from",
    )


def test_basis_is_asked_only_for_a_percentage():
    assert (check_bias_basis(False, ""), check_bias_basis(True, "Reference class of 12 transfers")) == (
        None,
        None,
    )
