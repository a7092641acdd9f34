"""Compensation (F-22, INV-26, INV-27, rows 73 and 74)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.assessment import NotAssessable
from services.rules.compensation import (
    Payment,
    check_balanced,
    check_payers_not_worse_off,
    propose_compensation,
)

nets = st.lists(st.integers(-(10**10), 10**10), min_size=2, max_size=7).map(
    lambda values: {f"Council {place}": value for place, value in enumerate(values)}
)


def test_nobody_worse_off_needs_no_payment():
    proposal = propose_compensation({"A": 5, "B": 0})
    assert (proposal.payments, proposal.is_affordable, proposal.is_worth_it) == ((), True, True)
    assert proposal.balance_pence == {"A": 0, "B": 0}


def test_councils_that_lose_together_have_nothing_to_pay_from():
    proposal = propose_compensation({"A": 5, "B": -6})
    assert (proposal.payments, proposal.is_affordable, proposal.gaps_pence) == ((), False, {"B": 6})


def test_exactly_affordable_leaves_everybody_with_nothing():
    proposal = propose_compensation({"A": 7, "B": 4, "C": -5, "D": -6})
    assert set(proposal.after_pence.values()) == {0}
    assert proposal.balance_pence == {"A": -7, "B": -4, "C": 5, "D": 6}


def test_position_without_the_partner_not_stated_is_not_assessable():
    proposal = propose_compensation({"A": 7, "B": 4, "C": -5}, {"C": {"A": 1}})
    assert proposal.is_worth_it == NotAssessable("What B would have without C is not stated")


def test_payment_is_cut_at_the_gain_from_the_partner_and_the_rest_is_a_gap():
    proposal = propose_compensation({"A": 60, "B": 40, "C": -50}, {"C": {"A": 45, "B": 10}})
    assert proposal.payments == (Payment("A", "C", 15, 15), Payment("B", "C", 20))
    assert (proposal.is_worth_it, proposal.gaps_pence) == (False, {"C": 15})
    assert proposal.after_pence == {"A": 45, "B": 20, "C": -15}


def test_payer_better_off_without_the_partner_pays_nothing():
    proposal = propose_compensation({"A": 60, "C": -50}, {"C": {"A": 70}})
    assert (proposal.balance_pence, proposal.gaps_pence) == ({"A": 0, "C": 0}, {"C": 50})


def test_agreed_cap_leaves_the_rest_as_a_gap():
    proposal = propose_compensation({"A": 60, "C": -50}, caps_pence={"C": 30})
    assert (proposal.balance_pence, proposal.gaps_pence) == ({"A": -30, "C": 30}, {"C": 20})


def test_unbalanced_payments_are_refused():
    with pytest.raises(Refusal) as refused:
        check_balanced([24_999_999], [20_000_000, 5_000_000])
    assert (refused.value.code, refused.value.message) == (
        "73",
        "Payments in (£249,999.99) and out (£250,000.00) must be equal",
    )
    assert check_balanced([1, 2], [3]) is None


def test_payer_worse_off_than_without_is_refused():
    nets_pence = {"Croydon": 140_000_000, "Kingston": 62_320_000, "Sutton": -25_000_000}
    without = {"Croydon": 125_000_000, "Kingston": 62_000_000}
    with pytest.raises(Refusal) as refused:
        check_payers_not_worse_off(nets_pence, {"Croydon": 15_000_000, "Kingston": 640_000}, without)
    assert (refused.value.code, refused.value.message) == (
        "74",
        "Kingston would be worse off than without the partnership by £3,200.00",
    )
    assert (
        check_payers_not_worse_off(nets_pence, {"Croydon": 15_000_000, "Kingston": 320_000}, without) is None
    )
    assert check_payers_not_worse_off(nets_pence, {"Merton": 1}, without) is None


@given(nets)
def test_proposal_balances_and_leaves_nobody_worse_off_where_it_is_affordable(nets_pence: dict[str, int]):
    proposal = propose_compensation(nets_pence)
    assert sum(proposal.balance_pence.values()) == 0
    assert proposal.is_affordable == (sum(nets_pence.values()) >= 0)
    if proposal.is_affordable:
        assert all(after >= 0 for after in proposal.after_pence.values())
        assert all(payment.pence >= 0 for payment in proposal.payments)
        assert proposal.gaps_pence == {}
    else:
        assert proposal.after_pence == nets_pence


@given(nets, st.data())
def test_no_payer_falls_below_its_position_without_a_beneficiary(
    nets_pence: dict[str, int], data: st.DataObject
):
    losers = [name for name, net in nets_pence.items() if net < 0]
    without = {
        loser: {
            name: data.draw(st.integers(-(10**10), max(0, net)))
            for name, net in nets_pence.items()
            if net > 0
        }
        for loser in losers
    }
    proposal = propose_compensation(nets_pence, without)
    assert sum(proposal.balance_pence.values()) == 0
    for payment in proposal.payments:
        assert proposal.after_pence[payment.payer] >= without[payment.beneficiary][payment.payer]
        assert payment.pence >= 0
