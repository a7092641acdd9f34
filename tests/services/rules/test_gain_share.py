"""Gain share (F-20)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.apportionment import apportion
from services.rules.gain_share import gain_share

weights = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any)


@pytest.mark.parametrize(
    ("net", "shares"),
    [
        (48_000_000, [27_900_000, 20_100_000]),
        (30_000_000, [18_900_000, 11_100_000]),
        (10_000_000, [6_300_000, 3_700_000]),
        (-10_000_000, [-6_300_000, -3_700_000]),
        (0, [0, 0]),
    ],
)
def test_gain_share(net: int, shares: list[int]):
    assert gain_share(net, 30_000_000, [63, 37], [50, 50]) == shares


def test_threshold_below_nothing_is_refused():
    with pytest.raises(Refusal) as refused:
        gain_share(100, -1, [1, 1], [1, 1])
    assert refused.value.message == "Threshold must be £0 or more"


@given(st.integers(-(10**11), 10**11), st.integers(0, 10**11), weights, weights)
def test_shares_sum_to_the_saving(net: int, threshold: int, below: list[int], above: list[int]):
    assert sum(gain_share(net, threshold, below, above)) == net
    assert gain_share(net, threshold, below, below) == [
        one + other
        for one, other in zip(
            apportion(min(net, threshold), below), apportion(max(0, net - threshold), below), strict=True
        )
    ]
