"""No worse off, in cash and in present value (F-21)."""

from __future__ import annotations

from services.enums import TestBasis
from services.rules.no_worse_off import CouncilPosition, council_positions, no_worse_off

CASH = {"Ashmere": 38_529_036, "Brockvale": 43_603_551, "Carrick": 1_867_413}
NPV = {"Ashmere": 31_818_937, "Brockvale": 36_343_962, "Carrick": -3_579_919}


def test_both_bases_are_reported_in_the_order_of_the_councils():
    test = no_worse_off(CASH, NPV)
    assert test.on(TestBasis.NOMINAL) == tuple(CouncilPosition(name, net, 0) for name, net in CASH.items())
    assert test.on("npv")[2].shortfall_pence == 3_579_919
    assert [row.is_passed for row in test.on("npv")] == [True, True, False]


def test_compensation_counts():
    paid = {"Ashmere": -1_671_132, "Brockvale": -1_908_787, "Carrick": 3_579_919}
    test = no_worse_off(CASH, NPV, compensation_npv_pence=paid)
    assert [row.after_pence for row in test.npv] == [30_147_805, 34_435_175, 0]
    assert [row.is_passed for row in test.cash + test.npv] == [True] * 6


def test_payment_beyond_the_gain_is_a_shortfall():
    row = council_positions({"A": 10}, {"A": -11})[0]
    assert (row.is_passed, row.shortfall_pence, row.after_pence) == (False, 1, -1)


def test_exactly_nothing_is_no_worse_off():
    assert council_positions({"A": 0})[0].is_passed
