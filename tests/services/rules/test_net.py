"""Signs by kind (F-02)."""

from __future__ import annotations

import pytest

from services.enums import LineKind
from services.rules.net import BENEFIT_KINDS, CASH_KINDS, COST_KINDS, budget_impact, net_benefit, signed_pence

SOUTH = [
    (LineKind.CASHABLE_SAVING, 14_526_000),
    (LineKind.INCOME, 47_866_000),
    (LineKind.CASHABLE_SAVING, 7_750_000),
    (LineKind.RECURRING_COST, 7_700_000),
]
VALE = [
    (LineKind.CASHABLE_SAVING, 53_514_000),
    (LineKind.INCOME, 23_176_000),
    (LineKind.CASHABLE_SAVING, 5_761_000),
    (LineKind.RECURRING_COST, 7_400_000),
]


def test_south_oxfordshire_worked_example():
    assert (net_benefit(SOUTH), budget_impact(SOUTH)) == (62_442_000, -62_442_000)


def test_councils_sum_to_the_total():
    assert (net_benefit(VALE), net_benefit(SOUTH + VALE)) == (75_051_000, 137_493_000)


def test_every_kind_has_one_sign():
    assert set(LineKind) == BENEFIT_KINDS | COST_KINDS
    assert not BENEFIT_KINDS & COST_KINDS
    assert set(LineKind) - CASH_KINDS == {
        LineKind.NON_CASHABLE,
        LineKind.COST_AVOIDANCE,
        LineKind.DISBENEFIT,
    }


@pytest.mark.parametrize(
    ("kind", "net", "impact"),
    [
        ("cashable_saving", 100, -100),
        ("income", 100, -100),
        ("grant", 100, -100),
        ("non_cashable", 100, 0),
        ("cost_avoidance", 100, 0),
        ("disbenefit", -100, 0),
        ("one_off_cost", -100, 100),
        ("recurring_cost", -100, 100),
    ],
)
def test_sign_and_cash_by_kind(kind: str, net: int, impact: int):
    assert (net_benefit([(kind, 100)]), budget_impact([(kind, 100)])) == (net, impact)


def test_reversed_saving_counts_against():
    assert signed_pence("cashable_saving", -100) == -100


def test_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="windfall"):
        net_benefit([("windfall", 100)])
