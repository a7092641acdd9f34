"""The verified headline (INV-17, INV-18)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.headline import ActualLine, Headline, headline
from services.enums import LineKind

lines = st.lists(
    st.builds(
        ActualLine,
        kind=st.sampled_from([kind.value for kind in LineKind]),
        pence=st.integers(-(10**9), 10**9),
        is_verified=st.booleans(),
        is_budgeted=st.booleans(),
        is_counted_elsewhere=st.booleans(),
    ),
    max_size=12,
)


def test_headline_is_the_sum_of_its_three_parts_and_nothing_else():
    result = headline(
        [
            ActualLine("cashable_saving", 1_000, is_verified=True),
            ActualLine("income", 300, is_verified=True, is_budgeted=True),
            ActualLine("recurring_cost", 200, is_verified=True),
            ActualLine("cashable_saving", 70, is_verified=False),
            ActualLine("income", 5, is_verified=False, is_budgeted=True),
            ActualLine("recurring_cost", 10, is_verified=False),
            ActualLine("income", 40, is_verified=True, is_budgeted=False),
            ActualLine("non_cashable", 900, is_verified=True),
            ActualLine("cost_avoidance", 800, is_verified=False),
            ActualLine("one_off_cost", 5_000, is_verified=True),
            ActualLine("grant", 5_000, is_verified=True),
            ActualLine("disbenefit", 5_000, is_verified=True),
        ]
    )
    assert result == Headline(
        verified_cashable_pence=1_000,
        verified_budgeted_income_pence=300,
        verified_recurring_costs_pence=200,
        claimed_only_pence=65,
        non_cashable_pence=900,
        cost_avoidance_pence=800,
        unbudgeted_income_pence=40,
    )
    assert result.net_cash_saving_pence == 1_100


def test_line_counted_elsewhere_adds_nothing():
    counted = [
        ActualLine(kind.value, 100, is_verified=True, is_budgeted=True, is_counted_elsewhere=True)
        for kind in LineKind
    ]
    assert headline(counted) == headline([])


def test_reversal_takes_its_amount_back():
    result = headline(
        [
            ActualLine("cashable_saving", 1_000, is_verified=True),
            ActualLine("cashable_saving", -1_000, is_verified=True),
        ]
    )
    assert result.net_cash_saving_pence == 0


@given(lines)
def test_what_is_not_verified_never_moves_the_net(entries: list[ActualLine]):
    verified = [entry for entry in entries if entry.is_verified]
    assert headline(entries).net_cash_saving_pence == headline(verified).net_cash_saving_pence
