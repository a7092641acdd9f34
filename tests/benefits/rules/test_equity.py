"""Shares beside an agreed key or another measure (F-35)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.equity import EquityRow, compare_shares, shared_by_year, shares_percent
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import format_percent

SAVINGS = {"South Oxfordshire": 62_442_000, "Vale of White Horse": 75_051_000}


def test_shares_of_south_and_vale():
    shares = shares_percent(SAVINGS, "Net saving")
    assert isinstance(shares, dict)
    assert {council: format_percent(share) for council, share in shares.items()} == {
        "South Oxfordshire": "45.4%",
        "Vale of White Horse": "54.6%",
    }


def test_benefit_and_cost_shares_cannot_be_compared_without_a_split():
    one_off = dict.fromkeys(SAVINGS)
    assert compare_shares(SAVINGS, one_off, measured_noun="Net saving", other_noun="One-off cost") == (
        NotAssessable(
            "One-off cost is not split between the councils:"
            " not stated for South Oxfordshire and Vale of White Horse"
        )
    )


def test_difference_from_the_key_is_flagged_over_five_points():
    rows = compare_shares(
        {"Ashmere": 40, "Brockvale": 35, "Carrick": 25},
        {"Ashmere": 34, "Brockvale": 36, "Carrick": 30},
        measured_noun="Net saving",
        other_noun="Agreed key",
    )
    assert rows == [
        EquityRow("Ashmere", Fraction(40), Fraction(34), Fraction(6), True),
        EquityRow("Brockvale", Fraction(35), Fraction(36), Fraction(-1), False),
        EquityRow("Carrick", Fraction(25), Fraction(30), Fraction(-5), False),
    ]


def test_council_that_only_one_side_names_is_missing_from_the_other():
    assert compare_shares(
        {"Ashmere": 40}, {"Ashmere": 1, "Dover": 1}, measured_noun="Net saving", other_noun="Agreed key"
    ) == NotAssessable("Net saving is not split between the councils: not stated for Dover")


def test_no_councils_is_not_assessable():
    assert shares_percent({}, "Net saving") == NotAssessable("Net saving is not split between the councils")


def test_amounts_are_shared_by_the_weights_of_their_year_so_one_area_counts_once():
    """Beta ends after 2027 and Ceda, with the same people, takes over; Dell, not stated, saves nothing."""
    weights = {
        2026: {"Alder": 60, "Beta": 40},
        2027: {"Alder": 60, "Beta": 40},
        2028: {"Alder": 60, "Ceda": 40},
        2029: {"Alder": 60, "Dell": None},
    }
    assert shared_by_year({2026: -50, 2027: 100, 2028: 200, 2029: 0}, weights) == {
        "Alder": 150,
        "Beta": 20,
        "Ceda": 80,
        "Dell": 0,
    }
    assert shared_by_year({2029: 10}, {2029: weights[2029]}) == {"Alder": 10, "Dell": None}
    assert shared_by_year({2029: 10}, {2029: {"Alder": 0}}) == {"Alder": None}


def test_total_of_nothing_or_a_loss_has_no_shares():
    expected = NotApplicable("Net saving is not above 0 in total, so it has no shares")
    assert shares_percent({"Ashmere": 0, "Brockvale": 0}, "Net saving") == expected
    assert shares_percent({"Ashmere": 5, "Brockvale": -10}, "Net saving") == expected


@given(
    st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(0, 10**12), min_size=1).filter(
        lambda d: any(d.values())
    )
)
def test_shares_sum_to_a_hundred_and_differ_by_nothing_from_themselves(amounts: dict[str, int]):
    rows = compare_shares(amounts, amounts, measured_noun="Saving", other_noun="Saving")
    assert isinstance(rows, list)
    assert sum(row.share_percent for row in rows) == 100
    assert not any(row.difference_points or row.is_flagged for row in rows)
